import { readFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import type { InspectionFile, ResultEntry } from '../../src/import/bundle/inspection-file.js';
import type { InspectionEvidence } from '../../src/ratings/inspection.js';
import type { QuestionEvidence } from '../../src/ratings/question.js';
import type { Row } from '../../src/reconcile/sql-and-typescript.js';

/** A case worked by hand: what is given, and the cells that come out. */
export interface WorkedCase {
  name: string;
  why: string;
  edition: string;
  given: Partial<InspectionFile>;
  expected: Record<string, Row>;
}

/** The worked cases of test/spec. */
export function workedCases(): WorkedCase[] {
  const text = readFileSync(new URL('../../db/worked-cases.yaml', import.meta.url), 'utf8');
  return (parse(text) as { cases: WorkedCase[] }).cases;
}

const fieldworkStart = '2021-06-01';

/** A worked case as the text of an inspection file, for the way through SQL. */
export function asInspectionText({ edition, given }: WorkedCase): string {
  return stringify({
    service: { name: 'Worked Case Youth Justice Service', area: 'Worked Case' },
    report: { fieldwork_from: fieldworkStart },
    synthetic: true,
    edition,
    ...given,
  });
}

/** A worked case as evidence, for the way through TypeScript; made without the importer. */
export function asEvidence({ edition, given }: WorkedCase): InspectionEvidence {
  const samples = given.sample ?? {};
  // in both editions domain 2 is judged on court disposals and domain 3 on out-of-court disposals
  const inspectedFor = (code: string) =>
    (code.startsWith('2') ? samples.court_disposals : samples.out_of_court_disposals)?.cases ?? null;
  const known = (entries: Record<string, ResultEntry> = {}) =>
    new Map(
      Object.entries(entries).map(([code, entry]): [string, QuestionEvidence] => [
        code,
        {
          inspected: inspectedFor(code),
          published: {
            relevant: entry.relevant_cases ?? null,
            yes: entry.yes ?? null,
            percent: entry.percent_yes ?? null,
            noRelevantCase: entry.not_applicable ?? false,
            percentLost: entry.lost?.includes('percent_yes') ?? false,
          },
        },
      ]),
    );
  const published = new Map(Object.entries(given.standard_ratings ?? {}) as [string, string][]);
  const isQualitative = (code: string) =>
    code.startsWith('1') || (edition === '2021' && ['3.4', '4.1'].includes(code));
  return {
    fieldworkStart,
    keyQuestions: known(given.key_questions),
    prompts: known(given.prompts),
    judged: new Map([...published].filter(([code]) => isQualitative(code))),
    decisions: new Map((given.professional_discretion ?? []).map((one) => [String(one.standard), one])),
    publishedStandards: published,
    publishedOverall: given.overall?.rating ?? null,
  };
}
