import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { UserError } from '../../src/problem.js';
import { type ReadReport, readReport } from '../../src/read/read-report.js';
import type { ReadValue } from '../../src/read/reading.js';
import { placeText, type ReportDocument } from '../../src/read/report-document.js';
import { seed } from '../support/seed.js';
import { editionOf } from './around/reading.js';
import { inventedReport } from './report-of.js';

let folder: string;
const reports = new Map<string, string>();

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-fuzz-'));
  for (const code of ['2018', '2021']) reports.set(code, inventedReport({ edition: await editionOf(code) }));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Something that happens to a text on its way: `at` and `to` are places in it, from 0 to 1. */
interface Mutation {
  kind: 'cut' | 'doubled' | 'moved' | 'shuffled' | 'put in' | 'replaced' | 'repeated' | 'huge' | 'joined';
  at: number;
  to: number;
  text: string;
  times: number;
}

const place = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
const letters = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 4 }),
  fc.constantFrom(
    '\0',
    '\ud800',
    '\udfff',
    '\u200b',
    '\u2028',
    '\uE010\uE012',
    '\r',
    '\f',
    '\t',
    '|',
    '<td>',
    '</table>',
  ),
  fc.constantFrom(
    '0',
    '7',
    '11',
    '%',
    'N/A',
    '1.1',
    '2.1.1',
    '<!--',
    '&#0;',
    '**',
    '$^{1}$',
    '. . . . 4',
    '—',
    '\ufeff',
  ),
);
const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom(
    'cut',
    'doubled',
    'moved',
    'shuffled',
    'put in',
    'replaced',
    'repeated',
    'huge',
    'joined',
  ),
  at: place,
  to: fc.oneof(place, fc.double({ min: 0, max: 0.02, noNaN: true })),
  text: letters,
  times: fc.nat({ max: 30 }),
});

function mutated(source: string, mutations: readonly Mutation[]): string {
  let text = source;
  for (const { kind, at, to, text: put, times } of mutations) {
    const lines = text.split('\n');
    const from = Math.floor(at * lines.length);
    const count = 1 + Math.floor(to * 20);
    const some = lines.slice(from, from + count);
    const letter = Math.floor(at * text.length);
    if (kind === 'cut') text = text.slice(0, letter) + text.slice(letter + Math.floor(to * 2000));
    else if (kind === 'put in') text = text.slice(0, letter) + put + text.slice(letter);
    else if (kind === 'replaced') text = text.slice(0, letter) + put + text.slice(letter + put.length);
    else {
      if (kind === 'doubled') lines.splice(from, 0, ...some);
      else if (kind === 'moved') lines.splice(Math.floor(to * lines.length), 0, ...lines.splice(from, count));
      else if (kind === 'shuffled') lines.splice(from, some.length, ...some.toReversed());
      else if (kind === 'repeated') for (let time = 0; time < times; time++) lines.splice(from, 0, ...some);
      else if (kind === 'joined') lines.splice(from, some.length, some.join(put));
      else if ((lines[from] ?? '').length < 2000) lines[from] = `${lines[from]} ${put}`.repeat(1 + times);
      // Repeated again and again, a text grows beyond what a test should take.
      text = lines.join('\n').slice(0, 4 * source.length);
    }
  }
  return text;
}

/** Words for numbers that a report prints in place of figures. */
const words =
  /\b(?:no|none|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|half|all|both|first|single)\b/i;
const sure = ({ confidence }: ReadValue) => confidence === 'read' || confidence === 'confirmed';

function check({ document, reading }: ReadReport): void {
  const lines = new Map(document.lines.map((line) => [placeText(line.place), line]));
  for (const value of reading.values) {
    for (const each of [value.place, ...(value.confirmedBy ?? [])])
      expect(lines.has(placeText(each)), `${value.path.join(' ')}: ${placeText(each)}`).toBe(true);
    if (!sure(value) || typeof value.value !== 'number') continue;
    const { raw } = lines.get(placeText(value.place)) as ReportDocument['lines'][number];
    const figure = new RegExp(`(?<!\\d)${String(value.value).replace('.', '\\.')}(?!\\d)`);
    const isOfResults = ['overall', 'key_questions', 'prompts'].includes(String(value.path[0]));
    // Raised and lowered digits are digits too; thousands may have their commas.
    const isPrinted =
      [raw, raw.normalize('NFKC')].some((text) =>
        figure.test(text.replaceAll(/(?<=\d)[,\s](?=\d{3})/g, '')),
      ) ||
      (!isOfResults && words.test(raw));
    expect(isPrinted, `${value.path.join(' ')} = ${value.value} of ${JSON.stringify(raw)}`).toBe(true);
  }
  for (const { places } of reading.findings)
    for (const each of places) expect(lines.has(placeText(each)), placeText(each)).toBe(true);
}

/** Milliseconds that one of these small texts may take, on a machine that does other things as well. */
const longest = 20_000;

describe.each(['2018', '2021'])('a report of %s that is damaged in any way', (code) => {
  test('is read, every value at a place that is there and each figure legible on it, or is refused in one message', async () => {
    let readings = 0;
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 10 }), async (mutations) => {
        const file = path.join(folder, `${code}-${++run}.txt`);
        await writeFile(file, mutated(reports.get(code) as string, mutations));
        const start = performance.now();
        const read = await readReport(file).catch((error: unknown) => {
          if (!(error instanceof UserError)) throw error;
          expect(error.message).toContain(file);
          expect(error.message).not.toContain('\n');
          return undefined;
        });
        expect(performance.now() - start).toBeLessThan(longest);
        if (!read) return;
        readings += 1;
        check(read);
      }),
      {
        seed,
        numRuns: Number(process.env.YOT_RATINGS_FUZZ ?? 25),
        interruptAfterTimeLimit: 100_000,
        markInterruptAsFailure: false,
      },
    );
    // Damage of this kind leaves most reports legible: else nothing was looked at. A slow machine does fewer of them.
    expect(readings).toBeGreaterThan(run / 5);
  }, 200_000);
});

test('thousands of lines that are nearly questions are refused, and one line thousands of times is read', async () => {
  const report = reports.get('2018') as string;
  const at = report.lastIndexOf('Annexe 1: Methodology');
  const questions = report.split('\n').filter((line) => line.includes('?'));
  const withLines = async (line: (index: number) => string) => {
    const file = path.join(folder, 'many.txt');
    const more = Array.from({ length: 8000 }, (_, index) => `${line(index)}\n`).join('');
    await writeFile(file, report.slice(0, at) + more + report.slice(at));
    return readReport(file);
  };
  const varied = (index: number) =>
    (questions[index % questions.length] as string).replace(/ (\w)/, ` ${index.toString(36)}$1`);
  await expect(withLines(varied)).rejects.toThrow(
    /many\.txt has thousands of lines that are nearly a question of the framework/,
  );
  check(await withLines(() => questions[3] as string));
}, 120_000);
