import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { didYouMean } from '../../nearest.js';
import { type Problem, UserError } from '../../problem.js';
import { shapeOf } from '../files/shape.js';
import type { YamlFile } from '../files/yaml-file.js';

interface PairEntry {
  edition: string | number;
  first: string;
  second: string;
  note?: string;
}

const check = shapeOf('question-pairs.schema.json');

/** Replaces the pairs of key questions. Throws a UserError with everything that is wrong with the file. */
export async function writeQuestionPairs(trx: Transaction<DB>, yaml: YamlFile): Promise<void> {
  refuse(yaml, check(yaml));
  const { pairs } = yaml.data as { pairs: PairEntry[] };
  const rows = await trx
    .selectFrom('core.question')
    .select(['question_id', 'edition_code', 'question_code'])
    .where('level', '=', 'key question')
    .execute();
  const ids = new Map(rows.map((row) => [`${row.edition_code} ${row.question_code}`, row.question_id]));
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const values = pairs.map(({ edition, first, second, note }, at) => {
    const idOf = (side: 'first' | 'second', code: string): number => {
      const name = `${edition} ${code}`;
      const id = ids.get(name);
      if (id === undefined)
        problems.push(
          yaml.problem(
            ['pairs', at, side],
            `${code} is no key question of edition ${edition}${didYouMean(name, ids.keys())}`,
          ),
        );
      return id ?? 0;
    };
    if (first === second) problems.push(yaml.problem(['pairs', at], `${first} is no pair with itself`));
    const key = `${edition} ${[first, second].sort().join(' ')}`;
    if (seen.has(key)) problems.push(yaml.problem(['pairs', at], `${first} and ${second} stand twice`));
    seen.add(key);
    return {
      edition_code: String(edition),
      first_question_id: idOf('first', first),
      second_question_id: idOf('second', second),
      note: note ?? null,
    };
  });
  refuse(yaml, problems);
  await sql`delete from core.question_pair`.execute(trx);
  if (values.length > 0) await trx.insertInto('core.question_pair').values(values).execute();
}

function refuse(yaml: YamlFile, problems: Problem[]): void {
  if (problems.length > 0) throw new UserError(`${yaml.file}: nothing was loaded.`, undefined, problems);
}
