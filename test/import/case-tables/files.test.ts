import { describe, expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { testFolder } from '../../support/bundles.js';
import { asCsv, bundleFiles, smallBundle, storedAnswers, withCell } from '../../support/case-files.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { bundle, refusing, small, storing } from './small.js';

const database = testDatabase();
const files = testFolder();
const stored = storing(database, files);
const said = refusing(database, files);
const { cases, answers } = small;

describe('tables of several programs', () => {
  const text = asCsv(small.answers);
  const quoted = small.answers.map((row) => row.map((cell) => `"${cell}"`));
  test.each<[name: string, answers: string | Uint8Array]>([
    ['semicolons', asCsv(small.answers, { delimiter: ';' })],
    ['tabs', asCsv(small.answers, { delimiter: '\t' })],
    ['CRLF', asCsv(small.answers, { lineEnd: '\r\n' })],
    ['a byte order mark', `\uFEFF${text}`],
    ['UTF-16', Buffer.from(`\uFEFF${text}`, 'utf16le')],
    ['quoted cells', asCsv(quoted)],
    ['no line end at the end', text.trimEnd()],
    ['empty columns behind', asCsv(small.answers.map((row) => [...row, '', '']))],
    ['blank lines and blank rows', `${text.replace('\n', '\n\n,,\n')}\n\n,,\n`],
    ['a totals row', `${text}Total,,229\n`],
    ['a totals row without a word', `${text},,229\n`],
  ])('%s', async (_, answers) => {
    const { answers: found, loaded } = await stored({ ...bundleFiles(small), 'answers.csv': answers });
    expect(found).toEqual((await stored(bundleFiles(small))).answers);
    expect(loaded[0]?.notices).toEqual([]);
  });

  test('Windows-1252, which is said', async () => {
    const rename = (table: string[][]) =>
      asCsv(table.map(([first, ...rest]) => [first === 'C2' ? 'Zoë' : (first as string), ...rest]));
    // ë is one byte in Windows-1252: 0xEB
    const content = {
      'inspection.yaml': small.yaml,
      'cases.csv': Buffer.from(rename(small.cases), 'latin1'),
      'answers.csv': rename(small.answers),
    };
    const { answers, loaded } = await stored(content);
    expect([answers.get('Zoë 2.1.1'), answers.get('Zoë 2.1.2')]).toEqual(['yes', 'no']);
    expect(loaded[0]?.notices).toEqual([
      {
        file: expect.stringMatching(/cases\.csv$/),
        message: 'not UTF-8: read as Windows-1252. Save it as CSV UTF-8 if accents come out wrong',
      },
    ]);
  });
});

describe('where a bundle lies', () => {
  test('its inspection file stands for the bundle: the tables beside it are read', async () => {
    const folder = await files.folder(bundleFiles(small));
    const loaded = await rolledBack(database.db, (trx) => load(trx, [`${folder}/inspection.yaml`]));
    expect(loaded).toMatchObject([{ answers: 232 }]);
  });

  test('several may lie in one folder, and JSON is YAML', async () => {
    const other = smallBundle({ day: '2019-06-10', yes222: 2 });
    const inside = (name: string, content: Record<string, string>) =>
      Object.entries(content).map(([file, text]) => [`${name}/${file}`, text]);
    const json = JSON.stringify({
      synthetic: true,
      service: 'Westminster Youth Offending Team',
      report: { fieldwork_from: '2019-06-10' },
      edition: '2018',
    });
    const { 'inspection.yaml': _, ...tables } = bundleFiles(other);
    const folder = await files.folder(
      Object.fromEntries([
        ...inside('a', bundleFiles(small)),
        ...inside('b', { 'inspection.json': json, ...tables }),
      ]),
    );
    await rolledBack(database.db, async (trx) => {
      expect(await load(trx, [folder])).toMatchObject([{ answers: 232 }, { answers: 232 }]);
      expect((await storedAnswers(trx)).get('C2 2.2.2')).toBe('no');
      const second = await storedAnswers(trx, { day: '2019-06-10' });
      expect(second.get('C2 2.2.2')).toBe('yes');
      // what no inspection file says of the samples is what the cases are
      const samples = await trx
        .selectFrom('core.inspection_sample')
        .innerJoin('core.inspection', 'core.inspection.inspection_id', 'core.inspection_sample.inspection_id')
        .innerJoin('core.sample', 'core.sample.sample_id', 'core.inspection_sample.sample_id')
        .select(['sample', 'cases'])
        .where('fieldwork_start', '=', '2019-06-10')
        .orderBy('sample')
        .execute();
      expect(samples).toEqual([
        { sample: 'court', cases: 2 },
        { sample: 'out of court', cases: 2 },
      ]);
    });
  });

  test('tables that are named take the place of those in the folder', async () => {
    const folder = await files.folder(bundleFiles(small));
    const other = await files.folder({ 'mine.csv': asCsv(smallBundle({ yes222: 2 }).answers) });
    const answers = await rolledBack(database.db, async (trx) => {
      await load(trx, [folder], { answers: `${other}/mine.csv` });
      return storedAnswers(trx);
    });
    expect(answers.get('C2 2.2.2')).toBe('yes');
  });
});

describe('files', () => {
  test('that break off in a quote: the rows before it are looked at as well', async () => {
    expect(
      await said({
        ...bundle({ cases: withCell(cases, 3, 'sample', 'curt') }),
        'cases.csv': `${asCsv(withCell(cases, 3, 'sample', 'curt'))}"C9,court,other\nC10,court,other\n`,
      }),
    ).toEqual([
      expect.stringMatching(/^cases\.csv:3:2: sample "curt"/),
      'cases.csv:6: a quote opens a cell here and is never closed',
    ]);
    const rows = withCell(withCell(answers, 2, 'answer', 'perhaps'), 4, 'question', '9.9.9');
    const quote = rows.with(5, ['C1', '2.1.1', '"yes" or no']);
    expect(await said({ ...bundle({}), 'answers.csv': asCsv(quote) })).toEqual([
      'answers.csv:2:3: answer "perhaps": allowed are yes, no, na (or n/a, not applicable)',
      expect.stringMatching(/^answers\.csv:4:2: question 9\.9\.9 is not/),
      expect.stringMatching(/^answers\.csv:6: a quote opens a cell here, and what follows/),
    ]);
  });

  test('of which each has something wrong: all is said at once', async () => {
    const content = bundleFiles({
      yaml: small.yaml.replace('"2018"\n', '"2018"\noverall: {score: 37, out_of: 36}\n'),
      cases: withCell(cases, 5, 'disposal', 'youth_cautoin'),
      answers: withCell(answers, 3, 'answer', 'maybe'),
    });
    const where = (await said(content)).map((line) => line.split(':')[0]);
    expect(where).toEqual(['inspection.yaml', 'cases.csv', 'answers.csv']);
  });
});
