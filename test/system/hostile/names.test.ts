import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { InspectionFile } from '../../../src/import/bundle/inspection-file.js';
import { load } from '../../../src/import/load.js';
import { contents, good2018, refused, testFolder } from '../../support/bundles.js';
import { askedQuestions, caseTables } from '../../support/case-files.js';
import { testDatabase } from '../../support/database.js';

// Names that are SQL, COPY, CSV or a program's own words come back from the database as they went in.

const database = testDatabase();
const files = testFolder();

const names = [
  "O'Brien's; drop schema core cascade; --",
  '"); delete from core.load; --',
  '$$; select 1; $$',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is a name
  '$1 $2 ${name} %s %I',
  '\\.',
  '\\N',
  'back\\slash \\t \\n \\x41 \\\\',
  '\\copy',
  'null',
  'NULL',
  '__proto__',
  'constructor',
  '{a,b}',
  '(1,2)',
  "E'\\047'",
  '/* */ --',
  '../../../../etc/passwd',
  '=1+1',
  "'=1+1",
  'Ünïcödé 北京 💥 é',
  'عربي',
  '１２ ½ ١٢',
];

/** A bundle in whose every name and text stands the same. */
const bundleNamed = (name: string, at: number) => {
  const inspection: InspectionFile = {
    synthetic: true,
    service: { name: `${name} YOT ${at}`, area: `${name} ${at}` },
    report: { title: name, lead_inspector: name, isbn: name, fieldwork_from: '2019-05-13' },
    edition: '2018',
    sample: {
      court_disposals: { cases: 2, referral_order: 2 },
      out_of_court_disposals: { cases: 1, youth_caution: 1 },
    },
    findings: [{ kind: 'strength', summary: name }],
    recommendations: [{ addressed_to: name, summary: name }],
  };
  const { cases, answers } = caseTables(inspection, askedQuestions('2018'));
  const pseudonym = (one: string) => (one === 'case' ? one : `"${`${name} ${one}`.replaceAll('"', '""')}"`);
  const csv = (rows: string[][]) =>
    rows.map(([one = '', ...rest]) => `${[pseudonym(one), ...rest].join(',')}\n`).join('');
  return { 'inspection.yaml': stringify(inspection), 'cases.csv': csv(cases), 'answers.csv': csv(answers) };
};

async function stored(name: string, at: number) {
  const { rows } = await sql<{ said: string[] }>`
    select array[s.area, i.title] || (
      select array_agg(distinct pseudonym order by pseudonym) from core.inspected_case where inspection_id = i.inspection_id
    ) || (select array_agg(summary) from analytics.finding where inspection_id = i.inspection_id)
      || (select array_agg(addressed_to) from analytics.recommendation where inspection_id = i.inspection_id) as said
    from core.inspection as i join core.service as s using (service_id)
    where s.area = ${`${name} ${at}`}`.execute(database.db);
  return rows.map(({ said }) => said.sort());
}

test('every name is kept as it is, loaded one by one or in bulk', { timeout: 240_000 }, async () => {
  const { db } = database;
  const tables = Object.keys(await contents(db)).sort();
  const folders: string[] = [];
  for (const [at, name] of names.entries()) folders.push(await files.folder(bundleNamed(name, at)));
  const [first = '', ...others] = folders;
  for (const together of [[first], others]) await load(db, together, { newService: true });
  for (const [at, name] of names.entries())
    expect(await stored(name, at), name).toEqual([
      [`${name} ${at}`, name, `${name} C1`, `${name} C2`, `${name} O1`, name, name].sort(),
    ]);
  expect(Object.keys(await contents(db)).sort()).toEqual(tables);
});

test.each([
  ['null', 'a\0b'],
  ['half of a pair', 'a\ud800b'],
])('a %s in a name is refused', async (_, name) => {
  const bundle = await files.folder({
    'inspection.json': JSON.stringify({ ...parse(good2018), service: name }),
  });
  const { problems, message } = await refused(database.db, [bundle]);
  expect([message, ...problems.map((one) => one.message)].join()).toMatch(/can not be kept|can't be read/);
});
