/**
 * Measures from how alike a row has to be to a question to be taken for it:
 * tsx scripts/reading/threshold.ts [--seed 1]
 * Right pairs are questions of every edition as reports print them (other words, cut, joined, 0.5% to 5% of characters damaged), each held
 * against itself. Wrong pairs are rows that are none of the questions of a standard, each held against the nearest of them: sentences,
 * statements and questions that are not asked of cases; and questions of other standards that are worded otherwise. Prints how they are spread,
 * and for each threshold what it would lose and let in. Questions of parallel standards are all but the same ("…of the victim/s?", "…of the
 * victims?"): from these no threshold can tell a row, its place does, and among the questions of one place order and the nearest wording.
 */
import { parseArgs } from 'node:util';
import { likenessTo, threshold } from '../../src/read/figures/align.js';
import { type Expected, expectedLines } from '../../src/read/figures/expected.js';
import type { Row } from '../../src/read/figures/rows.js';
import { knownEditions } from '../../src/read/structure/known-editions.js';
import { questionEssence, withoutLimit } from '../../src/read/structure/wording.js';
import { draws } from '../../src/simulate/random.js';
import { damage } from './damage.js';
import { areasForImprovement, fillers, recommendations, strengths } from './sentences.js';
import { drawWords, worded } from './words.js';

const { values: options } = parseArgs({ options: { seed: { type: 'string', default: '1' } } });
const seed = Number(options.seed);
const editions = await knownEditions();
const rates = [0, 0.005, 0.02, 0.05];

const right: number[] = [];
const strange: number[] = [];
const elsewhere: number[] = [];
for (const [number, edition] of editions.entries()) {
  const expected = expectedLines(
    edition,
    editions.filter((other) => other !== edition),
  );
  const questions = edition.domains.flatMap(({ standards }) =>
    standards
      .filter(({ basis }) => basis === 'cases')
      .flatMap(({ key_questions: asked = [] }) => asked.flatMap((each) => [each, ...(each.prompts ?? [])])),
  );
  const places = new Map<string, Expected[]>();
  for (const line of expected)
    if (line.kind !== 'standard') places.set(line.standard, [...(places.get(line.standard) ?? []), line]);
  for (const [at, { code, text }] of questions.entries()) {
    const own = expected.find((line) => line.code === code && line.kind !== 'heading') as Expected;
    for (const [variant, rate] of rates.entries()) {
      const random = draws(seed, `threshold ${number} ${variant}`, at);
      const said = worded(text, drawWords(random, 'YOS', String(edition.edition)));
      const cut = random.whole(0, 3);
      const printed =
        cut === 0 ? said.slice(random.whole(2, 9)) : cut === 1 ? said.slice(0, -random.whole(3, 12)) : said;
      right.push(likenessTo(rowOf(damage(printed, { share: rate, as: 'any' }, seed + at)), own));
    }
  }
  const strangers = [
    ...[fillers, strengths, areasForImprovement, recommendations].flat(),
    ...edition.domains.flatMap(({ standards }) =>
      standards.flatMap(({ statement, key_questions: asked = [], basis }) => [
        statement ?? '',
        ...(basis === 'cases' ? [] : asked.map(({ text }) => text)),
      ]),
    ),
  ];
  for (const lines of places.values()) {
    const nearest = (text: string) => Math.max(...lines.map((line) => likenessTo(rowOf(text), line)));
    const here = new Set(lines.flatMap(({ wordings }) => wordings));
    for (const text of strangers) strange.push(nearest(text));
    for (const { text } of questions) if (!here.has(questionEssence(text))) elsewhere.push(nearest(text));
  }
}

function rowOf(text: string): Row {
  const whole = questionEssence(text);
  return {
    line: { place: { line: 1 }, raw: text, text, cells: [text], marks: [] },
    text,
    essence: whole,
    bare: withoutLimit(whole),
    figures: ['1'],
    place: { line: 1 },
  };
}

const share = (all: readonly number[], from: number) =>
  `${((100 * all.filter((each) => each >= from).length) / all.length).toFixed(2)}%`;
for (const all of [right, strange, elsewhere]) all.sort((a, b) => a - b);
const some = (all: readonly number[]) => all.map((each) => each.toFixed(2)).join(' ');
console.log(`${right.length} right pairs, the least alike: ${some(right.slice(0, 8))}`);
console.log(`${strange.length} rows that are no case question, the most alike: ${some(strange.slice(-8))}`);
console.log(`${elsewhere.length} questions of other standards, the most alike: ${some(elsewhere.slice(-8))}`);
console.log('| likeness at least | right | no question | of another standard |\n|---|--:|--:|--:|');
for (let each = 0.5; each < 0.96; each += 0.03)
  console.log(
    `| ${each.toFixed(2)}${Math.abs(each - threshold) < 0.005 ? ' (chosen)' : ''} | ${share(right, each)} | ${share(strange, each)} | ${share(elsewhere, each)} |`,
  );
