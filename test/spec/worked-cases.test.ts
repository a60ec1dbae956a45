import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import type { InspectionFile, ResultEntry } from '../../src/import/bundle/inspection-file.js';
import { load } from '../../src/import/load.js';
import { dbPath } from '../../src/paths.js';
import { editions } from '../../src/queries/editions.js';
import { type InspectionEvidence, rateInspection } from '../../src/ratings/inspection.js';
import type { QuestionEvidence } from '../../src/ratings/question.js';
import type { Edition } from '../../src/ratings/rules.js';
import { type Row, rowsOfResult, rowsOfViews } from '../../src/reconcile/sql-and-typescript.js';
import { piped } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

const database = testDatabase();

/** A case worked by hand: what is given, and the cells that come out. */
interface WorkedCase {
  name: string;
  edition: string;
  given: Partial<InspectionFile>;
  expected: Record<string, Row>;
}
const { cases }: { cases: WorkedCase[] } = parse(readFileSync(dbPath('worked-cases.yaml'), 'utf8'));
const fieldworkStart = '2021-06-01';

/** The expected rows' cells, out of what was computed. */
function same({ expected }: WorkedCase, rows: ReadonlyMap<string, Row>): Record<string, Partial<Row>> {
  const cells = (key: string, row: Row) =>
    Object.keys(row).map((column) => [column, rows.get(key)?.[column]] as const);
  return Object.fromEntries(
    Object.entries(expected).map(([key, row]) => [key, Object.fromEntries(cells(key, row))]),
  );
}

/** A worked case as evidence, made without the importer. */
function asEvidence({ given }: WorkedCase, { standards }: Edition): InspectionEvidence {
  const samples = given.sample ?? {};
  // in both editions domain 2 is judged on court disposals and domain 3 on out-of-court disposals
  const inspectedFor = (code: string) =>
    (code.startsWith('2') ? samples.court_disposals : samples.out_of_court_disposals)?.cases ?? null;
  const known = (code: string, entry: ResultEntry): QuestionEvidence => ({
    inspected: inspectedFor(code),
    published: {
      relevant: entry.relevant_cases ?? null,
      yes: entry.yes ?? null,
      percent: entry.percent_yes ?? null,
      noRelevantCase: entry.not_applicable ?? false,
      percentLost: entry.lost?.includes('percent_yes') ?? false,
    },
  });
  const asMap = (entries: Record<string, ResultEntry> = {}) =>
    new Map(Object.entries(entries).map(([code, entry]) => [code, known(code, entry)]));
  const published = Object.entries(given.standard_ratings ?? {}) as [string, string][];
  const judged = standards.filter(({ basis }) => basis === 'qualitative').map(({ code }) => code);
  return {
    fieldworkStart,
    keyQuestions: asMap(given.key_questions),
    prompts: asMap(given.prompts),
    judged: new Map(published.filter(([code]) => judged.includes(code))),
    decisions: new Map((given.professional_discretion ?? []).map((one) => [String(one.standard), one])),
    publishedStandards: new Map(published),
    publishedOverall: given.overall?.rating ?? null,
  };
}

describe.each(cases)('$name', (example) => {
  const { name, edition, given, expected } = example;

  test('in SQL', async () => {
    const service = { name: 'Worked Case Youth Justice Service', area: 'Worked Case' };
    const report = { fieldwork_from: fieldworkStart };
    const text = stringify({ service, report, synthetic: true, edition, ...given });
    const rows = await rolledBack(database.db, async (trx) => {
      const [{ inspectionId = 0 } = {}] = await load(trx, [piped(name, text)], { newService: true });
      return (await rowsOfViews(trx, [inspectionId])).get(inspectionId) ?? new Map<string, Row>();
    });
    expect(same(example, rows)).toEqual(expected);
  });

  test('in TypeScript', async () => {
    const known = (await editions(database.db)).get(edition) as Edition;
    const rows = rowsOfResult(rateInspection(known, asEvidence(example, known)));
    expect(same(example, rows)).toEqual(expected);
  });
});
