import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { didYouMean } from '../../nearest.js';
import { type Problem, UserError } from '../../problem.js';
import { YamlFile } from '../files/yaml-file.js';

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

/** Reads a crosswalk. Throws a UserError when there is none. */
export async function readCrosswalk(file: string): Promise<{ yaml: YamlFile; entries: CrosswalkEntry[] }> {
  const yaml = await YamlFile.read(file);
  const entries = (yaml.data as { crosswalk?: CrosswalkEntry[] } | null)?.crosswalk;
  if (!Array.isArray(entries)) throw new UserError(`${file}: "crosswalk" has to be a list.`);
  return { yaml, entries };
}

/** Replaces the crosswalk. Throws a UserError naming every row whose question is in no edition. */
export async function writeCrosswalk(
  trx: Transaction<DB>,
  yaml: YamlFile,
  entries: CrosswalkEntry[],
): Promise<void> {
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
  const values = entries.map(({ from, to, relation, note }, at) => ({
    from_question_id: idOf(from, at, 'from'),
    from_edition_code: from ? String(from.edition) : null,
    to_question_id: idOf(to, at, 'to'),
    to_edition_code: to ? String(to.edition) : null,
    relation,
    note: note ?? null,
  }));
  if (problems.length > 0) throw new UserError(`${yaml.file}: nothing was loaded.`, undefined, problems);
  await sql`delete from core.crosswalk`.execute(trx);
  if (values.length > 0) await trx.insertInto('core.crosswalk').values(values).execute();
}
