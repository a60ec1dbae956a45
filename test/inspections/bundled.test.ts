import { describe, expect, test } from 'vitest';
import { overallRating, standardRating } from '../../src/queries/of-inspections.js';
import { countByLevel, reconciliation } from '../../src/queries/reconciliation.js';
import { valuesOf } from '../support/asked.js';
import { testDatabase } from '../support/database.js';

// What the five bundled inspections have to come to. The figures are the published ones, and counts of them.

const database = testDatabase();

describe('the five bundled inspections', () => {
  test('have the published overall ratings and scores; Essex, which prints none, comes to 33', async () => {
    const rows = await overallRating(database.db);
    expect(
      rows.map(({ area, score, max_score, rating, published_rating, published_score }) => [
        area,
        ...[`${score}/${max_score}`, rating],
        ...[published_score, published_rating],
      ]),
    ).toEqual([
      ['Barnet', '21/36', 'Good', 21, 'Good'],
      ['Essex', '33/36', 'Outstanding', null, 'Outstanding'],
      ['Hammersmith and Fulham', '31/36', 'Outstanding', 31, 'Outstanding'],
      ['Kensington and Chelsea', '29/36', 'Good', 29, 'Good'],
      ['Wigan', '19/36', 'Good', 19, 'Good'],
    ]);
  });

  test('differ from the computation in five standards, each with grounds for discretion', async () => {
    const rows = (await standardRating(database.db)).filter(
      ({ computed_rating, rating }) => computed_rating && computed_rating !== rating,
    );
    const told = rows.map((row) => [
      ...[`${row.area} ${row.standard}`, `${row.computed_rating} to ${row.rating}`],
      ...[row.near_boundary, row.one_case_flips, row.small_sample],
    ]);
    expect(told.sort()).toEqual([
      // 45%, 5 of 11: five points from 50, and 6 of 11 is 55%, if a sixth case was relevant
      ['Barnet 2.1', 'Inadequate to Requires improvement', true, null, null],
      // 64%, 7 of 11: one point from 65; seven cases or more were relevant
      ['Barnet 2.3', 'Requires improvement to Good', true, null, false],
      // 63%: two points from 65; of how many cases is not printed
      ['Essex 3.4', 'Requires improvement to Good', true, null, null],
      // 1 of 3 in two key questions
      ['Kensington and Chelsea 3.1', 'Inadequate to Requires improvement', false, false, true],
      // 0 of 1
      ['Kensington and Chelsea 3.2', 'Inadequate to Requires improvement', false, true, true],
    ]);
  });

  test('reconcile with every published figure', async () => {
    const told = countByLevel(await reconciliation(database.db)).map(({ level, counts }) => {
      const some = Object.entries(counts).filter(([, count]) => count > 0);
      return `${level}: ${some.map(([status, count]) => `${count} ${status}`).join(', ')}`;
    });
    expect(told).toEqual([
      'overall: 5 agrees',
      'score: 4 agrees',
      'standard: 57 agrees, 5 explained by discretion',
      'key question: 111 agrees',
      'prompt: 274 agrees, 4 agrees truncated, 1 agrees on another base, 2 not computable',
    ]);
  });

  test("show which of Barnet's percentages no whole number of inspected cases gives", async () => {
    const odd = (await reconciliation(database.db)).filter(
      ({ level, status }) => level === 'prompt' && status !== 'agrees',
    );
    const bases = (explanation: string | null) => explanation?.match(/on another base: ([^;]*)/)?.[1];
    expect(
      odd.map((row) => [row.code, row.published, row.computed, row.status, bases(row.explanation)]),
    ).toEqual([
      ['2.3.1.d', '90%', '10/11 truncated', 'agrees truncated', '9/10'],
      ['2.3.1.g', '90%', '10/11 truncated', 'agrees truncated', '9/10'],
      ['3.2.1.c', '86%', '13/15 truncated', 'agrees truncated', '12/14, 6/7'],
      ['3.2.1.e', '86%', '13/15 truncated', 'agrees truncated', '12/14, 6/7'],
      ['3.3.3.b', '29%', '4/14, 2/7 on another base', 'agrees on another base', '4/14, 2/7'],
      // Kensington and Chelsea's lost cells
      ['3.1.3.a', '0 of lost', null, 'not computable', undefined],
      ['3.2.1.e', '3 of lost', null, 'not computable', undefined],
    ]);
  });

  test('rest on the evidence that their reports print', async () => {
    const printed = `select area, evidence, fieldwork_start, published, published_year, court_cases, out_of_court_cases, resettlement_cases
      from analytics.inspection order by area`;
    expect(await valuesOf(database.db, printed)).toEqual([
      ['Barnet', 'published percentages', '2022-02-01', '2022-05-01', 2022, 11, 15, 5],
      // published in 2018; the month is not printed
      ['Essex', 'published percentages', '2018-10-01', null, 2018, 43, 28, null],
      ['Hammersmith and Fulham', 'published percentages', '2022-07-18', '2022-10-01', 2022, 13, 13, 3],
      ['Kensington and Chelsea', 'published counts', '2020-10-19', '2021-03-01', 2021, 4, 3, null],
      ['Wigan', 'published counts', '2021-04-26', '2021-08-01', 2021, 9, 5, null],
    ]);
  });
});
