import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import { readBundle } from '../../src/import/bundle/bundle.js';
import { readEdition as readFiles } from '../../src/import/edition/edition-file.js';
import { load } from '../../src/import/load.js';
import { dbPath } from '../../src/paths.js';
import { readEdition } from '../../src/template/edition.js';
import { writeTemplate } from '../../src/template/write-template.js';
import { temporaryFolders } from '../support/command.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();
const names = ['inspection.yaml', 'cases.csv', 'answers.csv', 'columns.csv'];

/** A template of an edition, and how to read it. */
async function template(edition: string, form: 'wide' | 'long' = 'wide') {
  const to = path.join(await folder(), 'to be made', 'inspection');
  await writeTemplate(to, await readEdition(database.db, edition, '2022-02-14'), form);
  const text = (name: string) => readFile(path.join(to, name), 'utf8');
  const rows = async (name: string) => Papa.parse<string[]>((await text(name)).slice(1).trimEnd()).data;
  return { to, text, rows };
}

/** The skeleton with its places filled, and with what is commented out, when it is wanted. */
function filled(skeleton: string, withOptional: boolean): string {
  const wanted = withOptional ? skeleton.replace(/^#(?=(?: {2})*(?:- )?[\w".][\w". ]*:)/gm, '') : skeleton;
  return wanted
    .replaceAll('<name of the service>', 'Barnet Youth Offending Service')
    .replaceAll(/<day, like ([\d-]+)>/g, '$1')
    .replaceAll('<rating>', 'Good')
    .replaceAll('<number>', '2')
    .replaceAll(/<[^>…]+>/g, 'Something');
}

describe.each(['2018', '2021'])('the template of the %s edition', (edition) => {
  let made: Awaited<ReturnType<typeof template>>;
  let standards: Awaited<ReturnType<typeof readFiles>>['edition']['domains'][number]['standards'];
  let asked: { code: string; text: string }[];
  beforeAll(async () => {
    made = await template(edition);
    const { edition: file } = await readFiles(dbPath('editions', edition));
    standards = file.domains.flatMap((domain) => domain.standards);
    asked = standards
      .filter(({ basis }) => basis === 'cases')
      .flatMap(({ key_questions = [] }) => key_questions)
      .flatMap((question) => [question, ...(question.prompts ?? [])]);
  });

  test('is four files, of which the tables open in Excel as they are', async () => {
    expect((await readdir(made.to)).sort()).toEqual([...names].sort());
    for (const name of names.filter((one) => one.endsWith('.csv')))
      expect(await made.text(name)).toMatch(/^\uFEFF(?:[^\r\n]*\r\n)+$/);
  });

  test('asks every question once, in the order of the edition, and explains every column', async () => {
    expect(asked.length).toBeGreaterThan(80);
    expect(await made.rows('answers.csv')).toEqual([['case', ...asked.map(({ code }) => code)]]);
    const [heading, ...rows] = await made.rows('columns.csv');
    expect(heading).toEqual(['file', 'column', 'what', 'allowed', 'required']);
    expect(rows.filter((row) => row.length !== 5 || row.includes(''))).toEqual([]);
    for (const file of ['cases.csv', 'answers.csv']) {
      const explained = rows.filter(([of]) => of === file).map(([, column]) => column);
      expect([explained]).toEqual(await made.rows(file));
    }
    const whats = new Map(rows.map(([file, column, what]) => [`${file} ${column}`, what]));
    for (const { code, text } of asked) expect(whats.get(`answers.csv ${code}`)).toContain(text);
  });

  test.each([false, true])(
    'has a skeleton of the right shape, also with what may be left out: %s',
    async (all) => {
      const to = await folder();
      await writeFile(path.join(to, 'inspection.yaml'), filled(await made.text('inspection.yaml'), all));
      for (const name of ['cases.csv', 'answers.csv'])
        await writeFile(path.join(to, name), await made.text(name));
      const { inspection, ignored } = await readBundle(to);
      expect(ignored).toEqual([]);
      expect(inspection.edition).toBe(edition);
      expect(JSON.stringify(inspection)).not.toMatch(/[<>]/);
      const of = (wanted: string) =>
        standards.filter(({ basis }) => basis === wanted).map(({ code }) => code);
      expect(Object.keys(inspection.judgements ?? {})).toEqual(of('qualitative'));
      expect(Object.keys(inspection.standard_ratings ?? {})).toEqual(all ? of('cases') : []);
      expect(inspection.samples !== undefined).toBe(all);
    },
  );

  test.each(['wide', 'long'] as const)('loads once it is filled in: %s', async (form) => {
    const { to, rows, text } = await template(edition, form);
    await writeFile(path.join(to, 'inspection.yaml'), filled(await text('inspection.yaml'), false));
    const cases = [
      'C-1,court,referral_order,female,10 to 14,White,low,very high,yes',
      'C-2,out of court,youth_conditional_caution,,,,,,',
    ];
    await writeFile(path.join(to, 'cases.csv'), (await text('cases.csv')) + cases.join('\r\n'));
    const samples = new Map(
      (await rows('columns.csv'))
        .map(([file, column = '', what = '']) => [file, column.replace('question ', ''), what] as const)
        .filter(([file, code]) => file === 'answers.csv' && /\d/.test(code))
        .map(([, code, what]) => [code, /^(?:key question|prompt), ([a-z ]+): /.exec(what)?.[1]]),
    );
    const ofCase = { court: 'C-1', 'out of court': 'C-2' };
    const answers =
      form === 'long'
        ? [...samples].map(([code, sample]) => `${ofCase[sample as keyof typeof ofCase]},${code},yes`)
        : Object.entries(ofCase).map(
            ([sample, one]) =>
              `${one},${[...samples.values()].map((of) => (of === sample ? 'no' : '')).join(',')}`,
          );
    await writeFile(path.join(to, 'answers.csv'), (await text('answers.csv')) + answers.join('\r\n'));
    await rolledBack(database.db, async (trx) => {
      expect(await load(trx, [to])).toMatchObject([
        { outcome: 'loaded', notices: [], answers: samples.size },
      ]);
    });
  });
});

test('the long form has a column for all answers, and explains the codes', async () => {
  const { rows } = await template('2018', 'long');
  expect(await rows('answers.csv')).toEqual([['case', 'question', 'answer']]);
  const explained = (await rows('columns.csv')).filter(([file]) => file === 'answers.csv');
  expect(explained.slice(0, 4).map(([, column]) => column)).toEqual([
    'case',
    'question',
    'answer',
    'question 2.1.1',
  ]);
});

test.each([
  ['cases.csv gender', 1, /^female, male, another gender, not known$/],
  ['cases.csv looked_after', 1, /^yes, no, not known$/],
  ['cases.csv sample', 1, /^court, out of court$/],
  [
    'cases.csv disposal',
    1,
    /^court: .*referral_order \(a community_sentence\).*; out of court: youth_conditional_caution/,
  ],
  ['answers.csv 3.4.2', 2, /^only youth_conditional_caution; empty for others$/],
  ['answers.csv 3.4.2.a', 2, /^only youth_conditional_caution; empty for others$/],
  ['answers.csv 3.4.1', 2, /^for every out of court case; empty for others$/],
  ['answers.csv 3.4.1', 0, /^key question, out of court: Are the YOT's/],
  ['answers.csv 2.1.1.a', 0, /^prompt, court: /],
  ['answers.csv 3.4.1.c', 0, / \(where applicable\)$/],
])('%s is explained as the database has it', async (column, at, says) => {
  const { rows } = await template('2018');
  const row = (await rows('columns.csv')).find(([file, name]) => `${file} ${name}` === column);
  expect(row?.slice(2)[at]).toMatch(says);
});

test('a question is in the template of the days on which it is asked', async () => {
  await rolledBack(database.db, async (trx) => {
    await trx
      .updateTable('core.question')
      .set({ in_force: '[2020-01-01,2022-01-01)' })
      .where('edition_code', '=', '2018')
      .where('question_code', '=', '2.1.1')
      .execute();
    const isThere = async (day: string) =>
      (await readEdition(trx, '2018', day)).questions.some(({ code }) => code === '2.1.1');
    const days = ['2019-12-31', '2020-01-01', '2021-12-31', '2022-01-01'];
    expect(await Promise.all(days.map(isThere))).toEqual([false, true, true, false]);
  });
});

describe('refused, with nothing written', () => {
  const write = async (to: string) =>
    writeTemplate(to, await readEdition(database.db, '2021', '2022-02-14'), 'wide');

  test.each(names)('a folder that has %s', async (name) => {
    const to = await folder();
    await writeFile(path.join(to, name), 'filled in');
    await expect(write(to)).rejects.toMatchObject({
      exit: 2,
      message: `${to} has ${name} already, and nothing was written: name another folder with --to.`,
    });
    expect(await readdir(to)).toEqual([name]);
    expect(await readFile(path.join(to, name), 'utf8')).toBe('filled in');
  });

  test('a folder that is a file; one with other files in it is no reason', async () => {
    const to = await folder();
    await mkdir(path.join(to, 'old'));
    expect(await write(to)).toEqual(names);
    await expect(write(path.join(to, 'cases.csv'))).rejects.toMatchObject({
      exit: 2,
      message: expect.stringContaining('it is there, and no folder'),
    });
  });

  test('an edition that there is not', async () => {
    await expect(readEdition(database.db, '2022', '2022-02-14')).rejects.toMatchObject({
      exit: 2,
      message: 'There is no edition "2022" (did you mean "2021"?): there are 2018, 2021, 2025.',
    });
  });
});
