import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { load } from '../../src/import/load.js';
import { makeBundle } from '../../src/read/bundle/write-bundle.js';
import { readReport } from '../../src/read/read-report.js';
import { valuesOf } from '../support/asked.js';
import { testFolder } from '../support/bundles.js';
import { testDatabase } from '../support/database.js';

const database = testDatabase();
const folders = testFolder();

/** A web page as reports of 2025 are, of an inspection that never took place. */
const page = (title: string, more: string) => `<!DOCTYPE html><html><body><header>A site</header><main>
<h1>${title} in Torbay</h1><p>Published: 12 August 2025</p><p>Torbay Youth Justice Service</p>
<p>Fieldwork started May 2025</p><p>Youth justice services and their partners in youth justice meet.</p>
<h2>Ratings</h2><table><tr><th>Overall rating</th><td><img alt="Good"></td></tr>${more}
<tr><td>Assessing</td><td><img alt="Rating: Requires improvement"></td></tr><tr><td>Planning</td><td>Good</td></tr>
<tr><td>Delivery</td><td>Outstanding</td></tr><tr><td>V1 Victims</td><td>Good</td></tr></table>
<h2>Recommendations</h2><h3>Torbay Youth Justice Service should:</h3><ol><li>see to it.</li></ol>
<h2>Work with children</h2><h3>2.1 Assessing</h3><h4>Strengths</h4><ul><li>Much is done.</li></ul>
<h2>Victims</h2><h3>V1 Victims</h3><table><tr><th>Of the 12 cases inspected:</th><th>Relevant cases</th><th>Yes</th></tr>
<tr><td>V1.1 Work with victims (wording not seen)</td><td>9</td><td>7</td></tr></table>
<h4>Areas for improvement</h4><ul><li>More could be done.</li></ul></main></body></html>`;

test.each([
  [
    'An inspection of youth justice services',
    '<tr><td>A standard that nobody has seen</td><td>Good</td></tr>',
    undefined,
  ],
  ['An inspection of youth justice work with children and victims', '', 'work with children and victims'],
])('%s: what its page prints is read and loads, and nothing is computed', async (title, more, programme) => {
  const folder = await folders.folder({ 'report.html': page(title, more) });
  const { reading, document } = await readReport(path.join(folder, 'report.html'));
  const { inspection, files } = makeBundle(document, reading, folder);
  const ratings = { '2.1': 'Requires improvement', '2.2': 'Good', '2.3': 'Outstanding', V1: 'Good' };
  expect(inspection).toMatchObject({
    edition: '2025',
    service: { name: 'Torbay Youth Justice Service', area: 'Torbay' },
    report: { published: '2025-08-12', fieldwork_month: '2025-05' },
    overall: { rating: 'Good' },
    samples: { victims: { cases: 12 } },
    standard_ratings: Object.fromEntries(Object.entries(ratings).map(([code, rating]) => [code, { rating }])),
    key_questions: { 'V1.1': { relevant_cases: 9, yes: 7 } },
    recommendations: [{ addressed_to: 'Torbay Youth Justice Service', summary: 'see to it.' }],
    findings: [
      { domain: '2', kind: 'strength', summary: 'Much is done.' },
      { domain: 'V', standard: 'V1', kind: 'area for improvement', summary: 'More could be done.' },
    ],
  });
  expect(inspection.programme).toBe(programme);
  expect(reading.findings).toEqual([]);
  await writeFile(path.join(folder, 'inspection.yaml'), files['inspection.yaml']);
  await load(database.db, [folder]);
  const stored = `select standard, computed_rating, published_rating from analytics.standard_rating
    where edition = '2025' and published_rating is not null order by standard`;
  expect(await valuesOf(database.db, stored)).toEqual(
    Object.entries(ratings).map(([code, rating]) => [code, null, rating]),
  );
  // nobody knows what its percentages are taken of: what is counted is there all the same
  const counted = `select key_question, yes, relevant, percent_of_relevant, percent, rating from analytics.key_question_result
    where edition = '2025' and yes is not null`;
  expect(await valuesOf(database.db, counted)).toEqual([['V1.1', 7, 9, 78, null, null]]);
});
