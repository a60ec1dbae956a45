import { sql } from 'kysely';
import { atOneMoment, rowsAsJson } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { editionNamed, type Framework } from '../framework/framework.js';
import { groupBy } from '../group-by.js';
import type { OtherEdition } from '../ratings/what-if/other-edition.js';
import { checkSupposition, type Supposition } from '../ratings/what-if/supposition.js';
import { rateAsIf, type WhatIf } from '../ratings/what-if/what-if.js';
import { editions } from './editions.js';
import { evidence } from './evidence.js';
import { type InspectionsOf, isOf, type ViewRow } from './view.js';

/** What is supposed, with another edition by its code. */
export type Supposed = Omit<Supposition, 'edition'> & { edition?: string | undefined };

type Key = 'inspection_id' | 'service' | 'fieldwork_start' | 'fieldwork_precision' | 'edition';

/** An inspection with its ratings as they are and as they would be. */
export interface InspectionWhatIf extends WhatIf, Pick<ViewRow<'inspection'>, Key> {}

/**
 * Rates inspections as if the rules were otherwise, in order of service and fieldwork (else publication). Reads one state of the
 * database, and changes nothing. Throws a UserError when the edition that is supposed is not there, a RangeError for what can't be
 * supposed.
 * @example
 * const rows = await whatIf(db, { base: 'inspected' }, { synthetic: false });
 * const changed = rows.filter(({ changes }) => changes).map(({ service, overall }) => ({ service, ...overall }));
 */
export async function whatIf(
  db: Connection,
  supposed: Supposed = {},
  which: InspectionsOf = {},
): Promise<InspectionWhatIf[]> {
  checkSupposition(supposed);
  return atOneMoment(db, async (at) => {
    const known = await editions(at);
    const others =
      supposed.edition === undefined ? undefined : await otherEditions(at, known, String(supposed.edition));
    const query = at
      .selectFrom('analytics.inspection as inspection')
      .select(['inspection_id', 'service', 'fieldwork_start', 'fieldwork_precision', 'edition'])
      .where(isOf('inspection', which))
      .orderBy('service')
      .orderBy('as_of')
      .orderBy('inspection_id');
    const found = await rowsAsJson(at, query);
    const keys = found.map(({ inspection_id }) => inspection_id);
    const evidenceOf = new Map((await evidence(at, keys)).map((one) => [one.inspectionId, one.evidence]));
    return found.map((row) => {
      const [own, given] = [known.get(row.edition), evidenceOf.get(row.inspection_id)];
      if (!own || !given) throw new Error(`inspection ${row.inspection_id} has no edition or no evidence`);
      return { ...row, ...rateAsIf(own, given, { ...supposed, edition: others?.get(own.code) }) };
    });
  });
}

/** The edition that is supposed, with the counterparts in it of the standards of each edition. */
async function otherEditions(
  db: Connection,
  known: ReadonlyMap<string, Framework>,
  code: string,
): Promise<Map<string, OtherEdition>> {
  const edition = editionNamed(known, code);
  const pairs = await rowsAsJson(
    db,
    sql<Record<'edition_code' | 'standard_code' | 'other_standard_code', string>>`
      select edition_code, standard_code, other_standard_code
      from rating.standard_counterpart where other_edition_code = ${code}`,
  );
  const ofEdition = groupBy(pairs, (row) => row.edition_code);
  return new Map(
    [...known.keys()].map((own) => {
      const counterparts = (ofEdition.get(own) ?? []).map(
        (row) => [row.standard_code, row.other_standard_code] as const,
      );
      return [own, { edition, counterparts: new Map(counterparts) }];
    }),
  );
}
