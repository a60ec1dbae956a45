import type { Book } from '../model.js';

/** A standard by its code and all titles that it has had. */
export const titleOf = ({ standard, editions }: Book['standards'][number]) =>
  `${standard} ${[...new Set(editions.map(({ title }) => title))].join('; ')}`;
