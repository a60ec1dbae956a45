import { expect, test } from 'vitest';
import { withMendedTags } from '../../../src/read/document/text/mend-tags.js';

const whole = '<tr><td>Does it keep the child safe?</td><td>11</td><td>6</td></tr>';

test.each([
  ['a doubled letter', '<tr><ttd>Does it keep the child safe?</td><td>11</td><td>6</td></tr>'],
  ['a lost letter', '<tr><t>Does it keep the child safe?</td><td>11</td><td>6</td></tr>'],
  ['another letter', '<tr><td>Does it keep the child safe?</td><tu>11</td><td>6</td></tr>'],
  ['a closing tag cut', '<tr><td>Does it keep the child safe?</t><td>11</td><td>6</td></tr>'],
  ['its end lost', '<tr><td>Does it keep the child safe?</td<td>11</td><td>6</td</tr>'],
  ['its beginning lost', '<tr><td>Does it keep the child safe?/td>td>11</td><td>6</td></tr>'],
  [
    'two tags swapped into one another',
    '<tr><td>Does it keep the child safe?</td<>td>11</td><td>6</td></tr>',
  ],
  ['a slash lost', '<tr><td>Does it keep the child safe?<td><td>11</td><td>6</td></tr>'],
  ['a slash too many', '<tr><td>Does it keep the child safe?</td></td>11</td><td>6</td></tr>'],
  ['the row', 't<r><td>Does it keep the child safe?</td><td>11</td><td>6</td></t>'],
])('a damaged tag of a row is mended: %s', (_, damaged) => {
  expect(withMendedTags(damaged)).toBe(whole);
});

test('a digit that got into a tag leaves no figure', () => {
  expect(withMendedTags('<tr><td>Is it?</td><td1>1</td><td>6</td></tr>')).toBe(
    '<tr><td>Is it?</td><td>1?1</td><td>6</td></tr>',
  );
});

test.each([
  whole,
  '<tr><td colspan="2">a <b>b</b><sup>2</sup> c</td><th></th><td>x < 5 and > 3</td></tr>',
  '<tr>',
  '<td>a</td>',
  'Of the <50% that were rated td>',
])('what is sound stays: %s', (line) => {
  expect(withMendedTags(line)).toBe(line);
});

test('a table begins and ends though a letter of its tag is damaged', () => {
  expect(['<tabe>', '</tbale>', '</taule>', '<tbody>', '<br/>'].map(withMendedTags)).toEqual([
    '<table>',
    '</table>',
    '</table>',
    '<tbody>',
    '<br/>',
  ]);
});
