import { expect, test } from 'vitest';
import { shortened } from '../../src/words/initials.js';

test('ratings go by their initials, with as many letters as tell them apart, and the legend says which', () => {
  const { short, legend } = shortened(['Good', 'Requires improvement', 'Good', 'Inadequate']);
  expect(short('Requires improvement')).toBe('RI');
  expect(legend).toBe('G Good, I Inadequate, RI Requires improvement');
  expect(shortened(['Great', 'Good', 'Fair']).legend).toBe('Fa Fair, Go Good, Gr Great');
  expect(shortened(['Very good', 'Very Good']).legend).toBe('VeryGood Very Good, VeryGood Very good');
  expect(shortened([]).legend).toBe('');
});
