import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { claimsOn } from '../files/claims.js';
import { refuse } from '../files/refuse.js';
import { shapeOf } from '../files/shape.js';
import type { YamlFile } from '../files/yaml-file.js';
import { writeDocument } from '../write-document.js';

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

const crosswalkShape = shapeOf('crosswalk.schema.json');
const pairsShape = shapeOf('edition-pairs.schema.json');

/**
 * Replaces what an edition's folder says of its questions and those of other editions. Throws a UserError with everything that is wrong,
 * and naming every row whose question is in no edition.
 */
export async function writeCrosswalk(
  trx: Transaction<DB>,
  edition: string,
  yaml: YamlFile | undefined,
): Promise<void> {
  const known = (await questions(trx)).map((one) => `${one.edition_code} ${one.question_code}`);
  const crosswalk = yaml ? crosswalkIn(yaml, edition, known) : [];
  await writeDocument(trx, 'crosswalk', { edition, crosswalk });
}

function crosswalkIn(yaml: YamlFile, edition: string, questions: readonly string[]): CrosswalkEntry[] {
  const message = `${yaml.file}: nothing was loaded.`;
  refuse(message, crosswalkShape(yaml));
  const { crosswalk } = yaml.data as { crosswalk: CrosswalkEntry[] };
  const { holds, known, single, problems } = claimsOn(yaml);
  for (const [nth, { from, to, relation }] of crosswalk.entries()) {
    const at = ['crosswalk', nth];
    const isWhole = !from === (relation === 'new') && !to === (relation === 'ended');
    holds(at, isWhole, '"new" goes without "from", "ended" without "to", and every other relation with both');
    const editions = [from, to].flatMap((side) => (side ? [String(side.edition)] : []));
    holds(at, new Set(editions).size === editions.length, `both questions are of edition ${editions[0]}`);
    const isOwn = editions.includes(edition) || relation === 'ended';
    holds(at, isOwn, `neither question is of edition ${edition}, whose folder this is`);
    const named = {
      from: from && `${from.edition} ${from.question}`,
      to: to && `${to.edition} ${to.question}`,
    };
    single(at, 'link', `from ${named.from} to ${named.to}`);
    for (const [side, question] of Object.entries(named)) {
      if (question === undefined) continue;
      known([...at, side], 'question that is loaded', [question], questions);
      if (relation === 'continues') single(at, `series ${side}`, question);
    }
  }
  refuse(message, problems());
  return crosswalk;
}

/** Replaces an edition's pairs of key questions. Throws a UserError with everything that is wrong with the file. */
export async function writePairs(
  trx: Transaction<DB>,
  edition: string,
  yaml: YamlFile | undefined,
): Promise<void> {
  const own = (await questions(trx)).filter(
    (one) => one.edition_code === edition && one.level === 'key question',
  );
  const codes = own.map((one) => one.question_code);
  const pairs = yaml ? pairsIn(yaml, edition, codes) : [];
  await writeDocument(trx, 'question_pairs', { edition, pairs });
}

function pairsIn(yaml: YamlFile, edition: string, codes: readonly string[]): PairEntry[] {
  const message = `${yaml.file}: nothing was loaded.`;
  refuse(message, pairsShape(yaml));
  const { pairs } = yaml.data as { pairs: PairEntry[] };
  const { holds, known, single, problems } = claimsOn(yaml);
  for (const [nth, { first, second }] of pairs.entries()) {
    const at = ['pairs', nth];
    known([...at, 'first'], `key question of edition ${edition}`, [first], codes);
    known([...at, 'second'], `key question of edition ${edition}`, [second], codes);
    holds(at, first !== second, `${first} is no pair with itself`);
    single(at, 'pair', [first, second].sort().join(' and '));
  }
  refuse(message, problems());
  return pairs;
}

const questions = (trx: Transaction<DB>) =>
  trx.selectFrom('core.question').select(['edition_code', 'question_code', 'level']).execute();
