import path from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { comparisonTable } from '../../src/cli/comparison-table.js';
import { load } from '../../src/import/load.js';
import { type ServiceComparisonRow, serviceComparison } from '../../src/queries/of-inspections.js';
import { ratings } from '../../src/queries/ratings.js';
import { writeProgramme } from '../../src/simulate/write-programme.js';
import { testMaterial } from '../simulate/material.js';
import { testFolder } from '../support/bundles.js';
import { command, temporaryFolders } from '../support/command.js';
import { testDatabase } from '../support/database.js';
import { whole2021 } from '../support/whole-inspections.js';

const database = testDatabase();
const files = testFolder();
const folder = temporaryFolders();
const given = testMaterial();
let home: string;
beforeAll(async () => {
  home = await folder();
});
const compare = (...args: string[]) =>
  command(['compare', ...args], { env: { DATABASE_URL: database.url, YOT_RATINGS_HOME: home } });

describe('compare', () => {
  test('puts a service beside all of its year and edition, and beside its region', async () => {
    const { code, stdout, stderr } = await compare('Barnet');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const lines = stdout.split('\n');
    expect(lines.slice(0, 2)).toEqual([
      'Barnet YOS, fieldwork 2022-02, edition 2021',
      'Beside inspections of 2022 under edition 2021: all of them, and those of its region, London',
    ]);
    expect(lines[3]).toMatch(
      /^standard +rating +score +all +higher +same +lower +median +region +higher +same +lower +median$/,
    );
    // The other is Hammersmith and Fulham, in London too: 31 points, Outstanding; 2.1 Outstanding, 1.1 Good as here.
    expect(lines[5]).toMatch(/^overall +Good +21\/36( +2 +1 +1 +0 {2}░{5}▒{5} +26){2}$/);
    expect(stdout).toMatch(/^1\.1 +Good +2( +2 +0 +2 +0 {2}▒{10} +2){2}$/m);
    expect(stdout).toMatch(/^1\.4 +Requires improvement +1( +2 +1 +1 +0 {2}░{5}▒{5} +1\.5){2}$/m);
    // does not count, so has no score
    expect(stdout).toMatch(/^4\.1 +Good +-( +2 +1 +1 +0 {2}░{5}▒{5} +-){2}$/m);
    expect(stdout).toContain('\n░ higher, ▒ the same, ▓ lower, of all that are rated on the standard;');
    // no title is broken in two
    expect(stdout).toMatch(
      /\n\n1\.1 Governance and leadership; .*\n2\.3 Implementation and delivery; .*\n3\.4 Out-of-court disposal policy and provision; 4\.1 Resettlement policy and provision\n$/,
    );
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(140);
  });

  test('says that there is nobody to stand beside', async () => {
    const { code, stdout } = await compare('K&C');
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    expect(lines[1]).toBe(
      'No other of the inspections of 2020 under edition 2018 is rated: nothing stands beside it.',
    );
    expect(lines[3]).toBe('standard  rating                score');
    expect(lines[5]).toBe('overall   Good                  29/36');
    expect(stdout).not.toMatch(/higher|median/);
    expect(stdout).toContain('\n1.1 Governance and leadership; 1.2 Staff; ');
  });

  test('--json and --csv print the rows of the view', async () => {
    const json = JSON.parse((await compare('Hammersmith', '--json')).stdout) as ServiceComparisonRow[];
    // 14 subjects: 13 standards and overall; each everywhere and in London
    expect(json).toHaveLength(28);
    expect(json.find(({ standard, beside }) => standard === 'overall' && beside === 'region')).toMatchObject({
      area: 'Hammersmith and Fulham',
      region: 'London',
      rating: 'Outstanding',
      score: 31,
      inspections: 2,
      higher: 0,
      same: 1,
      lower: 1,
      median_score: 26,
    });
    const csv = (await compare('Hammersmith', '--csv')).stdout.trimEnd().split('\n');
    expect(csv[0]).toMatch(
      /^inspection_id,service_id,service,area,region,nation,edition,.*,standard,title,beside,peers,rating,/,
    );
    expect(csv).toHaveLength(29);
  });
});

describe('of a programme', () => {
  let shown: Awaited<ReturnType<typeof ratings>>;
  beforeAll(async () => {
    const target = path.join(home, 'programme');
    await writeProgramme(target, given.programme(16, 7));
    await load(database.db, [target]);
    await load(
      database.db,
      await Promise.all(
        [
          whole2021({ service: 'Wigan Youth Offending Team', day: '2031-02-03' }),
          whole2021({
            service: 'Essex Youth Offending Service',
            day: '2031-03-03',
            judged: { '1.1': 'Good' },
            figures: Object.fromEntries(
              ['2.4.1', '2.4.2', '2.4.3'].map((code) => [code, '{not_applicable: true}']),
            ),
          }),
        ].map((text) => files.bundle(text)),
      ),
    );
    shown = await ratings(database.db, { synthetic: true });
  });

  test('counts are those of the ratings table', async () => {
    const [{ service } = { service: '' }] = shown.filter(({ area }) => area !== 'Wigan' && area !== 'Essex');
    const of = shown.filter((one) => one.service === service);
    const rows = JSON.parse(
      (await compare(service, '--all', '--synthetic', '--json')).stdout,
    ) as ServiceComparisonRow[];
    expect(new Set(rows.map((row) => row.inspection_id))).toEqual(
      new Set(of.map((one) => one.inspection_id)),
    );
    expect(of.length).toBeGreaterThan(1);
    const rank = (rating: string | null) =>
      ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'].indexOf(rating ?? '');
    let most = 0;
    for (const inspection of of) {
      const peers = shown
        .filter(({ year, edition }) => year === inspection.year && edition === inspection.edition)
        .flatMap(({ standards }) => standards.filter((one) => one.standard === '2.1'))
        .map(({ rating }) => rank(rating));
      most = Math.max(most, peers.length);
      const own = rank(inspection.standards.find((one) => one.standard === '2.1')?.rating ?? null);
      const row = rows.find(
        (one) =>
          one.inspection_id === inspection.inspection_id &&
          one.standard === '2.1' &&
          one.beside === 'everywhere',
      );
      expect(row).toMatchObject({
        inspections: peers.length,
        higher: peers.filter((one) => one > own).length,
        same: peers.filter((one) => one === own).length,
        lower: peers.filter((one) => one < own).length,
      });
    }
    expect(most).toBeGreaterThan(2);
  });

  test('the latest inspection is shown, and --all shows every one', async () => {
    const [{ service } = { service: '' }] = shown.filter(({ area }) => area !== 'Wigan' && area !== 'Essex');
    const dates = shown.filter((one) => one.service === service).map((one) => one.fieldwork_start);
    const latest = (await compare(service, '--synthetic')).stdout;
    expect(latest.match(/fieldwork (\S+), edition \d+ \(invented\)/)?.[1]).toBe(dates.at(-1));
    expect(latest).toMatch(
      new RegExp(`\n${dates.length - 1} earlier inspections? not shown: --all shows them\n$`),
    );
    const all = (await compare(service, '--all', '--synthetic')).stdout;
    expect([...all.matchAll(/fieldwork (\S+),/g)].map(([, date]) => date)).toEqual(dates);
    expect(all).not.toContain('not shown');
    for (const line of all.split('\n')) expect(line.length).toBeLessThanOrEqual(140);
  });

  test('a standard that nobody else is rated on says so, and one that is not rated has a dash', async () => {
    const wigan = (await compare('Wigan', '--synthetic')).stdout;
    // Essex has no relevant case for 2.4
    expect(wigan).toMatch(/^overall +Outstanding +36\/36 /m);
    expect(wigan).toMatch(/^2\.4 +Outstanding +3 +1 +no other +1 +no other$/m);
    // Good in the other, which lies in another region
    expect(wigan).toMatch(/^1\.1 +Outstanding +3 +2 +0 +1 +1 {2}▒{5}▓{5} +2\.5 +1 +no other$/m);
    const essex = (await compare('Essex', '--synthetic')).stdout;
    expect(essex).toMatch(/^2\.4 +- +- +- +-$/m);
  });
});

describe('a comparison', () => {
  test('with a region that is not known says so, and one with an overall rating as published says that', async () => {
    const [inspection] = await ratings(database.db, { service: 'Barnet', synthetic: false });
    if (!inspection) throw new Error('no inspection');
    const everywhere = (
      await serviceComparison(database.db, { inspectionId: inspection.inspection_id })
    ).filter(({ beside }) => beside === 'everywhere');
    const lines = comparisonTable(
      { ...inspection, score: null, not_computed_because: 'no rating is known for 1.1' },
      everywhere,
    );
    expect(lines[1]).toBe('Beside inspections of 2022 under edition 2021: all; its region is not known');
    expect(lines[3]).toMatch(/^standard +rating +score +all +higher +same +lower +median$/);
    expect(lines[5]).toMatch(/^overall +Good +- +2 +1 +1 +0 {2}░{5}▒{5} +26$/);
    expect(lines.at(-1)).toBe('overall is as published: no rating is known for 1.1');
  });
});

describe('a call that is wrong ends with 2 and one message', () => {
  test.each([
    [['nowhere'], /^No service is called "nowhere"\. yot-ratings ratings lists all\.\n$/],
    [['Kensingtn'], /^No service is called "Kensingtn": did you mean Kensington & Chelsea YOS\?\n$/],
    [['West'], /^"West" may be 8 services: .*\. Name the one that is meant\.\n$/],
    [['Bridgend'], /^There is no inspection of Bridgend YJS\.\n$/],
    [
      ['Barnet', '--synthetic'],
      /^There is no invented inspection of Barnet YOS: without --synthetic there are real ones\.\n$/,
    ],
    [['Barnet', '--json', '--csv'], /^--json and --csv are two ways to print: leave one\.\n$/],
    [[], /^error: missing required argument 'service'\n\(--help explains the command\)\n$/],
    [
      ['Barnet', 'Wigan'],
      /^error: too many arguments for 'compare'\. .*\n\(--help explains the command\)\n$/,
    ],
    [['Barnet', '--al'], /^error: unknown option '--al'\n.*--all.*\n\(--help explains the command\)\n$/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await compare(...args);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
