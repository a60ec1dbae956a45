import { expect, test } from 'vitest';
import { withoutBullet } from '../../../src/read/document/text/bullet.js';

test.each([
  ['• plans are read', 'plans are read', true],
  ['10. plans are read', '10. plans are read', true],
  // a number of a list with a digit too many
  ['100. plans are read', '100. plans are read', true],
  ['b) plans are read', 'b) plans are read', true],
  ['2019. Plans are read', '2019. Plans are read', false],
  ['10.5 plans are read', '10.5 plans are read', false],
])('whether a line begins an entry of a list: %s', (line, text, bullet) => {
  expect(withoutBullet(line)).toEqual({ text, bullet });
});
