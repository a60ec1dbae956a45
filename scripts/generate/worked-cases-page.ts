import { Document, isMap, isScalar, visit } from 'yaml';
import { type WorkedCase, workedCases } from '../../test/support/worked-cases.js';

/** The worked cases as a page that an analyst can check with pencil and paper. */
export function workedCasesPage(): string {
  return [
    '# Worked cases',
    '',
    'How ratings come about, case by case: what is given, and what by the rules of the edition comes out. The expected values',
    'are worked by hand; every case is computed in SQL and in TypeScript by the tests, and has to give just these values.',
    '',
    'Made from `test/spec/worked-cases.yaml` by `npm run generate`; not to be edited by hand.',
    ...workedCases().flatMap(page),
    '',
  ].join('\n');
}

function page({ name, why, edition, given, expected }: WorkedCase): string[] {
  return [
    '',
    `## ${name}`,
    '',
    why,
    '',
    `Given, under the ${edition} edition:`,
    '',
    '```yaml',
    asYaml(given),
    '```',
    '',
    '| row | column | expected |',
    '|---|---|---|',
    ...Object.entries(expected).flatMap(([row, cells]) =>
      Object.entries(cells).map(
        ([column, value]) => `| ${row} | ${column} | ${value === null ? '*none*' : value} |`,
      ),
    ),
  ];
}

/** YAML with a line for each map of plain values, as the bundles are written. */
function asYaml(value: unknown): string {
  const document = new Document(value);
  visit(document, {
    Map(_, map) {
      if (map.items.every(({ value }) => isScalar(value) || (isMap(value) && value.items.length === 0)))
        map.flow = true;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }).trimEnd();
}
