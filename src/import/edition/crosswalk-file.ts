import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { didYouMean } from '../../nearest.js';
import type { Problem } from '../../problem.js';
import { refuse } from '../files/refuse.js';
import { shapeOf } from '../files/shape.js';
import type { YamlFile } from '../files/yaml-file.js';
import { put } from '../put.js';

interface Side {
  edition: string | number;
  question: string;
}

/** A row of the crosswalk: what became of a question, or where one came from. */
export interface CrosswalkEntry {
  from?: Side;
  to?: Side;
  relation: string;
  note?: string;
}

const check = shapeOf('crosswalk.schema.json');

/**
 * Replaces what an edition's folder says of its questions and those of other editions. Throws a UserError with everything that is wrong,
 * and naming every row whose question is in no edition.
 */
export async function writeCrosswalk(
  trx: Transaction<DB>,
  edition: string,
  yaml: YamlFile | undefined,
): Promise<void> {
  await trx.deleteFrom('core.crosswalk').where('brought_by', '=', edition).execute();
  if (!yaml) return;
  const message = `${yaml.file}: nothing was loaded.`;
  refuse(message, check(yaml));
  const entries = (yaml.data as { crosswalk: CrosswalkEntry[] }).crosswalk;
  const rows = await trx
    .selectFrom('core.question')
    .select(['question_id', 'edition_code', 'question_code'])
    .execute();
  const ids = new Map(rows.map((row) => [`${row.edition_code} ${row.question_code}`, row.question_id]));
  const problems: Problem[] = [];
  const idOf = (side: Side | undefined, at: number, key: 'from' | 'to'): number | null => {
    if (!side) return null;
    const name = `${side.edition} ${side.question}`;
    const id = ids.get(name);
    if (id === undefined) {
      problems.push(
        yaml.problem(
          ['crosswalk', at, key],
          `question ${side.question} is not in edition ${side.edition}${didYouMean(name, ids.keys())}`,
        ),
      );
    }
    return id ?? null;
  };
  const values = entries.map(({ from, to, relation, note }, at) => {
    if (![from, to].some((side) => String(side?.edition) === edition) && relation !== 'ended')
      problems.push(
        yaml.problem(['crosswalk', at], `neither question is of edition ${edition}, whose folder this is`),
      );
    return {
      from_question_id: idOf(from, at, 'from'),
      from_edition_code: from ? String(from.edition) : null,
      to_question_id: idOf(to, at, 'to'),
      to_edition_code: to ? String(to.edition) : null,
      relation,
      note: note ?? null,
      brought_by: edition,
    };
  });
  refuse(message, [...problems, ...contradictions(yaml, entries)]);
  await put(trx, 'core.crosswalk', values);
}

/** Rows that say what can not be: what came from nowhere is new, what leads nowhere has ended, and nothing is said twice. */
function contradictions(yaml: YamlFile, entries: readonly CrosswalkEntry[]): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const [at, { from, to, relation }] of entries.entries()) {
    const say = (message: string) => problems.push(yaml.problem(['crosswalk', at], message));
    if (!from !== (relation === 'new')) say(`"new" goes without "from", and every other relation with it`);
    if (!to !== (relation === 'ended')) say(`"ended" goes without "to", and every other relation with it`);
    if (from && to && String(from.edition) === String(to.edition))
      say(`both questions are of edition ${from.edition}`);
    const [before, after] = [from, to].map((side) => (side ? `${side.edition} ${side.question}` : ''));
    const keys = [`${before} > ${after}`];
    if (relation === 'continues') keys.push(`continues from ${before}`, `continues to ${after}`);
    if (keys.some((key) => seen.has(key)))
      say('this stands twice, or a question continues more than one, or is continued by more than one');
    for (const key of keys) seen.add(key);
  }
  return problems;
}
