import fc from 'fast-check';
import { expect, test } from 'vitest';
import { UserError } from '../../../src/problem.js';
import { seed } from '../../support/seed.js';
import { opened } from './open.js';

// Pieces of what converters write, whole and broken, among any characters.
const piece = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom(
      'the child',
      'Does planning',
      'safe?',
      '4',
      '3',
      '82%',
      'N/A',
      'Good',
      '3.1',
      '12',
    ),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom('\t', ' ', '   ', '\n', '\n\n', '\r\n', '\f', '|', ' | ', '.....'),
  },
  {
    weight: 3,
    arbitrary: fc.constantFrom(
      '<sup>8</sup>',
      '<b>',
      '</b>',
      '<table>',
      '<tr>',
      '<td>',
      '</td>',
      '</tr>',
      '</table>',
      '$^{8}$',
      '$',
      '^{',
      '\\Rightarrow',
      '**',
      '*',
      '# ',
      '- ',
      '---',
      '|---|---|',
      '¹²',
      '₂',
      '☆',
      '太',
      '\u200b',
      '\u00ad',
      'ﬁ',
      '&amp;',
      '&# ',
      '[^8]',
      '![](x)',
      '<!--',
      '8 The',
      '\uE010',
      '\uE012',
      '�',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) },
);
const text = fc.array(piece, { minLength: 1, maxLength: 80 }).map((pieces) => pieces.join(''));

test('any text gives lines, each at its place and of its own letters', async () => {
  await fc.assert(
    fc.asyncProperty(text, async (content) => {
      const document = await opened(content).catch((error) => {
        expect(error).toBeInstanceOf(UserError);
        return undefined;
      });
      if (!document) return;
      const source = Buffer.from(content)
        .toString('utf8')
        .replace(/^\ufeff/, '');
      const lines = source.split(source.includes('\n') ? '\n' : '\r');
      let before = 0;
      for (const { place, raw, text, cells, marks } of document.lines) {
        expect(place.page).toBeUndefined();
        expect(place.line).toBeGreaterThanOrEqual(before);
        before = place.line;
        // What stands there in the source begins on that line, and is what the line was made of.
        const [first = ''] = raw.split('\n');
        expect(lines[place.line - 1]).toContain(first.replace(/\r$/, ''));
        expect(text).toBe(cells.filter((cell) => cell !== '').join(' '));
        expect(text).not.toMatch(/[\uE000-\uF8FF]|\s\s|^\s|\s$/);
        const letters = (of: string) => of.normalize('NFKC').replace(/[^\p{L}\p{N}]/gu, '');
        expect(isWithin(letters(text), letters(raw.replaceAll('&amp;', '')))).toBe(true);
        for (const { mark, cell } of marks) {
          expect(mark).toMatch(/^\d{1,3}$/);
          expect(cell).toBeLessThan(cells.length);
        }
      }
    }),
    { seed, numRuns: 400 },
  );
});

test('any bytes give lines or one refusal', async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.boolean(), async (bytes, isPdf) => {
      const content = isPdf ? Buffer.concat([Buffer.from('%PDF-1.7\n'), bytes]) : bytes;
      await opened(content).then(
        ({ lines }) => expect(Array.isArray(lines)).toBe(true),
        (error) => {
          expect(error).toBeInstanceOf(UserError);
          expect(error.message).not.toContain('\n');
        },
      );
    }),
    { seed, numRuns: 100 },
  );
});

/** Whether a text's letters stand in another in the same order. */
function isWithin(letters: string, source: string): boolean {
  let at = 0;
  for (const letter of letters) {
    at = source.indexOf(letter, at) + 1;
    if (at === 0) return false;
  }
  return true;
}
