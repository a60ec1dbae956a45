import type { ViewDescription } from './describe.js';

/** A column whose values are keys of another view's rows. */
export interface Reference {
  column: string;
  view: string;
  key: string;
}

/**
 * What a view's columns refer to: a column named like another view's only key column, when that is the view's name and _id,
 * does, also with words before (previous_inspection_id). Only views that are exported together are referred to.
 */
export function referencesOf(
  { name, columns }: ViewDescription,
  among: readonly ViewDescription[],
): Reference[] {
  return among
    .filter((other) => other.name !== name && other.key.length === 1 && other.key[0] === `${other.name}_id`)
    .flatMap((other) => {
      const key = `${other.name}_id`;
      return columns
        .filter((column) => column.name === key || column.name.endsWith(`_${key}`))
        .map((column) => ({ column: column.name, view: other.name, key }));
    });
}
