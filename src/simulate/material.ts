import type { Kysely } from 'kysely';
import type { DB } from '../database/schema.js';
import { type Attribute, readCaseCodes } from '../import/bundle/case-codes.js';
import { type Framework, readFramework } from '../import/edition/framework.js';
import { knownEditions } from '../import/edition/known-editions.js';
import { didYouMean, listed } from '../nearest.js';
import { exitCode, UserError } from '../problem.js';
import { editions } from '../queries/editions.js';
import type { Edition } from '../ratings/rules.js';

/** What a programme is made of: everything that the simulation takes from the database. */
export interface Material {
  editions: SimulatedEdition[];
  /** The coded values of each characteristic of a case. */
  codes: ReadonlyMap<Attribute, readonly string[]>;
  /** Names of local authorities, which no invented place may have. */
  realNames: readonly string[];
}

export interface SimulatedEdition {
  edition: Edition;
  framework: Framework;
  /** ISO date from which published reports are of this edition. */
  reportsFrom: string;
  /** By code, how a question is worded, which says how often it will not apply. */
  wording: ReadonlyMap<string, { text: string; isLimited: boolean }>;
}

/**
 * Reads what a programme is made of: the editions that are named; where none is, those that come with the package, so that a
 * programme is the same whatever else is loaded. Throws a UserError when one that is named is not known.
 */
export async function readMaterial(db: Kysely<DB>, wanted?: readonly string[]): Promise<Material> {
  const rated = await editions(db);
  const named = wanted ?? (await knownEditions()).map(({ edition }) => String(edition));
  return db.transaction().execute(async (trx) => {
    const found: SimulatedEdition[] = [];
    const dated = await trx
      .selectFrom('core.edition')
      .select(['edition_code', 'reports_from'])
      .orderBy('edition_code')
      .execute();
    const there = dated.map(({ edition_code }) => edition_code);
    for (const code of wanted ?? [])
      if (!there.includes(code))
        throw new UserError(
          `edition ${code} is not known${didYouMean(code, there)}: ${listed(there)}.`,
          exitCode.call,
        );
    for (const { edition_code, reports_from } of dated) {
      if (!named.includes(edition_code)) continue;
      const edition = rated.get(edition_code);
      const framework = await readFramework(trx, edition_code);
      const effectiveFrom = edition?.rules[0]?.effectiveFrom;
      if (!edition || !framework || !effectiveFrom) continue;
      const questions = await trx
        .selectFrom('core.question')
        .select(['question_code', 'text', 'applies_when'])
        .where('edition_code', '=', edition_code)
        .execute();
      const wording = new Map(
        questions.map(({ question_code, text, applies_when }) => [
          question_code,
          { text, isLimited: applies_when !== null },
        ]),
      );
      found.push({ edition, framework, reportsFrom: reports_from ?? effectiveFrom, wording });
    }
    const codes = await readCaseCodes(trx);
    const names = await trx.selectFrom('core.local_authority').select('name').execute();
    const others = await trx.selectFrom('core.local_authority_name').select('name').execute();
    return {
      editions: found,
      codes: new Map([...codes].map(([attribute, { values }]) => [attribute, values])),
      realNames: [...names, ...others].map(({ name }) => name),
    };
  });
}

/** The edition of a report: the newest that was used when it was published; before all of them, the first. */
export function editionOf(editions: readonly SimulatedEdition[], published: string): SimulatedEdition {
  const inOrder = [...editions].sort((a, b) => (a.reportsFrom < b.reportsFrom ? -1 : 1));
  const chosen = inOrder.findLast(({ reportsFrom }) => reportsFrom <= published) ?? inOrder[0];
  if (!chosen) throw new Error('there is no edition to inspect under');
  return chosen;
}
