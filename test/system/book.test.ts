import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { HtmlValidate } from 'html-validate';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { writeBook } from '../../src/book/write.js';
import { testDatabase } from '../support/database.js';
import { leaveFewServices } from '../support/few-services.js';
import { isInFull, someOf } from '../support/in-full.js';
import { loadProgramme } from '../support/programme.js';

const chromium = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
].find((file) => file && existsSync(file));
const axe = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
// How it is written out is no matter of right and wrong, and charts have their colours in them; a search form and a box that keys can
// scroll need their roles; what a page loads lies beside it; a link is no telephone number because it has digits.
const off = [
  ...['no-trailing-whitespace', 'no-inline-style', 'long-title', 'attribute-boolean-style', 'void-style'],
  ...['prefer-native-element', 'require-sri', 'tel-non-breaking'],
];
const validator = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: Object.fromEntries(off.map((rule) => [rule, 'off'])),
});

const real = testDatabase();
const mixed = testDatabase();
let home: string;
/** Books by what they are of, with all of their pages, and those of each kind. */
const books: { name: string; folder: string; pages: string[]; kinds: string[] }[] = [];

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-book-'));
  await leaveFewServices(mixed.db);
  await loadProgramme(mixed, { inspections: 6 });
  for (const [name, { db }, synthetic] of [
    ['real', real, false],
    ['invented', mixed, true],
  ] as const) {
    const folder = path.join(home, name);
    const { files } = await writeBook(db, folder, { synthetic });
    const pages = files.filter((file) => file.endsWith('.html'));
    // one of which ratings alone are known, and those with charts
    const first = ['services/', 'standards/', 'inspections/'].map((of) =>
      pages.find((page) => page.startsWith(of)),
    );
    const kinds = pages.filter(
      (page) =>
        !page.includes('/') ||
        first.includes(page) ||
        /\/(barnet|kensington-and-chelsea|2\.1|3\.4)/.test(page),
    );
    // all of them where the tests run in full
    books.push({ name, folder, pages: someOf(pages, 8), kinds: someOf(kinds, 4) });
  }
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** The links of a page that lead nowhere. */
function lostLinks(file: string): string[] {
  const links = readFileSync(file, 'utf8').matchAll(
    /\b(?:href|src|action)="(?!https?:|data:)([^"#]*)#?([^"]*)"/g,
  );
  return [...links].flatMap(([link, target = '', anchor = '']) => {
    const at = target === '' ? file : path.resolve(path.dirname(file), target);
    const isThere = existsSync(at) && (anchor === '' || readFileSync(at, 'utf8').includes(`id="${anchor}"`));
    return isThere ? [] : [`leads nowhere: ${link}`];
  });
}

test('every page is valid HTML, and every link of it leads to what is there', {
  timeout: 600_000,
}, async () => {
  const faults: string[] = [];
  for (const { name, folder, pages } of books)
    for (const page of pages) {
      const file = path.join(folder, page);
      const { results } = await validator.validateFile(file);
      const invalid = results.flatMap(({ messages }) => messages);
      const found = invalid.map(({ ruleId, message, line }) => `line ${line} ${ruleId} ${message}`);
      faults.push(...[...found, ...lostLinks(file)].map((said) => `${name} ${page}: ${said}`));
    }
  expect(faults).toEqual([]);
});

describe.skipIf(!chromium)(
  `in a browser${chromium ? '' : ' (skipped: no chromium is here; CHROMIUM names one)'}`,
  () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await puppeteer.launch({
        executablePath: chromium as string,
        headless: true,
        args: ['--no-sandbox', '--disable-gpu'],
      });
    });
    afterAll(() => browser?.close());

    /** A window of the browser, and what it complains of. */
    async function window(width: number, script = true): Promise<{ page: Page; complaints: string[] }> {
      const page = await browser.newPage();
      const complaints: string[] = [];
      page.on(
        'console',
        (message) => ['error', 'warn'].includes(message.type()) && complaints.push(message.text()),
      );
      page.on('pageerror', (error) => complaints.push(String(error)));
      page.on('requestfailed', (request) => complaints.push(`not found: ${request.url()}`));
      await page.setJavaScriptEnabled(script);
      await page.setViewport({ width, height: 900 });
      return { page, complaints };
    }
    const open = (page: Page, file: string) => page.goto(pathToFileURL(file).href);

    // In full axe looks at every page at every width; else at pages of every kind, at the narrowest.
    test.each([360, 768, 1440])(
      'at %d pixels no page scrolls sideways, no text lies on another, nothing complains, and axe finds nothing',
      { timeout: 3_600_000 },
      async (width) => {
        const { page, complaints } = await window(width);
        const faults: string[] = [];
        for (const { name, folder, pages, kinds } of books)
          for (const one of new Set([...kinds, ...pages])) {
            await open(page, path.join(folder, one));
            const found = await misplaced(page);
            if (isInFull() || (width === 360 && kinds.includes(one))) found.push(...(await violations(page)));
            faults.push(...[...found, ...complaints.splice(0)].map((said) => `${name} ${one}: ${said}`));
          }
        await page.close();
        expect(faults).toEqual([]);
      },
    );

    test('with JavaScript a name finds its service and a table is put into another order; without, all is listed and opens', async () => {
      const { folder } = books[0] as (typeof books)[number];
      const { page } = await window(1440);
      await open(page, path.join(folder, 'services.html'));
      await page.type('#filter', 'royal borough kensington');
      const shown = await page.$$eval('.filtered li:not([hidden]) a', (links) => links.map(String));
      expect(shown).toEqual([expect.stringMatching(/kensington/)]);
      const [inspection] = readdirSync(path.join(folder, 'inspections'));
      await open(page, path.join(folder, 'inspections', inspection as string));
      await page.click('table.sortable thead button');
      expect(await page.evaluate('document.querySelector("th[aria-sort]").ariaSort')).toBe('ascending');
      await page.close();
      const { page: plain } = await window(768, false);
      await open(plain, path.join(folder, 'services.html'));
      expect((await plain.$$('.filtered li')).length).toBeGreaterThan(150);
      await plain.click('nav a[href="index.html"]');
      await plain.waitForSelector('h1');
      await plain.click('summary');
      expect(await (await plain.$('details[open] table'))?.isVisible()).toBe(true);
      await plain.close();
    });
  },
);

/** What axe finds on a page, with all of its tables open. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate('for (const one of document.querySelectorAll("details")) one.open = true');
  await page.addScriptTag({ path: axe });
  return (await page.evaluate(
    'axe.run(document, { preload: false }).then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes[0].html.slice(0, 200)))',
  )) as string[];
}

/** What does not stand where it should: a page wider than the screen, texts of charts that lie on one another or are cut off. */
const misplaced = (page: Page) => page.evaluate(whatIsMisplaced) as Promise<string[]>;
const whatIsMisplaced = `[
  ...(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['scrolls sideways'] : []),
  ...[...document.querySelectorAll('svg.plot')].filter((svg) => svg.checkVisibility()).flatMap((svg) => {
    const whole = svg.getBoundingClientRect();
    const boxes = [...svg.querySelectorAll('text')].filter((one) => one.textContent.trim() !== '' && !one.querySelector('text'))
      .map((one) => ({ text: one.textContent, box: one.getBoundingClientRect() }));
    return boxes.flatMap((a, at) => [
      ...(a.box.left < whole.left - 1 || a.box.right > whole.right + 1 ? [a.text + ' is cut off'] : []),
      ...boxes.slice(at + 1).filter((b) =>
        a.box.left < b.box.right - 1 && b.box.left < a.box.right - 1 && a.box.top < b.box.bottom - 3 && b.box.top < a.box.bottom - 3)
        .map((b) => a.text + ' on ' + b.text),
    ]);
  }),
]`;
