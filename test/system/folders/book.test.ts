import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { serveFolder } from '../../../src/book/serve.js';
import { writeBook } from '../../../src/book/write.js';
import { load } from '../../../src/import/load.js';
import { daysLater } from '../../support/another-day.js';
import { good2021, testFolder } from '../../support/bundles.js';
import { asReaderOf, testDatabase } from '../../support/database.js';
import { everyFile } from '../../support/every-file.js';
import { leaveFewServices } from '../../support/few-services.js';

const database = testDatabase();
const files = testFolder();
let home: string;
let book: string;
let pages: number;
const told: [number, number][] = [];

beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), 'yot-ratings-book-'));
  book = path.join(home, 'book');
  await leaveFewServices(database.db);
  await load(database.db, [await files.bundle(good2021)]);
  const onProgress = (done: number, of: number) => told.push([done, of]);
  pages = (await writeBook(database.db, book, { onProgress })).pages;
});
afterAll(() => rm(home, { recursive: true, force: true }));

test('says how far it is, up to the last page', () => {
  expect(told).toEqual(Array.from({ length: pages }, (_, at) => [at + 1, pages]));
});

test('is the same, byte for byte, when it is written again, on another day', async () => {
  const again = path.join(home, 'again');
  await daysLater(database.db, 400, () => writeBook(database.db, again));
  expect(await everyFile(again)).toEqual(await everyFile(book));
});

test('a reader may write the pages too', async () => {
  const folder = path.join(home, 'as-reader');
  await asReaderOf(database, (reader) => writeBook(reader, folder));
  const index = await readFile(path.join(folder, 'index.html'), 'utf8');
  expect(index).toBe(await readFile(path.join(book, 'index.html'), 'utf8'));
});

test('a folder with something in it is left alone; with --force what an earlier book put there is replaced, and nothing else', async () => {
  const folder = await files.folder({ 'mine.txt': 'mine', 'services/mine.html': 'mine' });
  await expect(writeBook(database.db, folder)).rejects.toThrow(
    /is not empty: name another folder, or add --force, which replaces what an earlier book put there/,
  );
  await writeBook(database.db, folder, { force: true });
  await writeFile(path.join(folder, 'inspections', 'own.html'), 'mine');
  await writeBook(database.db, folder, { force: true, synthetic: true });
  const all = await everyFile(folder);
  const mine = Object.keys(all).filter((name) => all[name] === 'mine');
  expect(mine.sort()).toEqual(['inspections/own.html', 'mine.txt', 'services/mine.html']);
  expect(Object.keys(all).filter((name) => name.startsWith('inspections/')).length).toBe(2);
  expect(Object.keys(all).filter((name) => name.includes('.partial'))).toEqual([]);
});

test('a folder that has a file of the same name, of somebody else, is refused whole', async () => {
  const folder = await files.folder({ 'services/barnet.html': 'mine' });
  await expect(writeBook(database.db, folder, { force: true })).rejects.toThrow(
    /has services\/barnet.html, which no earlier book made/,
  );
  expect(Object.keys(await everyFile(folder))).toEqual(['services/barnet.html']);
});

test('a folder has nothing new in it when the work is given up in the middle', async () => {
  const folder = await files.folder({ 'mine.txt': 'mine' });
  const onProgress = (done: number) => {
    if (done === 20) throw new Error('given up');
  };
  await expect(writeBook(database.db, folder, { force: true, onProgress })).rejects.toThrow('given up');
  expect(await readdir(folder)).toEqual(['mine.txt']);
});

test('a folder is served on loopback, and nothing outside of it', async () => {
  await writeFile(path.join(home, 'secret.txt'), 'secret');
  const { url, close } = await serveFolder(book);
  try {
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/);
    expect(await (await fetch(url)).text()).toBe(await readFile(path.join(book, 'index.html'), 'utf8'));
    for (const away of ['..%2fsecret.txt', '%2e%2e/secret.txt', 'nowhere.html', '%00', '%zz'])
      expect((await fetch(url + away)).status, away).toBe(404);
  } finally {
    await close();
  }
});
