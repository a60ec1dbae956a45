import type { Framework, FrameworkQuestion } from '../../src/framework/framework.js';
import { groupBy } from '../../src/group-by.js';
import { knownEditions } from '../../src/import/edition/edition-file.js';
import { type Claim, isSure } from '../../src/read/claim.js';
import { reportOfText } from '../../src/read/file/open-report.js';
import { readDocument } from '../../src/read/read-report.js';

/** The edition of a code, from its files. */
export async function editionOf(code: string): Promise<Framework> {
  return (await knownEditions()).find((edition) => edition.code === code) as Framework;
}

/** What of a small report a test wants otherwise; lines, where nothing else is said. */
export interface Small {
  area?: string;
  kind?: string;
  /** The lines of the title; the area is the last one where nothing is said. */
  title?: string[];
  published?: string;
  fieldwork?: string;
  foreword?: string[];
  recommendations?: string[];
  facts?: string[];
  /** Lines behind a domain's or a standard's heading, by its code. */
  text?: Record<string, string[]>;
  /** Printed ratings by standard, "Good" elsewhere; the score, and the overall rating. */
  ratings?: Record<string, string>;
  score?: string;
  overall?: string;
  /** Cells behind a question by its code; null leaves its row out. */
  cells?: Record<string, string[] | null>;
  /** Whether a report that prints percentages has those of prompts in an annexe, below their key questions. */
  hasAnnexe?: boolean;
}

/** Whether reports of an edition print relevant cases and yes; else percentages. */
export const printsCounts = (edition: Framework): boolean =>
  edition.rules[0]?.percentageBase.prompt === 'relevant';

/**
 * A small report, a line for each thing, tables with tabs: all standards Good; six of eight cases for each question (2018), or 75% of key
 * questions alone (2021). No such inspection took place.
 */
export function smallReport(edition: Framework, small: Small = {}): string {
  const { area = 'Solihull', kind = 'Youth Justice Service', ratings = {}, cells = {} } = small;
  const service = `${area} ${kind}`;
  const hasCounts = printsCounts(edition);
  const ratingOf = (code: string) => ratings[code] ?? 'Good';
  const row = ({ code, text }: { code: string; text: string }) =>
    cells[code] === null ? [] : [[text, ...(cells[code] ?? (hasCounts ? ['8', '6'] : ['75%']))].join('\t')];
  const head = hasCounts ? "Of the 8 cases with such factors:\tRelevant cases\tNumber 'Yes'" : "\t% 'Yes'";
  const counted = [...edition.domains.values()].flatMap((domain) =>
    domain.standards.filter(({ basis }) => basis === 'cases').map((standard) => ({ ...standard, domain })),
  );
  const lettered = (prompts: readonly FrameworkQuestion[]) =>
    prompts.map(({ code, text }, at) => ({ code, text: `${'abcdefghijklmnop'[at]}) ${text}` }));
  const annexe = counted.flatMap(({ code, title, domain, keyQuestions: asked }) => [
    `## ${code}. ${title} (${domain.title.toLowerCase()})`,
    head,
    ...asked.flatMap((question) => [question.text, ...lettered(question.prompts).flatMap(row)]),
  ]);
  return [
    ...(small.title ?? ['An inspection of youth offending services in', area]).map((text) => `# ${text}`),
    '',
    `HM Inspectorate of Probation, ${small.published ?? 'June 2023'}`,
    '',
    '## Acknowledgements',
    'This inspection was led by HM Inspector Ada Nobody, supported by a team of inspectors.',
    'ISBN: 978-0-306-40615-7',
    '',
    '## Foreword',
    ...(small.foreword ?? [`Overall, ${service} is rated as '${small.overall ?? 'Good'}'.`]),
    'Youth justice workers and their partners in youth justice meet every week.',
    '',
    '## Ratings',
    service,
    `Fieldwork ${small.fieldwork ?? 'started March 2023'}`,
    `Score ${small.score ?? '24/36'}`,
    '### Overall rating',
    `**${small.overall ?? 'Good'}**`,
    ...[...edition.domains.values()].flatMap((domain) => [
      `### ${domain.code}. ${domain.title}`,
      ...domain.standards.map(({ code, title }) => `${code}\t${title}\t${ratingOf(code)}`),
    ]),
    '',
    '## Recommendations',
    ...(small.recommendations ?? [
      'We have made two recommendations.',
      `### ${service} should:`,
      '1. write every plan before it is needed',
      '### The management board should:',
      '2. read what it is sent.',
    ]),
    '',
    '## Contextual facts',
    ...(small.facts ?? ['### Population information', '41,000\tTotal population of Solihull (2022)']),
    '',
    ...[...edition.domains.values()].flatMap((domain) => [
      `# ${domain.code}. ${domain.title}`,
      ...(small.text?.[domain.code] ?? []),
      ...domain.standards.flatMap(({ code, title, statement, basis, keyQuestions: asked }) => [
        `## ${code}. ${title}`,
        ...(small.text?.[code] ?? [statement ?? '', ratingOf(code)]),
        ...(basis === 'cases' ? [head, ...asked.flatMap(row)] : asked.map(({ text }) => `**${text}**`)),
        ...(basis === 'cases' && hasCounts
          ? asked.flatMap(({ text, prompts }) => [`### ${text}`, head, ...prompts.flatMap(row)])
          : []),
      ]),
    ]),
    '',
    '## Annexe 1: Methodology',
    'We examined 12 court disposals. We examined eight out-of-court disposals.',
    '',
    ...(small.hasAnnexe && !hasCounts ? ['# Annexe 2: Inspection data', ...annexe] : []),
  ].join('\n');
}

/** Reads a text, and gives what it says: the confidence in the place of what is contradicted or lost. `editions` are the known ones. */
export function readText(text: string, editions: readonly Framework[]) {
  const read = readDocument(reportOfText('report.txt', text), editions);
  const { values } = read.reading;
  const shown = (one: Claim) => (isSure(one) ? one.value : one.confidence);
  const at = (path: string) => values.find((one) => one.path.join(' ') === path);
  const of = (section: string) => values.filter(({ path }) => path[0] === section);
  return {
    ...read,
    at,
    value: (path: string) => at(path) && shown(at(path) as Claim),
    /** A section with keys, as an object. */
    section: (name: string) => Object.fromEntries(of(name).map((one) => [one.path[1], shown(one)])),
    /** The entries of a list, each as an object. */
    list: (name: string) =>
      [...groupBy(of(name), ({ path }) => path[1]).values()].map((own) =>
        Object.fromEntries(own.map((one) => [one.path[2], shown(one)])),
      ),
  };
}
