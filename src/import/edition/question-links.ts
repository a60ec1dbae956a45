import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { didYouMean } from '../../nearest.js';
import type { Problem } from '../../problem.js';
import { refuse } from '../files/refuse.js';
import { shapeOf } from '../files/shape.js';
import type { ValuePath, YamlFile } from '../files/yaml-file.js';
import { put } from '../put.js';

interface Side {
  edition: string | number;
  question: string;
}

/** A row of the crosswalk: what became of a question, or where one came from. */
interface CrosswalkEntry {
  from?: Side;
  to?: Side;
  relation: string;
  note?: string;
}

interface PairEntry {
  first: string;
  second: string;
  note?: string;
}

const checkCrosswalk = shapeOf('crosswalk.schema.json');
const checkPairs = shapeOf('edition-pairs.schema.json');

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
  refuse(message, checkCrosswalk(yaml));
  const entries = (yaml.data as { crosswalk: CrosswalkEntry[] }).crosswalk;
  const found = await keysOfQuestions(trx);
  const problems: Problem[] = [];
  const isTwice = seenBefore();
  const rows = entries.map(({ from, to, relation, note }, at) => {
    const say = (path: ValuePath, wrong: string) =>
      problems.push(yaml.problem(['crosswalk', at, ...path], wrong));
    const [before, after] = ([from, to] as const).map((side) => side && `${side.edition} ${side.question}`);
    const editions = [from, to].flatMap((side) => (side ? [String(side.edition)] : []));
    if (!from !== (relation === 'new') || !to !== (relation === 'ended'))
      say([], '"new" goes without "from", "ended" without "to", and every other relation with both');
    if (new Set(editions).size < editions.length) say([], `both questions are of edition ${editions[0]}`);
    if (!editions.includes(edition) && relation !== 'ended')
      say([], `neither question is of edition ${edition}, whose folder this is`);
    const series = [`continues from ${before}`, `continues to ${after}`];
    if (isTwice([`${before} > ${after}`, ...(relation === 'continues' ? series : [])]))
      say([], 'this stands twice, or a question continues more than one, or is continued by more than one');
    const keyOf = (name: string | undefined, side: string) => {
      if (name !== undefined && !found.has(name))
        say([side], `there is no question ${name}${didYouMean(name, found.keys())}`);
      return name === undefined ? null : (found.get(name) ?? null);
    };
    return {
      from_question_id: keyOf(before, 'from'),
      from_edition_code: from ? String(from.edition) : null,
      to_question_id: keyOf(after, 'to'),
      to_edition_code: to ? String(to.edition) : null,
      ...{ relation, note: note ?? null, brought_by: edition },
    };
  });
  refuse(message, problems);
  await put(trx, 'core.crosswalk', rows);
}

/** Replaces an edition's pairs of key questions. Throws a UserError with everything that is wrong with the file. */
export async function writePairs(
  trx: Transaction<DB>,
  edition: string,
  yaml: YamlFile | undefined,
): Promise<void> {
  await trx.deleteFrom('core.question_pair').where('edition_code', '=', edition).execute();
  if (!yaml) return;
  const message = `${yaml.file}: nothing was loaded.`;
  refuse(message, checkPairs(yaml));
  const { pairs } = yaml.data as { pairs: PairEntry[] };
  const found = await keysOfQuestions(trx, 'key question');
  const problems: Problem[] = [];
  const isTwice = seenBefore();
  const rows = pairs.map(({ first, second, note }, at) => {
    const keyOf = (side: 'first' | 'second', code: string): number => {
      const name = `${edition} ${code}`;
      if (!found.has(name)) {
        const wrong = `${code} is no key question of edition ${edition}${didYouMean(name, found.keys())}`;
        problems.push(yaml.problem(['pairs', at, side], wrong));
      }
      return found.get(name) ?? 0;
    };
    if (first === second || isTwice([[first, second].sort().join(' ')]))
      problems.push(yaml.problem(['pairs', at], `${first} and ${second} stand twice, or are one question`));
    return {
      edition_code: edition,
      first_question_id: keyOf('first', first),
      second_question_id: keyOf('second', second),
      note: note ?? null,
    };
  });
  refuse(message, problems);
  await put(trx, 'core.question_pair', rows);
}

/** The keys of questions by edition and code: "2021 2.1.1". */
async function keysOfQuestions(trx: Transaction<DB>, level?: 'key question'): Promise<Map<string, number>> {
  let query = trx.selectFrom('core.question').select(['question_id', 'edition_code', 'question_code']);
  if (level) query = query.where('level', '=', level);
  const rows = await query.execute();
  return new Map(rows.map((row) => [`${row.edition_code} ${row.question_code}`, row.question_id]));
}

/** Tells whether one of some keys was asked about before. */
function seenBefore(): (keys: string[]) => boolean {
  const seen = new Set<string>();
  return (keys) => {
    const isSeen = keys.some((key) => seen.has(key));
    for (const key of keys) seen.add(key);
    return isSeen;
  };
}
