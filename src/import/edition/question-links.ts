import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { type Claims, claimsOn } from '../files/claims.js';
import { refuse } from '../files/refuse.js';
import { shapeOf } from '../files/shape.js';
import type { ValuePath, YamlFile } from '../files/yaml-file.js';
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

/** Questions that are loaded, of whatever edition. */
type Questions = readonly Record<'edition_code' | 'question_code' | 'level', string>[];

/** A kind of file that links questions: its entries stand under one key. */
interface Kind<Entry> {
  document: 'crosswalk' | 'question_pairs';
  key: 'crosswalk' | 'pairs';
  shape: (yaml: YamlFile) => ReturnType<Claims['problems']>;
  /** Says what is wrong with an entry; the edition is that of the folder. */
  check: (claims: Claims, at: ValuePath, entry: Entry, edition: string, questions: Questions) => void;
}

const crosswalk: Kind<CrosswalkEntry> = {
  ...{ document: 'crosswalk', key: 'crosswalk', shape: shapeOf('crosswalk.schema.json') },
  check({ holds, known, single }, at, { from, to, relation }, edition, questions) {
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
    const levels = new Map(questions.map((one) => [`${one.edition_code} ${one.question_code}`, one.level]));
    const [before, after] = [levels.get(named.from ?? ''), levels.get(named.to ?? '')];
    const isOfLevel = relation !== 'continues' || !before || !after || before === after;
    holds(at, isOfLevel, `${named.to}, a ${after}, can't continue ${named.from}, a ${before}`);
    for (const [side, question] of Object.entries(named)) {
      if (question === undefined) continue;
      known([...at, side], 'question that is loaded', [question], [...levels.keys()]);
      if (relation === 'continues') single(at, `series ${side}`, question);
    }
  },
};

const pairs: Kind<PairEntry> = {
  ...{ document: 'question_pairs', key: 'pairs', shape: shapeOf('edition-pairs.schema.json') },
  check({ holds, known, single }, at, { first, second }, edition, questions) {
    const own = questions.filter((one) => one.edition_code === edition && one.level === 'key question');
    const codes = own.map((one) => one.question_code);
    known([...at, 'first'], `key question of edition ${edition}`, [first], codes);
    known([...at, 'second'], `key question of edition ${edition}`, [second], codes);
    holds(at, first !== second, `${first} is no pair with itself`);
    single(at, 'pair', [first, second].sort().join(' and '));
  },
};

/** Replaces what a file of an edition's folder says; without a file, that is nothing. Throws a UserError with all that is wrong with it. */
async function write<Entry>(
  trx: Transaction<DB>,
  edition: string,
  yaml: YamlFile | undefined,
  { document, key, shape, check }: Kind<Entry>,
): Promise<void> {
  if (!yaml) return writeDocument(trx, document, { edition, [key]: [] });
  const message = `${yaml.file}: nothing was loaded.`;
  refuse(message, shape(yaml));
  const entries = (yaml.data as Record<string, Entry[]>)[key] ?? [];
  const claims = claimsOn(yaml);
  const columns = ['edition_code', 'question_code', 'level'] as const;
  const questions = await trx.selectFrom('core.question').select(columns).execute();
  for (const [nth, entry] of entries.entries()) check(claims, [key, nth], entry, edition, questions);
  refuse(message, claims.problems());
  await writeDocument(trx, document, { edition, [key]: entries });
}

/** Replaces what an edition's folder says of its questions and those of other editions, and its pairs of key questions. */
export async function writeQuestionLinks(
  trx: Transaction<DB>,
  edition: string,
  files: { crosswalk?: YamlFile; pairs?: YamlFile },
): Promise<void> {
  await write(trx, edition, files.crosswalk, crosswalk);
  await write(trx, edition, files.pairs, pairs);
}
