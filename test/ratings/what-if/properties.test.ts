import fc from 'fast-check';
import { expect, test } from 'vitest';
import { writeEdition } from '../../../src/import/edition/write-edition.js';
import { edition as editionOf } from '../../../src/queries/editions.js';
import { evidence as evidenceOf } from '../../../src/queries/evidence.js';
import type { InspectionEvidence } from '../../../src/ratings/inspection.js';
import { type Edition, fullScore, rankOf, rulesFor } from '../../../src/ratings/rules.js';
import type { Supposition } from '../../../src/ratings/what-if/supposition.js';
import { rateAsIf, type WhatIf } from '../../../src/ratings/what-if/what-if.js';
import type { SimulatedInspection } from '../../../src/simulate/programme.js';
import { testMaterial } from '../../simulate/material.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { times } from '../../support/in-full.js';
import { randomEdition } from '../../support/random-edition.js';
import { randomInspection, writeRandomInspection } from '../../support/random-inspection.js';

const database = testDatabase();
const simulated = testMaterial();

/** A simulated inspection's evidence, from its answers and what its report prints. */
function asEvidence(
  { file, questions, answers, cases }: SimulatedInspection,
  edition: Edition,
): InspectionEvidence {
  const published = Object.entries((file.standard_ratings ?? {}) as Record<string, string>);
  const qualitative = new Set(
    edition.standards.filter(({ basis }) => basis === 'qualitative').map(({ code }) => code),
  );
  const counted = questions.flatMap(({ code, sample, isKeyQuestion }, at) => {
    if (!isKeyQuestion) return [];
    const of = (answer: string) => answers.filter((ofCase) => ofCase[at] === answer).length;
    const inspected = cases.filter((one) => one.sample === sample).length;
    const [yes, no] = [of('yes'), of('no')];
    return [[code, { inspected, answers: { yes, no, notApplicable: inspected - yes - no } }] as const];
  });
  return {
    fieldworkStart: file.report?.fieldwork_from as string,
    keyQuestions: new Map(counted),
    prompts: new Map(),
    judged: new Map(published.filter(([code]) => qualitative.has(code))),
    decisions: new Map(
      (file.professional_discretion ?? []).map(({ standard, from, to, reason }) => [
        String(standard),
        { from, to, reason: reason ?? '' },
      ]),
    ),
    publishedStandards: new Map(published),
    publishedOverall: file.overall?.rating ?? null,
  };
}

/** An inspection's own rules, said as a supposition. */
function ownRules(edition: Edition, { fieldworkStart, programme }: InspectionEvidence): Supposition {
  const { percentageBase, rounding, bandOn, limits } = rulesFor(edition, fieldworkStart, programme);
  return {
    base: percentageBase['key question'],
    rounding,
    bandOn,
    edition: { edition, counterparts: new Map(edition.standards.map(({ code }) => [code, code])) },
    ...(limits.length === 0 && { limits: 'none' }),
  };
}

/** Expects that nothing at all is said to be otherwise. */
function expectNothingChanges({ standards, overall, changes }: WhatIf): void {
  for (const standard of standards) {
    expect(standard).toMatchObject({ standing: 'same', asIf: standard.asItIs, why: null });
    expect(standard.discretionAsIf).toBe(standard.discretionAsItIs);
    for (const question of standard.keyQuestions) {
      expect(question.asIf).toBe(question.asItIs);
      expect(question.percentAsIf).toBe(question.percentAsItIs);
    }
  }
  expect(overall).toMatchObject({
    standing: 'same',
    asIf: overall.asItIs,
    scoreAsIf: overall.scoreAsItIs,
    maxScoreAsIf: overall.maxScoreAsItIs,
  });
  expect(changes).toBe(false);
}

/** Simulated inspections with their editions. */
function programme(inspections: number, seed: number) {
  return simulated.programme(inspections, seed).map((one) => {
    const code = String(one.file.edition);
    const edition = simulated.material.editions.find(({ framework }) => framework.code === code)
      ?.framework as Edition;
    return { edition, evidence: asEvidence(one, edition) };
  });
}

test("an inspection's own rules change nothing, whatever is invented", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 1e6 }), (seed) => {
      for (const { edition, evidence } of programme(6, seed)) {
        const own = ownRules(edition, evidence);
        expectNothingChanges(rateAsIf(edition, evidence, own));
        for (const name of ['base', 'rounding', 'bandOn', 'edition'] as const)
          expectNothingChanges(rateAsIf(edition, evidence, { [name]: own[name] }));
        expectNothingChanges(rateAsIf(edition, evidence, {}));
      }
    }),
    { seed: 7, numRuns: times(2, 6) },
  );
});

test('nor under random editions, with every kind of evidence and every kind of gap', async () => {
  let unrated = 0;
  await fc.assert(
    fc.asyncProperty(
      randomEdition(),
      fc.array(randomInspection(), { minLength: 6, maxLength: 6 }),
      async (file, inspections) => {
        await rolledBack(database.db, async (trx) => {
          await writeEdition(trx, file);
          const ids: number[] = [];
          for (const [at, inspection] of inspections.entries())
            ids.push(await writeRandomInspection(trx, file, inspection, at));
          const edition = await editionOf(trx, String(file.edition));
          for (const { evidence } of await evidenceOf(trx, ids)) {
            const result = rateAsIf(edition, evidence, ownRules(edition, evidence));
            expectNothingChanges(result);
            if (result.overall.asIf === null) unrated++;
          }
        });
      },
    ),
    { seed: 20_220_301, numRuns: times(4, 12), endOnFailure: true },
  );
  expect(unrated).toBeGreaterThan(0);
}, 120_000);

test('whatever is supposed of whatever is known, each rating is on the scale supposed, or says why there is none', async () => {
  const seen = new Set<string>();
  const sought: [Edition, InspectionEvidence][] = [];
  const supposition = fc.record(
    {
      base: fc.constantFrom('relevant' as const, 'inspected' as const),
      rounding: fc.constantFrom('half up' as const, 'half even' as const, 'down' as const, 'up' as const),
      bandOn: fc.constantFrom('rounded' as const, 'exact' as const),
      discretion: fc.constant('none' as const),
      limits: fc.constant('none' as const),
    },
    { requiredKeys: [] },
  );
  await fc.assert(
    fc.asyncProperty(
      randomEdition(),
      fc.array(randomInspection(), { minLength: 5, maxLength: 5 }),
      fc.array(fc.tuple(supposition, fc.boolean()), { minLength: 5, maxLength: 5 }),
      async (file, inspections, supposed) => {
        const found = await rolledBack(database.db, async (trx) => {
          await writeEdition(trx, file);
          const ids: number[] = [];
          for (const [at, inspection] of inspections.entries())
            ids.push(await writeRandomInspection(trx, file, inspection, at));
          return { edition: await editionOf(trx, 'random'), all: await evidenceOf(trx, ids) };
        });
        for (const { evidence } of found.all) sought.push([found.edition, evidence]);
        // the edition drawn just now is another one than those of the inspections before
        for (const [at, [own, evidence]] of sought.slice(-10).entries()) {
          const [given, isOther] = supposed[at % 5] as (typeof supposed)[0];
          const other = { ...found.edition, code: own === found.edition ? own.code : 'other' };
          const pairs = own.standards
            .filter(({ code, basis }) =>
              other.standards.some((one) => one.code === code && one.basis === basis),
            )
            .map(({ code }) => [code, code] as const);
          const edition = isOther ? { edition: other, counterparts: new Map(pairs) } : undefined;
          const { standards, overall } = rateAsIf(own, evidence, { ...given, edition });
          const supposedEdition = isOther ? other : own;
          const hasProgramme = supposedEdition.rules.some(
            ({ programme }) => programme === evidence.programme,
          );
          const rules = rulesFor(
            supposedEdition,
            evidence.fieldworkStart,
            hasProgramme ? evidence.programme : undefined,
          );
          for (const one of [...standards, overall]) {
            seen.add(`${'code' in one ? 'standard' : 'overall'} ${one.standing}`);
            if (one.asIf !== null) expect(rules.ratings).toContain(one.asIf);
            if (one.standing === 'not known' || one.standing === 'left out')
              expect(one).toMatchObject({ asIf: null, why: expect.stringMatching(/\w{3}/) });
            if (one.standing === 'same') expect(one.asIf).toBe(one.asItIs);
            if (one.standing === 'changes') expect(one.asIf).not.toBe(one.asItIs);
          }
          if (overall.scoreAsIf !== null) expect(overall.maxScoreAsIf).toBeLessThanOrEqual(fullScore(rules));
        }
      },
    ),
    { seed: 20_190_105, numRuns: times(3, 15), endOnFailure: true },
  );
  for (const standing of ['same', 'changes', 'not known', 'left out'])
    expect(seen).toContain(`standard ${standing}`);
  for (const standing of ['same', 'changes', 'not known']) expect(seen).toContain(`overall ${standing}`);
}, 120_000);

test('what is supposed moves ratings only the way that it can', () => {
  const seen = new Map<string, number>();
  for (const { edition, evidence } of [...programme(80, 3), ...programme(80, 4)]) {
    const rules = rulesFor(edition, evidence.fieldworkStart);
    const rank = (rating: string | null) => (rating === null ? -1 : rankOf(rules, rating));
    const plain = { ...evidence, decisions: new Map() };
    const moved = (name: string, supposed: Supposition, sign: 1 | -1) => {
      const { standards, overall } = rateAsIf(edition, plain, supposed);
      for (const one of [...standards, overall]) {
        expect(one.standing).not.toBe('not known');
        const move = rank(one.asIf) - rank(one.asItIs);
        expect(sign * move, `${name} moves ${one.asItIs} to ${one.asIf}`).toBeGreaterThanOrEqual(0);
        if (move !== 0) seen.set(name, (seen.get(name) ?? 0) + 1);
      }
    };
    // relevant cases are some of the inspected ones
    moved('base=relevant', { base: 'relevant' }, 1);
    moved('base=inspected', { base: 'inspected' }, -1);
    moved('rounding=up', { rounding: 'up' }, 1);
    moved('rounding=down', { rounding: 'down' }, -1);
    moved('band-on=exact', { bandOn: 'exact' }, -1);
    moved('limits=none', { limits: 'none' }, 1);

    const { standards } = rateAsIf(edition, evidence, { discretion: 'none' });
    for (const { code, standing, asItIs, asIf } of standards) {
      const decision = evidence.decisions.get(code);
      if (!decision) expect(standing).toBe('same');
      else expect({ asItIs, asIf }).toEqual({ asItIs: decision.to, asIf: decision.from });
      if (decision) seen.set('discretion=none', (seen.get('discretion=none') ?? 0) + 1);
    }
  }
  for (const name of ['base=relevant', 'base=inspected', 'rounding=up', 'rounding=down', 'discretion=none'])
    expect(seen.get(name) ?? 0, name).toBeGreaterThan(0);
});
