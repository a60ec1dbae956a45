import type { EditionFile } from '../../../src/import/edition/edition-file.js';

/** What of an invented report a test wants otherwise. */
export interface Invented {
  area?: string;
  kind?: string;
  title?: string;
  published?: string;
  fieldwork?: string;
  isbn?: string;
  recommendations?: string[];
  facts?: string[];
  background?: string[];
  /** Lines of a standard's text, by its code. */
  text?: Record<string, string[]>;
  /** Lines at a domain's beginning, by its code. */
  domainText?: Record<string, string[]>;
  /** Percentage of yes of every key question of the standards rated from cases. */
  percent?: number;
}

const ratingOf = (percent: number) =>
  percent >= 80
    ? 'Outstanding'
    : percent >= 65
      ? 'Good'
      : percent >= 50
        ? 'Requires improvement'
        : 'Inadequate';

/** An invented report in the layout of 2021's: a line for each thing, tables with tabs. No such inspection took place. */
export function inventedReport(edition: EditionFile, invented: Invented = {}): string {
  const { area = 'Rutland', kind = 'Youth Justice Service', percent = 75 } = invented;
  const service = `${area} ${kind}`;
  const { title = 'An inspection of youth offending services in', fieldwork = 'started March 2023' } =
    invented;
  const standards = edition.domains.flatMap((domain) => domain.standards);
  const counting = edition.rules[0]?.counting_standards ?? [];
  const rated = new Map(
    standards.map(({ code, basis }) => [code, basis === 'cases' ? ratingOf(percent) : 'Good'] as const),
  );
  const score = counting.reduce((sum, code) => sum + edition.ratings.indexOf(rated.get(code) as string), 0);
  const overall = edition.rules[0]?.overall_bands.findLast(({ from_score }) => from_score <= score)?.rating;
  return [
    title,
    area,
    '',
    `HM Inspectorate of Probation, ${invented.published ?? 'June 2023'}`,
    '',
    '## Acknowledgements',
    'This inspection was led by HM Inspector Ada Nobody, supported by a team of inspectors.',
    '© Crown copyright 2023',
    `ISBN: ${invented.isbn ?? '978-0-306-40615-7'}`,
    '',
    '## Foreword',
    `Overall, ${service} was rated as '${overall}'.`,
    '',
    '## Ratings',
    service,
    `Fieldwork ${fieldwork}`,
    `Score ${score}/36`,
    '### Overall rating',
    `**${overall}**`,
    ...edition.domains.flatMap((domain) => [
      `### ${domain.code}. ${domain.title}`,
      ...domain.standards.map(({ code, title: of }) => `${code}\t${of}\t${rated.get(code)}`),
    ]),
    '',
    '## Recommendations',
    ...(invented.recommendations ?? [
      'We have made two recommendations.',
      `### ${service} should:`,
      '1. write every plan before it is needed',
      `### The management board should:`,
      '2. read what it is sent.',
    ]),
    '',
    '## Background',
    ...(invented.background ?? []),
    '',
    '## Contextual facts',
    ...(invented.facts ?? ['### Population information', '41,000\tTotal population of Rutland (2022)']),
    '',
    ...edition.domains.flatMap((domain) => [
      `# ${domain.code}. ${domain.title}`,
      ...(invented.domainText?.[domain.code] ?? []),
      ...domain.standards.flatMap(({ code, title: of, statement = '', basis, key_questions = [] }) => [
        `## ${code}. ${of}`,
        statement,
        rated.get(code) as string,
        ...(basis === 'cases'
          ? ["\t% 'Yes'", ...key_questions.map(({ text }) => `${text}\t${percent}%`)]
          : key_questions.map(({ text }) => `**${text}**`)),
        ...(invented.text?.[code] ?? []),
      ]),
    ]),
    '',
    '## Annexe 1: Methodology',
    'We examined 12 court disposals. We examined eight out-of-court disposals.',
    '',
  ].join('\n');
}
