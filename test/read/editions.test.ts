import { beforeAll, describe, expect, test } from 'vitest';
import type { EditionFile } from '../../src/import/edition/edition-file.js';
import { knownEditions } from '../../src/import/edition/known-editions.js';
import { samplesOf } from '../../src/import/edition/samples.js';
import { testDatabase } from '../support/database.js';
import { readText, smallReport } from '../support/small-report.js';

const database = testDatabase();
let editions: EditionFile[];
beforeAll(async () => {
  editions = await knownEditions();
});
const edition = (code: string) => editions.find((one) => String(one.edition) === code) as EditionFile;

/** An edition of which only the titles are known: no questions, no bands, no scores. */
const unknownRules: EditionFile = {
  ...{
    edition: '2035',
    title: 'A framework yet to come',
    ratings: ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'],
  },
  rules: [
    { effective_from: '2035-01-01', note: 'Nobody has published any.' } as EditionFile['rules'][number],
  ],
  programmes: [{ programme: 'full', standards: ['1.1', '1.2', '2.1', '2.2', 'V1.1'] }],
  samples: [{ sample: 'court' }],
  domains: [
    {
      ...{ code: '1', title: 'Leading the service' },
      standards: [
        { code: '1.1', title: 'Leading and governing', basis: 'qualitative' },
        { code: '1.2', title: 'Staff and volunteers', basis: 'qualitative' },
      ],
    },
    {
      ...{ code: '2', title: 'Work with children' },
      standards: [
        { code: '2.1', title: 'Assessing', basis: 'cases' },
        { code: '2.2', title: 'Delivering', basis: 'cases' },
      ],
    },
    {
      ...{ code: 'V1', title: 'Victims' },
      sample: 'court',
      standards: [
        {
          ...{ code: 'V1.1', title: 'Work with victims', basis: 'cases' },
          key_questions: [
            { code: 'V1.1.1', text: 'Is work with victims of high quality, individualised and responsive?' },
            {
              ...{ code: 'V1.1.2', text: 'Do organisational arrangements support work with victims?' },
              ...{ basis: 'qualitative' },
            },
          ],
        },
      ],
    },
  ],
};

const webReport = `<!DOCTYPE html><html><body><main>
<h1>An inspection of youth justice services in Torbay</h1>
<p>Published: 12 August 2035</p><p>Torbay Youth Justice Service</p><p>Fieldwork started May 2035</p>
<h2>Ratings</h2><table><tr><th>Overall rating</th><td><img alt="Good"></td></tr>
<tr><td>1.1 Leading and governing</td><td><img alt="Rating: Outstanding"></td></tr><tr><td>1.2 Staff and volunteers</td><td>Good</td></tr>
<tr><td>Assessing</td><td><img alt="Requires improvement"></td></tr><tr><td>Delivering</td><td>Good</td></tr>
<tr><td>V1.1 Work with victims</td><td>Good</td></tr></table>
<h2>Recommendations</h2><h3>Torbay Youth Justice Service should:</h3><ol><li>see to it.</li></ol>
<h2>Work with children</h2><h3>2.1 Assessing</h3><p>Words on youth justice.</p><h4>Strengths</h4><ul><li>Much is done.</li></ul>
<h2>Victims</h2><h3>V1.1 Work with victims</h3><table><tr><th>Of the 12 cases inspected:</th><th>Relevant cases</th><th>Yes</th></tr>
<tr><td>Is work with victims of high quality, individualised and responsive?</td><td>9</td><td>7</td></tr></table>
<h3>Do organisational arrangements support work with victims?</h3><h4>Areas for improvement</h4><ul><li>More could be done.</li></ul>
</main></body></html>`;

describe('an edition whose rules are not known', () => {
  test('its web page gives service, dates, ratings as printed, recommendations and findings', () => {
    const found = readText(webReport, [...editions, unknownRules]);
    expect(found.value('edition')).toBe('2035');
    const ratings = ['1.1', '1.2', '2.1', '2.2', 'V1.1'].map((code) =>
      found.value(`standard_ratings ${code} rating`),
    );
    expect(ratings).toEqual(['Outstanding', 'Good', 'Requires improvement', 'Good', 'Good']);
    expect(found.value('overall rating')).toBe('Good');
    expect(found.list('report')).toHaveLength(3);
    expect([
      found.value('service name'),
      found.value('report published'),
      found.value('report fieldwork_month'),
    ]).toEqual(['Torbay Youth Justice Service', '2035-08-12', '2035-05']);
    expect(found.list('recommendations')).toEqual([
      { number: 1, addressed_to: 'Torbay Youth Justice Service', summary: 'see to it.' },
    ]);
    expect(found.list('findings')).toEqual([
      { domain: '2', kind: 'strength', summary: 'Much is done.' },
      { domain: 'V1', standard: 'V1.1', kind: 'area for improvement', summary: 'More could be done.' },
    ]);
    const figures = ['relevant_cases', 'yes'].map((key) => found.value(`key_questions V1.1.1 ${key}`));
    expect([...figures, found.value('samples court cases')]).toEqual([9, 7, 12]);
    expect(found.reading.findings).toEqual([]);
  });
});

describe('which edition', () => {
  test('by its standards and questions, and where it shows', () => {
    for (const code of ['2018', '2021']) {
      const text = smallReport(edition(code));
      const found = readText(text, editions);
      expect(found.value('edition')).toBe(code);
      const line = text.split('\n')[(found.at('edition')?.place.line ?? 0) - 1];
      expect(line).toContain(
        code === '2018' ? 'Joint working' : 'Out-of-court disposal policy and provision',
      );
    }
  });

  test('another title under a number of the framework is of an edition that is not known', () => {
    const text = smallReport(edition('2021')).replaceAll('Reviewing', 'Work with victims of crime');
    expect(() => readText(text, editions)).toThrow(
      /no report of an edition that is known \(.*2018, 2021.*\): it rates "2\.4 Work with victims of crime Good".*Add the edition's folder/,
    );
  });

  test('half of its standards are not enough', () => {
    const text = smallReport(edition('2018')).replaceAll(/^.*\b(?:1\.[1-4]|2\.[1-3])\b.*$/gm, '');
    expect(() => readText(text, editions)).toThrow(
      /edition that is known .*: of edition 2018, the nearest, it does not name 1\.1 Governance/,
    );
  });
});

test('samples have the kinds of case that the database has, by the same names', async () => {
  const rows = await database.db
    .selectFrom('core.case_kind')
    .innerJoin('core.sample', 'core.sample.sample_id', 'core.case_kind.sample_id')
    .select(['edition_code', 'sample', 'kind', 'part_of', 'also_written'])
    .execute();
  const own = editions.flatMap((one) =>
    samplesOf(one).flatMap(({ name, kinds, alsoWritten }) =>
      [...kinds].map(
        ([kind, whole = null]) => `${one.edition} ${name}: ${kind} ${whole} ${alsoWritten.get(kind)?.join()}`,
      ),
    ),
  );
  const stored = rows.map(
    (row) => `${row.edition_code} ${row.sample}: ${row.kind} ${row.part_of} ${row.also_written.join()}`,
  );
  expect(own.toSorted()).toEqual(stored.toSorted());
  expect(own).toContain('2021 court: community_sentence null community order');
});

test.each([
  [
    'a letter',
    'Dear board,\n\nwe thank you.\n',
    /no report of an inspection of a youth offending service: no words on youth offending/,
  ],
  [
    'a report on probation',
    `${'The probation service in the region works with people on probation. '.repeat(9)}\n1.1 Governance and leadership\tGood\n`,
    /it speaks \d+ times of probation services/,
  ],
  [
    'a page on youth justice',
    'Youth justice services, youth justice workers and youth justice boards.\n',
    /none of the standards' titles were found/,
  ],
])('%s is refused, with what was looked for', (_, text, message) => {
  expect(() => readText(text, editions)).toThrow(message);
});
