import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { groupBy } from '../../../src/group-by.js';
import { editionOf } from '../../../src/simulate/material.js';
import { inventedPlaces } from '../../../src/simulate/plan.js';
import type { SimulatedInspection } from '../../../src/simulate/programme.js';
import { bundleFiles, writeProgramme } from '../../../src/simulate/write-programme.js';
import { testMaterial } from '../../simulate/material.js';
import { testFolder } from '../../support/bundles.js';

const given = testMaterial();
const folders = testFolder();
let programme: SimulatedInspection[];
beforeAll(() => {
  programme = given.programme(40, 1);
});

/** A digest of a programme's files, in both forms. */
function digest(seed: number): string {
  const files = given
    .programme(9, seed)
    .map((one) =>
      (['long', 'wide'] as const).map((form) => ({ name: one.name, files: bundleFiles(one, form) })),
    );
  return createHash('sha256').update(JSON.stringify(files)).digest('hex');
}

test('the same seed gives the same bytes, these, and no other does', () => {
  expect(digest(7)).toBe('23058a5f87725c4cda779067ce768e41f9a828a74017bf24da0a53ee2a7388d1');
  expect(digest(8)).not.toBe(digest(7));
  expect(digest(7 + 2 ** 32)).not.toBe(digest(7));
});

test('nothing is left where the work fails in the middle', async () => {
  const home = await folders.folder({ 'other.txt': 'mine' });
  function* failing() {
    yield* given.programme(3, 3);
    throw new Error('in the middle');
  }
  await expect(writeProgramme(path.join(home, 'new'), failing())).rejects.toThrow('in the middle');
  expect(await readdir(home)).toEqual(['other.txt']);
});

describe('services', () => {
  test('are a quarter of the inspections, each inspected on Mondays a year and a half to two and a half apart', () => {
    const services = [...groupBy(programme, ({ service }) => service).values()];
    expect(services.map((visits) => visits.length)).toEqual(Array(10).fill(4));
    for (const visits of services) {
      const days = visits.map(({ file }) => Date.parse(file.report.fieldwork_from as string) / 86_400_000);
      // 1970-01-01 was a Thursday.
      expect(days.map((day) => (day + 3) % 7)).toEqual([0, 0, 0, 0]);
      const years = days.slice(1).map((day, at) => (day - (days[at] as number)) / 365.25);
      for (const one of years) expect(Math.abs(one - 2)).toBeLessThanOrEqual(0.52);
    }
    expect(programme.map(({ file }) => file.report.fieldwork_from).sort()[0]).toMatch(/^2018/);
  });

  test('have names of no place that there is, even in a large programme', () => {
    const register = parse(
      readFileSync(new URL('../../../db/register/local-authorities.yaml', import.meta.url), 'utf8'),
    ) as { local_authorities: { name: string; other_names?: string[] }[] };
    const real = register.local_authorities
      .flatMap(({ name, other_names = [] }) => [name, ...other_names])
      .map((name) => name.toLowerCase());
    const likeReal = (places: string[]) =>
      places.filter((place) => real.some((name) => place.toLowerCase().includes(name)));
    const places = inventedPlaces(3, 5000, given.material.realNames);
    expect(new Set(places).size).toBe(5000);
    expect(likeReal(places)).toEqual([]);
    // And would have, were they not told.
    expect(likeReal(inventedPlaces(3, 5000, []))).not.toEqual([]);
  });
});

test('an edition holds from the first report of it on', () => {
  const code = (published: string) => editionOf(given.material.editions, published).framework.code;
  const days = ['2015-01-01', '2018-06-01', '2021-10-25', '2021-10-26', '2030-01-01'];
  expect(days.map(code)).toEqual(['2018', '2018', '2018', '2021', '2021']);
  for (const { file } of programme)
    expect(file.edition).toBe((file.report.published as string) < '2021-10-26' ? '2018' : '2021');
});

describe('cases', () => {
  test('are as many, and of the kinds, that the samples say', () => {
    for (const { file, cases } of programme) {
      expect(new Set(cases.map(({ pseudonym }) => pseudonym)).size).toBe(cases.length);
      for (const name of ['court', 'out of court', 'resettlement']) {
        const ofSample = cases.filter(({ sample }) => sample === name);
        const { cases: count, case_manager_interviews, ...kinds } = file.samples?.[name] ?? { cases: 0 };
        expect(count).toBe(ofSample.length);
        expect(case_manager_interviews ?? 0).toBeLessThanOrEqual(ofSample.length);
        const counted: Record<string, number> = {};
        for (const { kind } of ofSample) counted[kind as string] = (counted[kind as string] ?? 0) + 1;
        expect(kinds).toEqual(counted);
      }
    }
  });

  test('are of small samples and large, mostly boys, some of it not known', () => {
    const sizes = programme.map(({ cases }) => cases.filter(({ sample }) => sample === 'court').length);
    expect(Math.min(...sizes)).toBeLessThanOrEqual(8);
    expect(Math.max(...sizes)).toBeGreaterThanOrEqual(40);
    const cases = programme.flatMap((one) => one.cases);
    const share = (attribute: string, value: string) =>
      cases.filter(({ attributes }) => attributes[attribute] === value).length / cases.length;
    expect(Math.abs(share('gender', 'male') - 0.85)).toBeLessThan(0.05);
    for (const attribute of ['gender', 'age_band', 'ethnicity', 'looked_after'])
      expect(Math.abs(share(attribute, 'not known') - 0.04)).toBeLessThan(0.039);
  });
});

describe('answers', () => {
  test('are those of the questions that are asked of the case, and all of them', () => {
    let limited = 0;
    // What the reports of each edition ask of a court case and of one out of court.
    const asked: Record<string, Record<string, number>> = {
      '2018': { court: 63, 'out of court': 50 },
      '2021': { court: 69, 'out of court': 47 },
    };
    for (const { file, cases, questions, answers } of programme)
      for (const [at, { sample, kind }] of cases.entries()) {
        const codes = questions.flatMap(({ code }, place) => (answers[at]?.[place] ? [code] : []));
        const domain = { court: '2', 'out of court': '3' }[sample];
        expect(codes.filter((code) => code[0] !== domain)).toEqual([]);
        // 3.4.2 of 2018 and its two prompts are asked of youth conditional cautions alone.
        const more = file.edition === '2018' && kind === 'youth_conditional_caution' ? 3 : 0;
        limited += more;
        expect(codes).toHaveLength((asked[String(file.edition)]?.[sample] ?? 0) + more);
      }
    expect(limited).toBeGreaterThan(0);
  });

  test('are yes, no and not applicable as often as is likely', () => {
    const all = programme.flatMap(({ file, service, questions, answers }) =>
      answers.flatMap((ofCase) =>
        ofCase.flatMap((answer, at) =>
          answer ? [{ question: `${file.edition} ${questions[at]?.code}`, service, answer }] : [],
        ),
      ),
    );
    expect(Math.abs(all.length / programme.length - 2650)).toBeLessThan(350);
    const share = (of: typeof all, value: string) =>
      of.filter(({ answer }) => answer === value).length / of.length;
    const relevant = all.filter(({ answer }) => answer !== 'na');
    const yes = [...groupBy(relevant, ({ service }) => service).values()].map((own) => share(own, 'yes'));
    expect(Math.abs(yes.reduce((sum, one) => sum + one, 0) / yes.length - 0.68)).toBeLessThan(0.06);
    expect(Math.min(...yes)).toBeGreaterThan(0.42);
    expect(Math.max(...yes)).toBeLessThan(0.92);
    expect(Math.max(...yes) - Math.min(...yes)).toBeGreaterThan(0.1);
    const na = [...groupBy(all, ({ question }) => question).values()].map((own) => share(own, 'na'));
    expect(na.filter((one) => one < 0.1).length).toBeGreaterThan(na.length / 2);
    expect(na.filter((one) => one > 0.3 && one < 0.5).length).toBeGreaterThan(5);
    expect(Math.max(...na)).toBeLessThan(0.6);
  });

  test("to key questions go with their prompts', and do not follow from them", () => {
    const found = { 'all yes, no': 0, 'all yes, yes': 0, 'not all yes, no': 0, 'not all yes, yes': 0 };
    for (const { questions, answers } of programme)
      for (const ofCase of answers)
        for (const [at, { isKeyQuestion, keyQuestion }] of questions.entries()) {
          const answer = ofCase[at];
          if (!isKeyQuestion || (answer !== 'yes' && answer !== 'no')) continue;
          const prompts = ofCase.filter(
            (one, place) =>
              questions[place]?.keyQuestion === keyQuestion && place !== at && one && one !== 'na',
          );
          if (prompts.length < 2) continue;
          found[`${prompts.every((one) => one === 'yes') ? 'all yes' : 'not all yes'}, ${answer}`]++;
        }
    expect(found['all yes, no']).toBeGreaterThan(100);
    expect(found['not all yes, yes']).toBeGreaterThan(100);
    const yesShare = (kind: 'all yes' | 'not all yes') =>
      found[`${kind}, yes`] / (found[`${kind}, yes`] + found[`${kind}, no`]);
    expect(yesShare('all yes') - yesShare('not all yes')).toBeGreaterThan(0.1);
  });

  test('are the same in the wide form and in the long', () => {
    for (const inspection of programme.slice(0, 12)) {
      const [columns = [], ...rows] = table(bundleFiles(inspection, 'wide')['answers.csv']);
      const fromWide = rows.flatMap(([name, ...cells]) =>
        cells.flatMap((cell, at) => (cell === '' ? [] : [[name, columns[at + 1], cell]])),
      );
      expect(table(bundleFiles(inspection)['answers.csv'])).toEqual([
        ['case', 'question', 'answer'],
        ...fromWide,
      ]);
    }
  });
});

describe('printed ratings', () => {
  // The rules once more, in few words: bands from 50, 65 and 80 of a percentage rounded half up.
  const words = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];
  const band = (yes: number, of: number) =>
    [50, 65, 80].filter((from) => 200 * yes + of >= 2 * from * of).length;

  test('are what the answers give, but for the decisions of the panel', () => {
    let decided = 0;
    for (const inspection of programme) {
      const { file, cases } = inspection;
      const counts = new Map<string, { yes: number; relevant: number }>();
      for (const [, question = '', answer] of table(bundleFiles(inspection)['answers.csv'])) {
        if (!/^\d\.\d\.\d$/.test(question) || answer === 'na') continue;
        const { yes, relevant } = counts.get(question) ?? { yes: 0, relevant: 0 };
        counts.set(question, { yes: yes + (answer === 'yes' ? 1 : 0), relevant: relevant + 1 });
      }
      const computed = new Map<string, number>();
      for (const [question, { yes, relevant }] of counts) {
        const sample = question.startsWith('2') ? 'court' : 'out of court';
        const inspected = cases.filter((one) => one.sample === sample).length;
        const standard = question.slice(0, 3);
        const rank = band(yes, file.edition === '2018' ? relevant : inspected);
        computed.set(standard, Math.min(rank, computed.get(standard) ?? 3));
      }
      const printed = file.standard_ratings as Record<string, string>;
      const decisions = new Map(file.professional_discretion?.map((one) => [one.standard, one]));
      for (const [standard, rank] of computed) {
        const decision = decisions.get(standard);
        if (decision) {
          decided++;
          expect(decision.from).toBe(words[rank]);
          expect(Math.abs(words.indexOf(decision.to) - rank)).toBe(1);
        }
        expect(printed[standard]).toBe(decision?.to ?? words[rank]);
      }
      // 4.1 is rated where there is a resettlement case, and does not count.
      expect('4.1' in printed).toBe(cases.some(({ sample }) => sample === 'resettlement'));
      const counting = Object.entries(printed).filter(([standard]) => standard !== '4.1');
      const score = counting.reduce((sum, [, rating]) => sum + words.indexOf(rating), 0);
      const limit = printed['4.1'] === 'Inadequate' ? 2 : 3;
      const rank = Math.min([7, 19, 31].filter((from) => score >= from).length, limit);
      const rating = counting.length === 12 && { rating: words[rank] };
      expect(file.overall).toEqual({ ...rating, score, out_of: 3 * counting.length });
    }
    expect(decided).toBeGreaterThan(3);
  });

  test('span the scale over a larger programme', () => {
    const overall = given.programme(200, 2).map(({ file }) => file.overall?.rating);
    for (const rating of words) expect(overall.filter((one) => one === rating).length).toBeGreaterThan(4);
  });
});

/** Rows of a table whose cells need no quotes. */
const table = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => line.split(','));
