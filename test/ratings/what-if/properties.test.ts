import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { editions } from '../../../src/queries/editions.js';
import { evidence as evidenceIn } from '../../../src/queries/evidence.js';
import type { InspectionEvidence } from '../../../src/ratings/inspection.js';
import { type Edition, fullScore, rulesFor } from '../../../src/ratings/rules.js';
import { rateAsIf } from '../../../src/ratings/what-if/what-if.js';
import { editionOfBatch, inspectionOfBatch } from '../../support/agreement-batch.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { editionOfFile, writeEdition } from '../../support/edition-of-file.js';
import { times } from '../../support/in-full.js';
import { writeRandomInspections } from '../../support/random-inspection.js';

const database = testDatabase();
const seed = 20_190_105;
/** Drawn under random editions, with every kind of evidence and every kind of gap. */
const drawn: { edition: Edition; evidence: InspectionEvidence }[] = [];

beforeAll(async () => {
  for (let batch = 0; batch < times(8, 30); batch++)
    await rolledBack(database.db, async (trx) => {
      const of = { seed, batch, inspections: 6 };
      const file = await writeEdition(trx, editionOfFile(editionOfBatch(of)));
      const inspections = Array.from({ length: of.inspections }, (_, at) => inspectionOfBatch(of, at));
      const keys = await writeRandomInspections(trx, file, inspections);
      const edition = (await editions(trx)).get(file.code) as Edition;
      for (const { evidence } of await evidenceIn(trx, keys)) drawn.push({ edition, evidence });
    });
}, 120_000);

test("an inspection's own rules change nothing", () => {
  for (const { edition, evidence } of drawn) {
    const { percentageBase, rounding } = rulesFor(edition, evidence.fieldworkStart, evidence.programme);
    const counterparts = new Map(edition.standards.map(({ code }) => [code, code]));
    const own = { base: percentageBase['key question'], rounding, edition: { edition, counterparts } };
    for (const supposed of [own, {}]) {
      const { standards, overall, changes } = rateAsIf(edition, evidence, supposed);
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
});

test('whatever is supposed of whatever is known, each rating is on the scale supposed, or says why there is none', () => {
  const seen = new Set<string>();
  const supposition = fc.record(
    {
      base: fc.constantFrom('relevant' as const, 'inspected' as const),
      rounding: fc.constantFrom('half up' as const, 'half even' as const, 'down' as const, 'up' as const),
      discretion: fc.constant('none' as const),
    },
    { requiredKeys: [] },
  );
  const one = fc.constantFrom(...drawn);
  fc.assert(
    fc.property(one, supposition, fc.option(one), ({ edition: own, evidence }, given, another) => {
      const supposed = another?.edition ?? own;
      const isAlike = (code: string, basis: string) =>
        supposed.standards.some((other) => other.code === code && other.basis === basis);
      const pairs = own.standards.filter(({ code, basis }) => isAlike(code, basis));
      // under another code, as every random edition has the same
      const counterparts = new Map(pairs.map(({ code }) => [code, code]));
      const other = { edition: { ...supposed, code: 'other' }, counterparts };
      const both = { ...given, ...(another && { edition: other }) };
      const { standards, overall } = rateAsIf(own, evidence, both);
      const isThere = supposed.rules.some(({ programme }) => programme === evidence.programme);
      const rules = rulesFor(supposed, evidence.fieldworkStart, isThere ? evidence.programme : undefined);
      for (const one of [...standards, overall]) {
        seen.add(`${'code' in one ? 'standard' : 'overall'} ${one.standing}`);
        if (one.asIf !== null) expect(rules.ratings).toContain(one.asIf);
        if (one.standing === 'not known' || one.standing === 'left out')
          expect(one).toMatchObject({ asIf: null, why: expect.stringMatching(/\w{3}/) });
        expect(one.standing === 'same' ? one.asIf === one.asItIs : one.asIf !== one.asItIs || !one.asIf).toBe(
          true,
        );
      }
      if (overall.scoreAsIf !== null) expect(overall.maxScoreAsIf).toBeLessThanOrEqual(fullScore(rules));
    }),
    { seed, numRuns: times(300, 3000) },
  );
  const standings = ['same', 'changes', 'not known'];
  const wanted = [...standings.map((one) => `overall ${one}`), 'standard left out'];
  expect([...seen]).toEqual(
    expect.arrayContaining([...wanted, ...standings.map((one) => `standard ${one}`)]),
  );
});
