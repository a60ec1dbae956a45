import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bookOfHome } from '../../src/book/home-book.js';
import { writeBook } from '../../src/book/write.js';
import { loadGroups } from '../../src/comparators/load-groups.js';
import { loadRatingsTable } from '../../src/ratings-table/index.js';
import { daysLater } from '../support/another-day.js';
import { piped } from '../support/bundles.js';
import { asReaderOf, testDatabase } from '../support/database.js';
import { everyFile } from '../support/every-file.js';
import { leaveFewServices } from '../support/few-services.js';
import { loadProgramme } from '../support/programme.js';

const database = testDatabase();
let home: string;
/** The book of real inspections, of a database that has invented ones beside them; and the book of these. */
let book: string;
let invented: string;
let pages: number;
const told: [number, number][] = [];
const script = `<script>alert("O'Neil & Co")</script>`;

const text = (...name: string[]): Promise<string> => readFile(path.join(book, ...name), 'utf8');

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-book-'));
  await leaveFewServices(database.db);
  // Beside invented inspections, lists of comparators, and a name that would be something else on a page.
  await loadProgramme(database, { inspections: 4 });
  const list =
    'group,service\n<b>Ring</b> & co,Barnet\n<b>Ring</b> & co,Hammersmith and Fulham\nOther,Wigan\n';
  await loadGroups(database.db, piped('families.csv', list));
  const listed = 'service,published,edition,overall\nSouthwark,2025,2025,Good\n';
  await loadRatingsTable(database.db, piped('listed.csv', listed));
  await sql`update core.service set area = ${script} where service_code = 'wigan'`.execute(database.db);
  await sql`
    update core.service_name set name = ${script}
    where service_id = (select service_id from core.service where service_code = 'wigan')
      and name = (select service from analytics.service where service_code = 'wigan')`.execute(database.db);
  book = path.join(home, 'real');
  invented = path.join(home, 'invented');
  await writeBook(database.db, book);
  const onProgress = (done: number, of: number) => told.push([done, of]);
  pages = (await writeBook(database.db, invented, { synthetic: true, onProgress })).pages;
}, 180_000);
afterAll(() => rm(home, { recursive: true, force: true }));

describe('the book', () => {
  test('has a page for every service, inspection and standard, and the pages about all', async () => {
    const { rows } = await sql<{ services: number; inspections: number; standards: number }>`
      select
        (select count(*) from analytics.service where not is_synthetic and (is_current or inspections > 0))::int as services,
        (select count(*) from analytics.inspection where not is_synthetic)::int as inspections,
        (select count(distinct standard) from analytics.question)::int as standards`.execute(database.db);
    for (const [folder, count] of Object.entries(rows[0] as object))
      expect(await readdir(path.join(book, folder)), folder).toHaveLength(count);
    expect((await readdir(book)).filter((name) => name.endsWith('.html')).join(' ')).toBe(
      'discretion.html downloads.html funnel.html how.html index.html quality.html services.html standards.html',
    );
  });

  test('says of Barnet what the report says: rating, driving question, panel, cases and interval beside each percentage', async () => {
    const page = await text('services', 'barnet.html');
    expect(page).toContain('21 of 36 points');
    expect(page).toContain('lowest: 2.1.3 at 45% ([x] of 11)');
    expect(page).toContain('Panel: from Inadequate to Requires improvement.');
    expect(page).toContain('published percentages');
    const full = await text('inspections', 'barnet-2022-02-01.html');
    expect(full).toMatch(
      /2\.1\.3<\/th><td class="prose">Does assessment[^<]*<\/td><td class="number">\[x\] of 11<\/td><td class="number">45<\/td><td class="number">28 to 64<\/td>/,
    );
    expect(full).toContain('no whole number of 11 cases rounds to 90%');
    // what does not apply
    expect(await text('inspections', 'kensington-and-chelsea-2020-10-19.html')).toContain('[z]');
  });

  test('has the rules of each edition that are known, and says once which are not', async () => {
    const page = await text('how.html');
    expect(page).toMatch(/>2021<\/th><td>full<\/td><td>rounding<\/td><td[^>]*>half up</);
    expect(page).toContain(
      'Of edition 2025 no source states bands and points, key question base, prompt base, rounding, band on,',
    );
    expect(page).not.toMatch(/<td[^>]*>\[x\]/);
  });

  test('has the figures behind each chart as a table and as a file, with the same rows', async () => {
    const page = await text('index.html');
    const tables = page
      .split('<figure')
      .slice(1)
      .map((figure) => (figure.split('</figure>')[0]?.match(/<tr>/g) ?? []).length);
    const csv = [...page.matchAll(/href="(data\/[^"]+\.csv)"/g)].map(([, file]) => file as string);
    expect(csv).toEqual(['data/index-years.csv', 'data/index-regions.csv', 'data/index-totals.csv']);
    for (const [at, file] of csv.entries())
      expect((await text(file)).trimEnd().split('\r\n').length, file).toBe(tables[at]);
  });

  test('puts a service beside the groups of a list that somebody has loaded, and beside no other', async () => {
    const page = await text('services', 'barnet.html');
    // The other is Outstanding overall; both are Good in 1.1.
    const row = (standard: string, ...cells: string[]) =>
      `<th scope="row">${standard}</th><td>families: &lt;b&gt;Ring&lt;/b&gt; &amp; co</td>${cells.map((cell) => `<td class="number">${cell}</td>`).join('')}</tr>`;
    expect(page).toContain(row('Overall', '1 of 2', '50', '16 to 84', '1 of 2', '0 of 2'));
    expect(page.match(/>families: &lt;b&gt;R/g)?.length).toBeGreaterThan(10);
    expect(page).not.toContain('Other');
    const southwark = await text('services', 'southwark.html');
    expect(southwark).not.toContain('families');
    expect(southwark).toContain('<a href="../standards/V1.html">V1 Victims</a>');
  });

  test('shows nothing of invented inspections beside real ones, but in a book of theirs, which says so on every page', async () => {
    const pages = (folder: string) =>
      everyFile(folder).then((all) => Object.entries(all).filter(([name]) => name.endsWith('.html')));
    for (const [name, page] of await pages(book)) {
      expect(page, name).not.toContain('class="invented"');
      // What a template asks for and nobody gave it.
      expect(page, name).not.toMatch(/\bundefined\b|\bNaN\b|\[object |>null</);
    }
    const all = await pages(invented);
    expect((await readdir(path.join(invented, 'inspections'))).length).toBe(4);
    for (const [name, page] of all) expect(page, name).toContain('<strong>Invented.</strong>');
    expect(all.map(([, page]) => page).join('')).not.toContain('Barnet');
  });

  test('reads views of the reader alone, so no split of cases by what a child is like is on its pages', async () => {
    const pages = Object.entries(await everyFile(invented)).filter(([name]) => /\.(html|csv)$/.test(name));
    for (const [name, page] of pages) expect(page, name).not.toMatch(/ethnicity|gender|age_band/i);
    expect(await readdir(path.join(invented, 'data'))).not.toContain('subgroup_count.parquet');
  });

  test('says how far it is, up to the last page', () => {
    expect(told).toEqual(Array.from({ length: pages }, (_, at) => [at + 1, pages]));
  });

  test('is the same, byte for byte, when a reader writes it again, on another day', async () => {
    const again = path.join(home, 'again');
    await daysLater(database.db, 400, () =>
      asReaderOf(database, (reader) => writeBook(reader, again, { synthetic: true })),
    );
    expect(await everyFile(again)).toEqual(await everyFile(invented));
  });

  test('of a home is there for each of two that write it at once', async () => {
    const beside = path.join(home, 'home');
    await mkdir(beside);
    const write = () => bookOfHome(database.db, beside, new AbortController().signal);
    const [one, other] = await Promise.all([write(), write()]);
    expect(other).toBe(one);
    expect(await readdir(beside)).toEqual(['book']);
  });

  test('escapes whatever a name holds', async () => {
    const pages = Object.entries(await everyFile(book))
      .filter(([name]) => name.endsWith('.html'))
      .map(([, page]) => page);
    expect(pages.some((page) => page.includes('&lt;script&gt;alert('))).toBe(true);
    expect(pages.filter((page) => page.includes('<script>alert'))).toEqual([]);
  });
});
