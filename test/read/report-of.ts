import type { EditionFile, QuestionEntry, StandardEntry } from '../../src/import/edition/edition-file.js';
import { limits } from '../../src/read/document/limits.js';
import { withMarks } from '../../src/read/document/marks.js';
import { markNoise } from '../../src/read/document/noise.js';
import { joinedOverPages } from '../../src/read/document/page-breaks.js';
import { textDrafts } from '../../src/read/document/text/text-drafts.js';
import type { ReadReport } from '../../src/read/read-report.js';
import type { ReportDocument } from '../../src/read/report-document.js';

/** A text as the document that it is read as. */
export function reportOf(text: string): ReportDocument {
  const drafts = textDrafts('report.txt', text, limits);
  markNoise(drafts);
  return { file: 'report.txt', kind: 'text', hash: '', lines: joinedOverPages(withMarks(drafts), drafts) };
}

/** A value of a reading by its path's words: "key_questions 2.1.1 yes". */
export const valueAtPath = ({ reading }: Pick<ReadReport, 'reading'>, path: string) =>
  reading.values.find((value) => value.path.join(' ') === path);

/** Numbers of a question: [relevant, yes] or [percent]; what is lost or doubtful is its confidence. */
export function figuresOf(read: Pick<ReadReport, 'reading'>, code: string): unknown[] {
  const root = code.split('.').length === 3 ? 'key_questions' : 'prompts';
  return ['relevant_cases', 'yes', 'percent_yes', 'not_applicable'].flatMap((field) => {
    const value = valueAtPath(read, `${root} ${code} ${field}`);
    if (!value) return [];
    return [value.confidence === 'lost' || value.confidence === 'doubtful' ? value.confidence : value.value];
  });
}

/** What an invented report says where it is not all the same. */
export interface Invented {
  edition: EditionFile;
  /** Printed ratings by standard; Good where nothing is said. */
  ratings?: Record<string, string>;
  /** "24/36", as printed. */
  score?: string;
  overall?: string;
  /** Cells behind a question by its code; "10 7" or "70%" where nothing is said; null leaves its row out. */
  cells?: Record<string, string[] | null>;
  /** Lines in place of those that the report would have: the text is given, and comes back otherwise. */
  change?: (text: string) => string;
}

/** Whether the edition's reports print counts of relevant cases, or percentages of all cases. */
const printsCounts = ({ rules }: EditionFile) => rules[0]?.percentage_base.prompt === 'relevant';

/**
 * An invented report: ten cases of each sample, all Good, in the layout of its edition: counts with prompts below their key question, or
 * percentages with prompts in an annexe.
 */
export function inventedReport({ edition, ratings, score, overall, cells, change }: Invented): string {
  const counts = printsCounts(edition);
  const row = (question: QuestionEntry, before = '') => {
    const own = cells?.[question.code];
    if (own === null) return [];
    return [[`${before}${question.text}`, ...(own ?? (counts ? ['10', '7'] : ['70%']))].join('\t')];
  };
  const ratingOf = (code: string) => ratings?.[code] ?? 'Good';
  const head = counts ? "Of the 10 cases inspected\tRelevant cases\tNumber 'Yes'" : "\t% 'Yes'";
  const section = ({ code, title, statement, basis, key_questions: asked = [] }: StandardEntry) => [
    '',
    `${code}. ${title}`,
    '',
    statement ?? '',
    '',
    ratingOf(code),
    '',
    ...(basis === 'cases'
      ? [
          'Our rating is based on the following key questions:',
          '',
          head,
          ...asked.flatMap((each) => row(each)),
        ]
      : []),
    ...(basis === 'cases' && counts
      ? asked.flatMap((each) => [
          '',
          each.text,
          '',
          head,
          ...(each.prompts ?? []).flatMap((prompt) => row(prompt)),
        ])
      : []),
    '',
    'Much was found in order, and staff could explain how they went about their work in most of what was looked at.',
  ];
  const standards = edition.domains.flatMap((domain) => domain.standards);
  const text = [
    'An inspection of youth offending services in',
    '',
    'Waterbeck',
    '',
    'HM Inspectorate of Probation, May 2022',
    '',
    'Contents',
    '',
    'Foreword\t3',
    'Ratings\t4',
    ...edition.domains.flatMap((domain) => [
      `${domain.code}. ${domain.title}\t8`,
      ...domain.standards.map(({ code, title }) => `${code}. ${title}\t9`),
    ]),
    'Annexe 1: Methodology\t30',
    '',
    'Foreword',
    '',
    'This inspection is part of a programme of inspections of youth offending services. The Waterbeck Youth Offending Service is small, and its staff know each other well. Youth justice workers and their partners meet every week.',
    '',
    'Ratings',
    '',
    `Waterbeck Youth Offending Service\tScore ${score ?? '24/36'}`,
    `Overall rating\t${overall ?? 'Good'}`,
    ...edition.domains.flatMap((domain) => [
      `${domain.code}.\t${domain.title}\t`,
      ...domain.standards.map(({ code, title }) => `${code}\t${title}\t${ratingOf(code)}\t☆`),
    ]),
    '',
    'Recommendations',
    '',
    'The Waterbeck Youth Offending Service should:',
    '',
    '1. keep its plans up to date.',
    '',
    ...edition.domains.flatMap((domain) => [
      `${domain.code}. ${domain.title}`,
      '',
      'A sample of cases was looked at, and what was found in them is told below.',
      ...domain.standards.flatMap(section),
      '',
    ]),
    'Annexe 1: Methodology',
    '',
    'The rating of a standard is the lowest band of its key questions. Professional discretion may be used to raise a rating from Good to Outstanding.',
    '',
    ...(counts
      ? []
      : [
          'Annexe 2: Inspection data',
          '',
          ...standards
            .filter(({ basis }) => basis === 'cases')
            .flatMap(({ code, title, key_questions: asked = [] }) => [
              `${code}. ${title} (cases)\t`,
              ...asked.flatMap((each) => [
                `${each.text}\t`,
                ...(each.prompts ?? []).flatMap((prompt, at) =>
                  row(prompt, `${String.fromCharCode(97 + at)}) `),
                ),
              ]),
              '',
            ]),
        ]),
  ].join('\n');
  return change ? change(text) : text;
}
