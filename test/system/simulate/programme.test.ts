import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { bundleFiles } from '../../../src/simulate/bundle-files.js';
import { editionOf } from '../../../src/simulate/material.js';
import { inventedPlaces } from '../../../src/simulate/places.js';
import type { SimulatedInspection } from '../../../src/simulate/programme.js';
import { testMaterial } from '../../simulate/material.js';

const given = testMaterial();
const digest = (inspections: SimulatedInspection[]) =>
  createHash('sha256')
    .update(JSON.stringify(inspections.map((one) => [bundleFiles(one), bundleFiles(one, 'wide')])))
    .digest('hex');

let programme: SimulatedInspection[];
beforeAll(() => {
  programme = given.programme(40, 1);
});

describe('the same seed', () => {
  test('gives the same bytes, these', () => {
    expect(digest(given.programme(9, 7))).toBe(digest(given.programme(9, 7)));
    expect(digest(given.programme(9, 7))).toBe(
      '23058a5f87725c4cda779067ce768e41f9a828a74017bf24da0a53ee2a7388d1',
    );
  });

  test('and no other', () => {
    expect(digest(given.programme(9, 8))).not.toBe(digest(given.programme(9, 7)));
    expect(digest(given.programme(9, 7 + 2 ** 32))).not.toBe(digest(given.programme(9, 7)));
  });
});

describe('services', () => {
  test('are a quarter of the inspections, each inspected on Mondays a year and a half to two and a half apart', () => {
    const dates = new Map<string, string[]>();
    for (const { service, file } of programme)
      dates.set(service, [...(dates.get(service) ?? []), file.report.fieldwork_from as string]);
    expect([...dates.values()].map((of) => of.length)).toEqual(Array(10).fill(4));
    for (const of of dates.values()) {
      const days = of.map((date) => Date.parse(date) / 86_400_000);
      for (const date of of) expect(new Date(date).getUTCDay()).toBe(1);
      for (const [at, day] of days.slice(1).entries()) {
        const years = (day - (days[at] as number)) / 365.25;
        expect(years).toBeGreaterThanOrEqual(1.48);
        expect(years).toBeLessThanOrEqual(2.5);
      }
    }
    expect(Math.min(...programme.map(({ file }) => Number(file.report.fieldwork_from?.slice(0, 4))))).toBe(
      2018,
    );
  });

  test('have names of no place that there is, even in a large programme', () => {
    const register = parse(
      readFileSync(new URL('../../../db/register/local-authorities.yaml', import.meta.url), 'utf8'),
    ) as { local_authorities: { name: string; other_names?: string[] }[] };
    const real = register.local_authorities
      .flatMap(({ name, other_names = [] }) => [name, ...other_names])
      .map((name) => name.toLowerCase());
    expect(real.length).toBeGreaterThan(170);
    const places = inventedPlaces(3, 5000, given.material.realNames).map((place) => place.toLowerCase());
    expect(new Set(places).size).toBe(5000);
    expect(places.filter((place) => real.some((name) => place.includes(name)))).toEqual([]);
    // and would have, were they not told
    const untold = inventedPlaces(3, 5000, []).map((place) => place.toLowerCase());
    expect(untold.filter((place) => real.some((name) => place.includes(name)))).not.toEqual([]);
  });
});

test('an edition holds from the first report of it on', () => {
  const code = (published: string) => editionOf(given.material.editions, published).framework.code;
  expect(['2015-01-01', '2018-06-01', '2021-10-25', '2021-10-26', '2030-01-01'].map(code)).toEqual([
    '2018',
    '2018',
    '2018',
    '2021',
    '2021',
  ]);
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
    const share = (is: (one: (typeof cases)[number]) => boolean) => cases.filter(is).length / cases.length;
    expect(share(({ attributes }) => attributes.gender === 'male')).toBeGreaterThan(0.8);
    expect(share(({ attributes }) => attributes.gender === 'male')).toBeLessThan(0.9);
    for (const attribute of ['gender', 'age_band', 'ethnicity', 'looked_after']) {
      const unknown = share(({ attributes }) => attributes[attribute] === 'not known');
      expect(unknown).toBeGreaterThan(0.001);
      expect(unknown).toBeLessThan(0.08);
    }
  });
});

describe('answers', () => {
  test('are those of the questions that are asked of the case, and all of them', () => {
    let limited = 0;
    for (const { file, cases, questions, answers } of programme) {
      // what the reports of each edition ask of a court case and of one out of court
      const asked = { '2018': { court: 63, outOfCourt: 50 }, '2021': { court: 69, outOfCourt: 47 } }[
        String(file.edition)
      ] as { court: number; outOfCourt: number };
      for (const [at, { sample, kind }] of cases.entries()) {
        const codes = questions.flatMap(({ code }, place) => (answers[at]?.[place] ? [code] : []));
        const domain = { court: '2', 'out of court': '3' }[sample];
        expect(codes.filter((code) => code[0] !== domain)).toEqual([]);
        // 3.4.2 of 2018 and its two prompts are asked of youth conditional cautions alone
        const more = file.edition === '2018' && kind === 'youth_conditional_caution' ? 3 : 0;
        limited += more;
        const expected = { court: asked.court, 'out of court': asked.outOfCourt + more }[sample] ?? 0;
        expect(codes).toHaveLength(expected);
      }
    }
    expect(limited).toBeGreaterThan(0);
  });

  test('are yes, no and not applicable as often as is likely', () => {
    const all = new Map<string, Record<'yes' | 'no' | 'na', number>>();
    const services = new Map<string, { yes: number; no: number; na: number }>();
    for (const { file, service, questions, answers } of programme) {
      for (const ofCase of answers) {
        for (const [at, answer] of ofCase.entries()) {
          if (!answer) continue;
          for (const [counts, key] of [
            [all, `${file.edition} ${questions[at]?.code}`],
            [services, service],
          ] as const) {
            const count = counts.get(key) ?? { yes: 0, no: 0, na: 0 };
            count[answer]++;
            counts.set(key, count);
          }
        }
      }
    }
    const total = [...all.values()].reduce((sum, { yes, no, na }) => sum + yes + no + na, 0);
    expect(total / programme.length).toBeGreaterThan(2300);
    expect(total / programme.length).toBeLessThan(3000);
    const shares = [...services.values()].map(({ yes, no }) => yes / (yes + no));
    const mean = shares.reduce((sum, share) => sum + share, 0) / shares.length;
    expect(mean).toBeGreaterThan(0.62);
    expect(mean).toBeLessThan(0.74);
    expect(Math.min(...shares)).toBeGreaterThan(0.42);
    expect(Math.max(...shares)).toBeLessThan(0.92);
    expect(Math.max(...shares) - Math.min(...shares)).toBeGreaterThan(0.1);
    const notApplicable = [...all.values()].map(({ yes, no, na }) => na / (yes + no + na));
    expect(notApplicable.filter((share) => share < 0.1).length).toBeGreaterThan(notApplicable.length / 2);
    expect(notApplicable.filter((share) => share > 0.3 && share < 0.5).length).toBeGreaterThan(5);
    expect(Math.max(...notApplicable)).toBeLessThan(0.6);
  });

  test("to key questions go with their prompts', and do not follow from them", () => {
    const found = { 'all yes, no': 0, 'all yes, yes': 0, 'not all yes, no': 0, 'not all yes, yes': 0 };
    for (const { questions, answers } of programme) {
      for (const ofCase of answers) {
        for (const [at, { isKeyQuestion, keyQuestion }] of questions.entries()) {
          const answer = ofCase[at];
          if (!isKeyQuestion || (answer !== 'yes' && answer !== 'no')) continue;
          const prompts = questions.flatMap((one, place) => {
            const given = ofCase[place];
            return one.keyQuestion === keyQuestion && !one.isKeyQuestion && given && given !== 'na'
              ? [given]
              : [];
          });
          if (prompts.length < 2) continue;
          found[`${prompts.every((one) => one === 'yes') ? 'all yes' : 'not all yes'}, ${answer}`]++;
        }
      }
    }
    expect(found['all yes, no']).toBeGreaterThan(100);
    expect(found['not all yes, yes']).toBeGreaterThan(100);
    const yesShare = (kind: 'all yes' | 'not all yes') =>
      found[`${kind}, yes`] / (found[`${kind}, yes`] + found[`${kind}, no`]);
    expect(yesShare('all yes') - yesShare('not all yes')).toBeGreaterThan(0.1);
  });

  test('are the same in the wide form and in the long', () => {
    for (const inspection of programme.slice(0, 12)) {
      const [columns = [], ...rows] = table(bundleFiles(inspection, 'wide').files['answers.csv']);
      const fromWide = rows.flatMap(([name, ...cells]) =>
        cells.flatMap((cell, at) => (cell === '' ? [] : [[name, columns[at + 1], cell]])),
      );
      const [heading, ...fromLong] = table(bundleFiles(inspection).files['answers.csv']);
      expect(heading).toEqual(['case', 'question', 'answer']);
      expect(fromWide).toEqual(fromLong);
      expect(new Set(fromLong.map(([, , answer]) => answer))).toEqual(new Set(['yes', 'no', 'na']));
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
      for (const [, question, answer] of table(bundleFiles(inspection).files['answers.csv']).slice(1)) {
        if (!/^\d\.\d\.\d$/.test(question as string) || answer === 'na') continue;
        const count = counts.get(question as string) ?? { yes: 0, relevant: 0 };
        counts.set(question as string, {
          yes: count.yes + (answer === 'yes' ? 1 : 0),
          relevant: count.relevant + 1,
        });
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
      // 4.1 is rated where there is a resettlement case, and does not count
      const hasResettlement = cases.some(({ sample }) => sample === 'resettlement');
      expect('4.1' in printed).toBe(hasResettlement);
      const counting = Object.entries(printed).filter(([standard]) => standard !== '4.1');
      const score = counting.reduce((sum, [, rating]) => sum + words.indexOf(rating), 0);
      const rank = Math.min(
        [7, 19, 31].filter((from) => score >= from).length,
        printed['4.1'] === 'Inadequate' ? 2 : 3,
      );
      expect(file.overall).toEqual({
        ...(counting.length === 12 && { rating: words[rank] }),
        score,
        out_of: 3 * counting.length,
      });
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
