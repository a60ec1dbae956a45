import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { didYouMean } from '../../nearest.js';
import type { Problem } from '../../problem.js';
import { refuse } from '../files/refuse.js';
import { shapeOf } from '../files/shape.js';
import type { YamlFile } from '../files/yaml-file.js';
import { put } from '../put.js';

interface PairEntry {
  first: string;
  second: string;
  note?: string;
}

const check = shapeOf('edition-pairs.schema.json');

/** Replaces an edition's pairs of key questions. Throws a UserError with everything that is wrong with the file. */
export async function writePairs(
  trx: Transaction<DB>,
  edition: string,
  yaml: YamlFile | undefined,
): Promise<void> {
  await trx.deleteFrom('core.question_pair').where('edition_code', '=', edition).execute();
  if (!yaml) return;
  const message = `${yaml.file}: nothing was loaded.`;
  refuse(message, check(yaml));
  const { pairs } = yaml.data as { pairs: PairEntry[] };
  const rows = await trx
    .selectFrom('core.question')
    .select(['question_id', 'question_code'])
    .where('edition_code', '=', edition)
    .where('level', '=', 'key question')
    .execute();
  const ids = new Map(rows.map((row) => [row.question_code, row.question_id]));
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const values = pairs.map(({ first, second, note }, at) => {
    const idOf = (side: 'first' | 'second', code: string): number => {
      const id = ids.get(code);
      if (id === undefined)
        problems.push(
          yaml.problem(
            ['pairs', at, side],
            `${code} is no key question of edition ${edition}${didYouMean(code, ids.keys())}`,
          ),
        );
      return id ?? 0;
    };
    if (first === second) problems.push(yaml.problem(['pairs', at], `${first} is no pair with itself`));
    const key = [first, second].sort().join(' ');
    if (seen.has(key)) problems.push(yaml.problem(['pairs', at], `${first} and ${second} stand twice`));
    seen.add(key);
    return {
      edition_code: edition,
      first_question_id: idOf('first', first),
      second_question_id: idOf('second', second),
      note: note ?? null,
    };
  });
  refuse(message, problems);
  await put(trx, 'core.question_pair', values);
}
