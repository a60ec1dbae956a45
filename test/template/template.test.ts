import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readBundle } from '../../src/import/bundle/bundle.js';
import { load } from '../../src/import/load.js';
import { dbPath } from '../../src/paths.js';
import { readEdition } from '../../src/template/edition.js';
import { writeTemplate } from '../../src/template/write-template.js';
import { temporaryFolders } from '../support/command.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();

interface EditionFile {
  domains: { sample?: string; standards: { code: string; basis: string; key_questions: Asked[] }[] }[];
}
interface Asked {
  code: string;
  text: string;
  prompts?: Asked[];
}

/** What an edition asks of cases, as its file has it. */
async function asked(edition: string): Promise<Asked[]> {
  const file: EditionFile = parse(await readFile(dbPath('editions', edition, 'questions.yaml'), 'utf8'));
  return file.domains
    .flatMap(({ standards }) => standards)
    .filter(({ basis }) => basis === 'cases')
    .flatMap(({ key_questions }) => key_questions)
    .flatMap((question) => [question, ...(question.prompts ?? [])]);
}

/** A template of an edition, and how to read it. */
async function template(edition: string, form: 'wide' | 'long' = 'wide', day = '2022-02-14') {
  const to = path.join(await folder(), 'to be made', 'inspection');
  const written = await writeTemplate(to, await readEdition(database.db, edition, day), form);
  const text = (name: string) => readFile(path.join(to, name), 'utf8');
  const rows = async (name: string) => Papa.parse<string[]>((await text(name)).slice(1).trimEnd()).data;
  return { to, written, text, rows };
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
  beforeAll(async () => {
    made = await template(edition);
  });

  test('is four files, of which the tables open in Excel as they are', async () => {
    expect(made.written).toEqual(['inspection.yaml', 'cases.csv', 'answers.csv', 'columns.csv']);
    expect((await readdir(made.to)).sort()).toEqual([...made.written].sort());
    for (const name of ['cases.csv', 'answers.csv', 'columns.csv']) {
      const text = await made.text(name);
      expect(text.startsWith('\uFEFF')).toBe(true);
      expect(text.endsWith('\r\n')).toBe(true);
      expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    }
  });

  test('asks every question once, in the order of the edition', async () => {
    const codes = (await asked(edition)).map(({ code }) => code);
    expect(codes.length).toBeGreaterThan(80);
    expect(await made.rows('answers.csv')).toEqual([['case', ...codes]]);
  });

  test('has a line for each case', async () => {
    expect(await made.rows('cases.csv')).toEqual([
      'case,sample,disposal,gender,age_band,ethnicity,risk_of_serious_harm,safety_and_wellbeing,looked_after'.split(
        ',',
      ),
    ]);
  });

  test('explains every column', async () => {
    const [heading, ...rows] = await made.rows('columns.csv');
    expect(heading).toEqual(['file', 'column', 'what', 'allowed', 'required']);
    for (const row of rows) {
      expect(row).toHaveLength(5);
      for (const cell of row) expect(cell).not.toBe('');
    }
    for (const file of ['cases.csv', 'answers.csv']) {
      const explained = rows.filter(([of]) => of === file).map(([, column]) => column);
      expect([explained]).toEqual(await made.rows(file));
    }
    const whats = new Map(rows.map(([file, column, what]) => [`${file} ${column}`, what]));
    for (const { code, text } of await asked(edition))
      expect(whats.get(`answers.csv ${code}`)).toContain(text);
  });

  test.each([
    ['alone', false],
    ['and what may be left out', true],
  ])('has a skeleton of the right shape: what is needed %s', async (_, withOptional) => {
    const skeleton = await made.text('inspection.yaml');
    const to = await folder();
    await writeFile(path.join(to, 'inspection.yaml'), filled(skeleton, withOptional));
    for (const name of ['cases.csv', 'answers.csv'])
      await writeFile(path.join(to, name), await made.text(name));
    const { inspection, ignored } = await readBundle(to);
    expect(ignored).toEqual([]);
    expect(inspection.edition).toBe(edition);
    expect(JSON.stringify(inspection)).not.toMatch(/[<>]/);
    const file: EditionFile = parse(await readFile(dbPath('editions', edition, 'questions.yaml'), 'utf8'));
    const standards = (basis: string) =>
      file.domains.flatMap(({ standards }) =>
        standards.filter((each) => each.basis === basis).map(({ code }) => code),
      );
    expect(Object.keys(inspection.judgements ?? {})).toEqual(standards('qualitative'));
    expect(Object.keys(inspection.standard_ratings ?? {})).toEqual(withOptional ? standards('cases') : []);
    expect(inspection.samples !== undefined).toBe(withOptional);
  });

  test.each(['wide', 'long'] as const)('loads once it is filled in: %s', async (form) => {
    const { to, rows, text } = await template(edition, form);
    await writeFile(path.join(to, 'inspection.yaml'), filled(await text('inspection.yaml'), false));
    const end = '\r\n';
    const cases = [
      'C-1,court,referral_order,female,10 to 14,White,low,very high,yes',
      'C-2,out of court,youth_conditional_caution,,,,,,',
    ];
    await writeFile(path.join(to, 'cases.csv'), (await text('cases.csv')) + cases.join(end));
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
    await writeFile(path.join(to, 'answers.csv'), (await text('answers.csv')) + answers.join(end));
    await rolledBack(database.db, async (trx) => {
      const [loaded] = await load(trx, [to]);
      expect(loaded).toMatchObject({ outcome: 'loaded', notices: [] });
      const { count } = await trx
        .selectFrom('core.answer')
        .select(({ fn }) => fn.countAll<string>().as('count'))
        .executeTakeFirstOrThrow();
      expect(Number(count)).toBe(samples.size);
    });
  });
});

test('the long form has a column for all answers, and explains the codes', async () => {
  const { rows } = await template('2018', 'long');
  expect(await rows('answers.csv')).toEqual([['case', 'question', 'answer']]);
  const explained = (await rows('columns.csv')).filter(([file]) => file === 'answers.csv');
  const codes = (await asked('2018')).map(({ code }) => `question ${code}`);
  expect(explained.map(([, column]) => column)).toEqual(['case', 'question', 'answer', ...codes]);
});

test('values and limits are those of the database', async () => {
  const { rows } = await template('2018');
  const row = new Map(
    (await rows('columns.csv')).map(([file, column, ...more]) => [`${file} ${column}`, more]),
  );
  expect(row.get('cases.csv gender')?.[1]).toBe('female, male, another gender, not known');
  expect(row.get('cases.csv age_band')?.[1]).toBe('10 to 14, 15 to 17, 18 and over, not known');
  expect(row.get('cases.csv safety_and_wellbeing')?.[1]).toBe('low, medium, high, very high, not known');
  expect(row.get('cases.csv looked_after')?.[1]).toBe('yes, no, not known');
  expect(row.get('cases.csv sample')?.[1]).toBe('court, out of court');
  expect(row.get('cases.csv disposal')?.[1]).toMatch(
    /^court: .*referral_order \(a community_sentence\).*custodial_sentence.*; out of court: youth_conditional_caution/,
  );
  expect(row.get('answers.csv 3.4.2')?.[2]).toBe('only youth_conditional_caution; empty for others');
  expect(row.get('answers.csv 3.4.2.a')?.[2]).toBe('only youth_conditional_caution; empty for others');
  expect(row.get('answers.csv 3.4.1')?.[2]).toBe('for every out of court case; empty for others');
  expect(row.get('answers.csv 3.4.1')?.[0]).toMatch(/^key question, out of court: Are the YOT's/);
  expect(row.get('answers.csv 2.1.1.a')?.[0]).toMatch(/^prompt, court: /);
  expect(row.get('answers.csv 3.4.1.c')?.[0]).toMatch(/ \(where applicable\)$/);
});

test('a question is in the template of the days on which it is asked', async () => {
  await rolledBack(database.db, async (trx) => {
    await trx
      .updateTable('core.question')
      .set({ in_force: '[2020-01-01,2022-01-01)' })
      .where('edition_code', '=', '2018')
      .where('question_code', '=', '2.1.1')
      .execute();
    for (const [day, isThere] of [
      ['2019-12-31', false],
      ['2020-01-01', true],
      ['2021-12-31', true],
      ['2022-01-01', false],
    ] as const) {
      const { questions } = await readEdition(trx, '2018', day);
      expect([day, questions.some(({ code }) => code === '2.1.1')]).toEqual([day, isThere]);
    }
  });
});

describe('refused, with nothing written', () => {
  test.each(['inspection.yaml', 'cases.csv', 'answers.csv', 'columns.csv'])(
    'a folder that has %s',
    async (name) => {
      const to = await folder();
      await writeFile(path.join(to, name), 'filled in');
      const edition = await readEdition(database.db, '2021', '2022-02-14');
      await expect(writeTemplate(to, edition, 'wide')).rejects.toMatchObject({
        exit: 2,
        message: `${to} has ${name} already, and nothing was written: name another folder with --to.`,
      });
      expect(await readdir(to)).toEqual([name]);
      expect(await readFile(path.join(to, name), 'utf8')).toBe('filled in');
    },
  );

  test('a folder that is a file', async () => {
    const to = path.join(await folder(), 'file');
    await writeFile(to, '');
    const edition = await readEdition(database.db, '2021', '2022-02-14');
    await expect(writeTemplate(to, edition, 'wide')).rejects.toMatchObject({
      exit: 2,
      message: `${to} can't be written: it is there, and no folder.`,
    });
    await expect(writeTemplate(path.join(to, 'in it'), edition, 'wide')).rejects.toMatchObject({ exit: 2 });
  });

  test('a folder with other files in it is no reason', async () => {
    const to = await folder();
    await mkdir(path.join(to, 'old'));
    const edition = await readEdition(database.db, '2021', '2022-02-14');
    expect(await writeTemplate(to, edition, 'wide')).toHaveLength(4);
  });

  test('an edition that there is not', async () => {
    await expect(readEdition(database.db, '2022', '2022-02-14')).rejects.toMatchObject({
      exit: 2,
      message: 'There is no edition "2022" (did you mean "2021"?): there are 2018, 2021, 2025.',
    });
  });
});
