import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { readBundle } from '../../src/import/bundle/bundle.js';
import { load } from '../../src/import/load.js';
import { readEdition, writeTemplate } from '../../src/template/write-template.js';
import { temporaryFolders } from '../support/command.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();
const folder = temporaryFolders();

/** A template of an edition, and how to read it. */
async function template(code: string) {
  const to = path.join(await folder(), 'to be made', 'inspection');
  const edition = await readEdition(database.db, code, '2022-02-14');
  await writeTemplate(to, edition);
  const text = (name: string) => readFile(path.join(to, name), 'utf8');
  const rows = async (name: string) => Papa.parse<string[]>((await text(name)).slice(1).trimEnd()).data;
  return { to, edition, text, rows };
}

/** The skeleton with its places filled. */
const filled = (skeleton: string): string =>
  skeleton
    .replaceAll('<name of the service>', 'Barnet Youth Offending Service')
    .replaceAll(/<day, like ([\d-]+)>/g, '$1')
    .replaceAll('<rating>', 'Good');

test.each(['2018', '2021'])(
  'the template of %s asks each question, explains each column, and loads once filled in',
  async (code) => {
    const { to, edition, text, rows } = await template(code);
    const { asked, standards } = edition;
    expect(asked.length).toBeGreaterThan(80);
    expect(await rows('answers.csv')).toEqual([['case', ...asked.map((one) => one.code)]]);
    const [heading, ...columns] = await rows('columns.csv');
    expect(heading).toEqual(['file', 'column', 'what', 'allowed', 'required']);
    expect(columns.filter((row) => row.length !== 5 || row.includes(''))).toEqual([]);
    // opens in Excel as it is
    for (const name of ['cases.csv', 'answers.csv', 'columns.csv'])
      expect(await text(name)).toMatch(/^\uFEFF(?:[^\r\n]*\r\n)+$/);
    for (const { code, text } of asked)
      expect(columns.find(([file, column]) => file === 'answers.csv' && column === code)?.[2]).toContain(
        text,
      );

    await writeFile(path.join(to, 'inspection.yaml'), filled(await text('inspection.yaml')));
    const { inspection, ignored } = await readBundle(to);
    expect(ignored).toEqual([]);
    expect(JSON.stringify(inspection)).not.toMatch(/[<>]/);
    const judged = standards.filter(({ basis }) => basis === 'qualitative').map((one) => one.code);
    expect(Object.keys(inspection.judgements ?? {})).toEqual(judged);
    const cases = [
      'C-1,court,referral_order,female,10 to 14,White,low,very high,yes',
      'C-2,out of court,youth_conditional_caution,,,,,,',
    ];
    await writeFile(path.join(to, 'cases.csv'), (await text('cases.csv')) + cases.join('\r\n'));
    const answers = ['court', 'out of court'].map((sample, at) =>
      [`C-${at + 1}`, ...asked.map((one) => (one.sample === sample ? 'no' : ''))].join(','),
    );
    await writeFile(path.join(to, 'answers.csv'), (await text('answers.csv')) + answers.join('\r\n'));
    await rolledBack(database.db, async (trx) => {
      const loaded = { outcome: 'loaded', notices: [], answers: asked.length };
      expect(await load(trx, [to])).toMatchObject([loaded]);
    });
  },
);

test('columns are explained as the database has them', async () => {
  const { rows } = await template('2018');
  const columns = new Map(
    (await rows('columns.csv')).map(([file, name, ...says]) => [`${file} ${name}`, says]),
  );
  expect(columns.get('cases.csv gender')?.[1]).toBe('female, male, another gender, not known');
  expect(columns.get('cases.csv sample')?.[1]).toBe('court, out of court');
  const kinds =
    /^court: .*referral_order \(a community_sentence\).*; out of court: youth_conditional_caution/;
  expect(columns.get('cases.csv disposal')?.[1]).toMatch(kinds);
  expect(columns.get('answers.csv 3.4.2.a')?.[2]).toBe('only youth_conditional_caution; empty for others');
  expect(columns.get('answers.csv 3.4.1')?.[2]).toBe('for every out of court case; empty for others');
  expect(columns.get('answers.csv 3.4.1.c')?.[0]).toMatch(/^prompt, out of court: .* \(where applicable\)$/);
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
      (await readEdition(trx, '2018', day)).asked.some(({ code }) => code === '2.1.1');
    const days = ['2019-12-31', '2020-01-01', '2021-12-31', '2022-01-01'];
    expect(await Promise.all(days.map(isThere))).toEqual([false, true, true, false]);
  });
});

test('what is there already is left as it is', async () => {
  const to = await folder();
  await writeFile(path.join(to, 'answers.csv'), 'filled in');
  await writeFile(path.join(to, 'Inspection.json'), '{}');
  const message = `${to} has Inspection.json, answers.csv already, and nothing was written: name another folder with --to.`;
  const edition = await readEdition(database.db, '2021', '2022-02-14');
  await expect(writeTemplate(to, edition)).rejects.toMatchObject({ exit: 2, message });
  expect((await readdir(to)).sort()).toEqual(['Inspection.json', 'answers.csv']);
  expect(await readFile(path.join(to, 'answers.csv'), 'utf8')).toBe('filled in');
});
