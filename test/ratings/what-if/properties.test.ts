import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { editionOfFile } from '../../../src/import/edition/edition-of-file.js';
import { writeEdition } from '../../../src/import/edition/write-edition.js';
import { editions } from '../../../src/queries/editions.js';
import { evidence as evidenceIn } from '../../../src/queries/evidence.js';
import type { InspectionEvidence } from '../../../src/ratings/inspection.js';
import { type Edition, fullScore, rankOf, rulesFor } from '../../../src/ratings/rules.js';
import type { Supposition } from '../../../src/ratings/what-if/supposition.js';
import { rateAsIf } from '../../../src/ratings/what-if/what-if.js';
import { editionOfBatch, inspectionOfBatch } from '../../support/agreement-batch.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { times } from '../../support/in-full.js';
import { loadProgramme } from '../../support/programme.js';
import { writeRandomInspections } from '../../support/random-inspection.js';

/** An inspection as its edition rates it. */
interface Known {
  edition: Edition;
  evidence: InspectionEvidence;
}

const database = testDatabase();
const seed = 20_190_105;
/** Of an invented programme; and drawn under random editions, with every kind of evidence and every kind of gap. */
let simulated: Known[];
const drawn: Known[] = [];

beforeAll(async () => {
  await loadProgramme(database, { inspections: 60, seed: 3 });
  const known = await editions(database.db);
  simulated = (await evidenceIn(database.db)).map(({ edition, evidence }) => ({
    edition: known.get(edition) as Edition,
    evidence,
  }));
  for (let batch = 0; batch < times(8, 30); batch++)
    await rolledBack(database.db, async (trx) => {
      const of = { seed, batch, inspections: 6 };
      const file = editionOfFile(editionOfBatch(of));
      await writeEdition(trx, file);
      const inspections = Array.from({ length: of.inspections }, (_, at) => inspectionOfBatch(of, at));
      const keys = await writeRandomInspections(trx, file, inspections);
      const edition = (await editions(trx)).get(file.code) as Edition;
      for (const { evidence } of await evidenceIn(trx, keys)) drawn.push({ edition, evidence });
    });
}, 120_000);

/** An inspection's own rules, said as a supposition. */
function ownRules({ edition, evidence }: Known): Supposition {
  const { fieldworkStart, programme } = evidence;
  const { percentageBase, rounding, bandOn, limits } = rulesFor(edition, fieldworkStart, programme);
  return {
    base: percentageBase['key question'],
    rounding,
    bandOn: bandOn ?? undefined,
    edition: { edition, counterparts: new Map(edition.standards.map(({ code }) => [code, code])) },
    ...(limits.length === 0 && { limits: 'none' }),
  };
}

test("an inspection's own rules change nothing", () => {
  for (const one of [...simulated, ...drawn]) {
    const own = ownRules(one);
    const partly = (['base', 'rounding', 'bandOn', 'edition'] as const).map((name) => ({
      [name]: own[name],
    }));
    for (const supposed of [own, {}, ...partly]) {
      const { standards, overall, changes } = rateAsIf(one.edition, one.evidence, supposed);
      for (const standard of standards) {
        expect(standard).toMatchObject({ standing: 'same', asIf: standard.asItIs, why: null });
        expect(standard.discretionAsIf).toBe(standard.discretionAsItIs);
        for (const question of standard.keyQuestions)
          expect([question.asIf, question.percentAsIf]).toEqual([question.asItIs, question.percentAsItIs]);
      }
      const { asItIs, scoreAsItIs, maxScoreAsItIs } = overall;
      const same = { asIf: asItIs, scoreAsIf: scoreAsItIs, maxScoreAsIf: maxScoreAsItIs };
      expect(overall).toMatchObject({ standing: 'same', ...same });
      expect(changes).toBe(false);
    }
  }
  expect(drawn.some((one) => rateAsIf(one.edition, one.evidence, {}).overall.asIf === null)).toBe(true);
});

test('whatever is supposed of whatever is known, each rating is on the scale supposed, or says why there is none', () => {
  const seen = new Set<string>();
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
  const one = fc.constantFrom(...drawn);
  fc.assert(
    fc.property(one, supposition, fc.option(one), ({ edition: own, evidence }, given, another) => {
      const supposed = another?.edition ?? own;
      const pairs = own.standards
        .filter((one) =>
          supposed.standards.some(({ code, basis }) => code === one.code && basis === one.basis),
        )
        .map(({ code }) => [code, code] as const);
      // under another code, as every random edition has the same
      const other = { edition: { ...supposed, code: 'other' }, counterparts: new Map(pairs) };
      const { standards, overall } = rateAsIf(own, evidence, {
        ...given,
        ...(another && { edition: other }),
      });
      const isThere = supposed.rules.some(({ programme }) => programme === evidence.programme);
      const rules = rulesFor(supposed, evidence.fieldworkStart, isThere ? evidence.programme : undefined);
      for (const one of [...standards, overall]) {
        seen.add(`${'code' in one ? 'standard' : 'overall'} ${one.standing}`);
        if (one.asIf !== null) expect(rules.ratings).toContain(one.asIf);
        if (one.standing === 'not known' || one.standing === 'left out')
          expect(one).toMatchObject({ asIf: null, why: expect.stringMatching(/\w{3}/) });
        if (one.standing === 'same') expect(one.asIf).toBe(one.asItIs);
        if (one.standing === 'changes') expect(one.asIf).not.toBe(one.asItIs);
      }
      if (overall.scoreAsIf !== null) expect(overall.maxScoreAsIf).toBeLessThanOrEqual(fullScore(rules));
    }),
    { seed, numRuns: times(300, 3000) },
  );
  const standings = ['same', 'changes', 'not known'];
  expect([...seen].sort()).toEqual(
    [
      ...standings.map((one) => `overall ${one}`),
      ...[...standings, 'left out'].map((one) => `standard ${one}`),
    ].sort(),
  );
});

test('what is supposed moves ratings only the way that it can', () => {
  const seen = new Set<string>();
  // relevant cases are some of the inspected ones
  const ways: [Supposition, sign: 1 | -1][] = [
    [{ base: 'relevant' }, 1],
    [{ base: 'inspected' }, -1],
    [{ rounding: 'up' }, 1],
    [{ rounding: 'down' }, -1],
    [{ bandOn: 'exact' }, -1],
    [{ limits: 'none' }, 1],
  ];
  const invented = simulated.filter(({ evidence }) =>
    [...evidence.keyQuestions.values()].some((one) => one.answers),
  );
  expect(invented).toHaveLength(60);
  for (const { edition, evidence } of invented) {
    const { ratings } = rulesFor(edition, evidence.fieldworkStart);
    const rank = (rating: string | null) => (rating === null ? -1 : rankOf({ ratings }, rating));
    const plain = { ...evidence, decisions: new Map() };
    for (const [supposed, sign] of ways) {
      const { standards, overall } = rateAsIf(edition, plain, supposed);
      for (const one of [...standards, overall]) {
        expect(one.standing).not.toBe('not known');
        const move = rank(one.asIf) - rank(one.asItIs);
        expect(sign * move, JSON.stringify([supposed, one])).toBeGreaterThanOrEqual(0);
        if (move !== 0) seen.add(JSON.stringify(supposed));
      }
    }
    for (const { code, standing, asItIs, asIf } of rateAsIf(edition, evidence, { discretion: 'none' })
      .standards) {
      const decision = evidence.decisions.get(code);
      if (!decision) expect(standing).toBe('same');
      else expect({ asItIs, asIf }).toEqual({ asItIs: decision.to, asIf: decision.from });
      if (decision) seen.add('discretion');
    }
  }
  expect([...seen]).toEqual(
    expect.arrayContaining([...ways.slice(0, 4).map(([supposed]) => JSON.stringify(supposed)), 'discretion']),
  );
});
