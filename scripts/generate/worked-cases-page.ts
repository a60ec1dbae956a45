import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Document, isMap, isScalar, parse, visit } from 'yaml';
import { packageFolder } from '../../src/disk/paths.js';

interface WorkedCase {
  name: string;
  why: string;
  edition: string;
  given: unknown;
  expected: Record<string, Record<string, string | number | boolean | null>>;
}

/** The worked cases as a page that an analyst can check with pencil and paper. */
export function workedCasesPage(): string {
  const file = path.join(packageFolder, 'db', 'worked-cases.yaml');
  const { cases } = parse(readFileSync(file, 'utf8')) as { cases: WorkedCase[] };
  return [
    '# Worked cases',
    '',
    'How ratings come about, case by case: what is given, and what by the rules of the edition comes out. The expected values',
    'are worked by hand; every case is computed in SQL and in TypeScript by the tests, and has to give just these values.',
    '',
    'Made from `db/worked-cases.yaml` by `npm run generate`; not to be edited by hand.',
    ...cases.flatMap(page),
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
