import { sql } from 'kysely';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Framework } from '../../../src/framework/framework.js';
import { knownEditions } from '../../../src/import/edition/edition-file.js';
import { load } from '../../../src/import/load.js';
import { formatProblem, type UserError } from '../../../src/problem.js';
import { readScore } from '../../../src/ratings-table/cells.js';
import { invented, refused, testFolder } from '../../support/bundles.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { readText, smallReport } from '../../support/small-report.js';

// A number in every notation that people and programs write. Each has one meaning wherever it may stand, or it is refused:
// digits of other scripts, fractions, separators and signs that are none are never guessed at, and never cut off at what can't be read.

const database = testDatabase();
const files = testFolder();

/** By what is written: what it means in YAML and in a table of ratings; undefined where it is refused. */
const notations: [written: string, yaml?: number | undefined, cell?: string | undefined][] = [
  ['5', 5, '5'],
  ['05', 5, '05'],
  ['0', 0, '0'],
  // YAML's own notations of whole numbers: whoever writes them there means them.
  ['5.0', 5, '5.0'],
  ['5e0', 5],
  ['0x5', 5],
  ['0o5', 5],
  ['+5', 5],
  ['-0', 0],
  ['5.5', undefined, '5.5'],
  ['5.', 5],
  ...'five|NaN|.nan|.inf|Infinity|true|\u202e5|9007199254740993|.5|-5|\u22125|1e3|1E400|0x10|0b101|1_000|1 000|1\u00a0000|1,000|12,5|5,0|½|5½|5²|١٢|٥|５|Ⅴ|⑤|(5)|5-|£5|5 cases'
    .split('|')
    .map((written): [string] => [written]),
  ['9'.repeat(400)],
  ['5\u200b', undefined, '5'],
];

const said = ({ message, problems }: UserError) => [message, ...problems.map(formatProblem)].join('\n');

describe('as a count in inspection.yaml', () => {
  const sample = { court_disposals: { cases: 9, referral_order: 9 } };
  const text = invented({ sample, key_questions: { '2.1.1': { relevant_cases: 9, yes: 'WRITTEN' } } });
  const bundle = (yes: string) => text.replace('"WRITTEN"', () => yes).replaceAll('\n', ' ');
  const loading = async (file: string) =>
    rolledBack(database.db, async (trx) => {
      await load(trx, [file]);
      const { rows } = await sql<{ yes: number }>`
        select yes from analytics.key_question_result where is_synthetic and key_question = '2.1.1'`.execute(
        trx,
      );
      return rows;
    });

  test.each(notations)('%s', async (written, yaml) => {
    const file = await files.bundle(bundle(written));
    if (yaml !== undefined) expect(await loading(file)).toEqual([{ yes: yaml }]);
    else expect(said(await refused(database.db, [file]))).toMatch(/inspection\.yaml:\d+:\d+: .*\w/);
    // In quotes it is a text, whatever stands in it.
    const quoted = await files.bundle(bundle(JSON.stringify(written)));
    expect(said(await refused(database.db, [quoted]))).toContain('yes is "');
  });
});

test.each(notations)('as a score in a table of ratings: %s', (written, _, cell) => {
  const meant = cell !== undefined && /^\d+(\.0)?$/.test(cell) ? { score: Number(cell) } : undefined;
  // what nobody sees is left off where a table is read
  expect(readScore(written.replace('\u200b', ''), false)).toEqual(meant);
});

test.each(['1e3', '5', '½', '١', '0x1', '1.0', '−1', 'TRUE', '1_0'])(
  'as an answer: %s is none',
  async (answer) => {
    const bundle = await files.folder({
      'inspection.yaml': invented({ sample: { court_disposals: { cases: 1, referral_order: 1 } } }),
      'cases.csv': 'case,sample,disposal\nC1,court,referral_order\n',
      'answers.csv': `case,question,answer\nC1,2.1.1,${answer}\n`,
    });
    expect(said(await refused(database.db, [bundle]))).toMatch(/answers\.csv:2:3: .*(yes, no|answer)/);
  },
);

describe('as a figure that a report prints', () => {
  let editions: Framework[];
  beforeAll(async () => {
    editions = await knownEditions();
  });
  // Characters that nobody sees are left off: converters strew them in. A small figure after another may be a footnote's mark.
  const figures: Record<string, unknown> = { '0': 0, '5': 5, '5\u200b': 5, '\u202e5': 5 };
  test.each(notations.filter(([written]) => written.length < 20))('%s', (written) => {
    const edition = editions.find((one) => one.code === '2018') as Framework;
    const text = smallReport(edition, {
      ratings: { '2.1': 'Requires improvement' },
      score: '23/36',
      cells: { '2.1.1': ['10', written] },
    });
    const yes = readText(text, editions).at('key_questions 2.1.1 yes');
    const isSure = yes !== undefined && ['read', 'confirmed'].includes(yes.confidence);
    expect(isSure ? yes.value : undefined).toBe(figures[written]);
  });
});
