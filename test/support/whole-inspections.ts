import { invented } from './bundles.js';
import { askedQuestions } from './case-files.js';

/** What an invented inspection under the 2021 edition has otherwise than the best there could be. */
export interface Otherwise {
  service?: string;
  /** ISO day. */
  day?: string;
  /** Ratings of judged standards, by code. */
  judged?: Record<string, string>;
  /** A key question's figures, by code: yes of relevant cases, or what stands in the file instead. */
  figures?: Record<string, [yes: number, relevant: number] | object>;
  /** Cases of each sample. */
  cases?: number;
}

const judgedStandards = ['1.1', '1.2', '1.3', '1.4', '3.4', '4.1'];

/** An invented inspection under the 2021 edition that is Outstanding throughout, 36 of 36, but for what is otherwise. */
export function whole2021({
  service,
  day = '2022-02-07',
  judged = {},
  figures = {},
  cases = 10,
}: Otherwise = {}): string {
  const isJudged = (code: string) => judgedStandards.some((standard) => code.startsWith(`${standard}.`));
  const asked = askedQuestions('2021').filter(({ code }) => /^\d\.\d\.\d$/.test(code) && !isJudged(code));
  return invented({
    ...(service && { service }),
    ...{ report: { fieldwork_from: day }, edition: '2021' },
    sample: { court_disposals: { cases }, out_of_court_disposals: { cases }, resettlement: { cases: 2 } },
    standard_ratings: Object.fromEntries(
      judgedStandards.map((code) => [code, judged[code] ?? 'Outstanding']),
    ),
    key_questions: Object.fromEntries(
      asked.map(({ code }) => {
        const given = figures[code] ?? [cases, cases];
        return [code, Array.isArray(given) ? { yes: given[0], relevant_cases: given[1] } : given];
      }),
    ),
  });
}
