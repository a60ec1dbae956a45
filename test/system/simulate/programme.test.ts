import { createHash } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { groupBy } from '../../../src/group-by.js';
import { reconciliation } from '../../../src/queries/reconciliation.js';
import { type Material, readMaterial } from '../../../src/simulate/material.js';
import {
  inventedPlaces,
  type SimulatedInspection,
  simulateProgramme,
} from '../../../src/simulate/programme.js';
import { bundleFiles } from '../../../src/simulate/write-programme.js';
import { testDatabase } from '../../support/database.js';
import { loadProgramme } from '../../support/programme.js';

const database = testDatabase();

/** The days from which reports are of an edition, held fast: what the tests say must not hang on what is taken for them. */
const reportsFrom: Record<string, string> = { '2018': '2018-06-01', '2021': '2021-10-26' };
let material: Material;
let programme: SimulatedInspection[];
beforeAll(async () => {
  const { editions, realNames } = await readMaterial(database.db);
  const held = editions.filter(({ code }) => code in reportsFrom);
  material = {
    editions: held.map((one) => ({
      ...one,
      inUse: { ...one.inUse, reports: { from: reportsFrom[one.code] } },
    })),
    realNames,
  };
  programme = simulated(40, 1);
});
const simulated = (inspections: number, seed: number) => [
  ...simulateProgramme(material, { inspections, seed }),
];

test('the same seed gives the same bytes, these, and no other does', () => {
  const digest = (seed: number) => {
    const files = simulated(9, seed).map((one) => ({ name: one.name, files: bundleFiles(one) }));
    return createHash('sha256').update(JSON.stringify(files)).digest('hex');
  };
  expect(digest(7)).toBe('bff861055ee986b403b10dcebed5f7a15d468ba7c4d4201d6c2170a5a9f24cce');
  expect(digest(8)).not.toBe(digest(7));
  expect(digest(7 + 2 ** 32)).not.toBe(digest(7));
});

test('services are a quarter of the inspections, each inspected on Mondays about two years apart', () => {
  const services = [...groupBy(programme, ({ service }) => service).values()];
  expect(services.map((visits) => visits.length)).toEqual(Array(10).fill(4));
  for (const visits of services) {
    const days = visits.map(({ file }) => Date.parse(file.report.fieldwork_from as string) / 86_400_000);
    // 1970-01-01 was a Thursday.
    expect(days.map((day) => (day + 3) % 7)).toEqual([0, 0, 0, 0]);
    const years = days.slice(1).map((day, at) => (day - (days[at] as number)) / 365.25);
    for (const one of years) expect(Math.abs(one - 2)).toBeLessThanOrEqual(0.52);
  }
  for (const { file } of programme)
    expect(file.edition).toBe((file.report.published as string) < '2021-10-26' ? '2018' : '2021');
});

test('places have names of none that there is, even in a large programme', () => {
  const real = material.realNames.map((name) => name.toLowerCase());
  const likeReal = (places: string[]) =>
    places.filter((place) => real.some((name) => place.toLowerCase().includes(name)));
  const places = inventedPlaces(3, 5000, material.realNames);
  expect(new Set(places).size).toBe(5000);
  expect(likeReal(places)).toEqual([]);
  // And would have, were they not told.
  expect(likeReal(inventedPlaces(3, 5000, []))).not.toEqual([]);
});

test("answers to key questions go with their prompts', and do not follow from them", () => {
  const found = { all: { yes: 0, no: 0 }, some: { yes: 0, no: 0 } };
  for (const { questions, answers } of programme)
    for (const ofCase of answers)
      for (const [at, { isKeyQuestion, keyQuestion }] of questions.entries()) {
        const prompts = ofCase.filter(
          (one, place) => place !== at && questions[place]?.keyQuestion === keyQuestion && one !== 'na',
        );
        const answer = ofCase[at];
        if (!isKeyQuestion || prompts.length < 2 || (answer !== 'yes' && answer !== 'no')) continue;
        found[prompts.every((one) => one === 'yes') ? 'all' : 'some'][answer]++;
      }
  expect(Math.min(found.all.no, found.some.yes)).toBeGreaterThan(100);
  const share = ({ yes, no }: typeof found.all) => yes / (yes + no);
  expect(share(found.all) - share(found.some)).toBeGreaterThan(0.1);
});

test('printed ratings are what is computed from the answers that are loaded, but for decisions of the panel', async () => {
  await loadProgramme(database, { inspections: 40 });
  const rows = await reconciliation(database.db, { synthetic: true });
  const statuses = groupBy(rows, ({ status }) => status);
  expect([...statuses.keys()].sort()).toEqual(['agrees', 'explained by discretion']);
  expect(statuses.get('agrees')?.length).toBeGreaterThan(400);
});
