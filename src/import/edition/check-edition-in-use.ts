import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import type { EditionDocument } from '../../framework/framework.js';
import { refuse } from '../files/refuse.js';
import type { EditionFiles } from './edition-file.js';

/**
 * Holds an edition's file against the database: nothing may be gone, or rated otherwise, that a loaded inspection uses. Throws a UserError with every problem.
 */
export async function checkEditionInUse(
  trx: Transaction<DB>,
  edition: EditionDocument,
  { rules, questions }: EditionFiles,
): Promise<void> {
  const now = partsOf(edition);
  const used = await trx
    .selectFrom('rating.edition_part_in_use')
    .select(['kind', 'name', 'rated_by'])
    .where('edition_code', '=', edition.code)
    .orderBy('kind')
    .orderBy('name')
    .execute();
  const problems = used.flatMap(({ kind, name, rated_by: was }) => {
    const part = `${kind} ${name}`;
    const is = now.get(part);
    if (is === was) return [];
    const file = kind === 'rating' || kind === 'programme' ? rules : questions;
    const what =
      is === undefined
        ? 'is not there any more'
        : `was of ${was ?? 'no sample'}, and now is of ${is ?? 'none'}`;
    const advice =
      kind === 'question' && is === undefined ? ': end it with until:, instead of deleting it' : '';
    return [file.problem([], `${part} ${what}, but an inspection that is loaded uses it${advice}`)];
  });
  refuse(`Edition ${edition.code} can't be loaded; nothing was.`, problems);
}

/** What an edition has of which inspections may use something, as rating.edition_part_in_use names it, each with what rates it. */
function partsOf({ samples, attributes, standards, questions, ...edition }: EditionDocument) {
  const kinds = samples.flatMap(({ name, kinds }) =>
    kinds.map(({ kind }) => `kind of case ${kind} of sample ${name}`),
  );
  const values = attributes.flatMap(({ name, values }) =>
    values.map(({ value }) => `value ${value} of ${name}`),
  );
  const unrated = [
    ...[...edition.ratings.map((name) => `rating ${name}`), ...kinds, ...values],
    ...edition.programmes.map(({ name }) => `programme ${name}`),
    ...samples.map(({ name }) => `sample ${name}`),
    ...edition.domains.map(({ code }) => `domain ${code}`),
  ];
  return new Map<string, string | null>([
    ...unrated.map((part) => [part, null] as const),
    ...standards.map(({ code, basis }) => [`standard ${code}`, basis] as const),
    ...questions.map(({ code, sample }) => [`question ${code}`, sample] as const),
  ]);
}
