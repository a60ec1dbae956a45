import { sql } from 'kysely';
import { atOneMoment, rowsAsJson } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { editionNamed, type Framework } from '../framework/framework.js';
import { groupBy } from '../group-by.js';
import { type Continuation, counterparts, type OtherEdition } from '../ratings/what-if/other-edition.js';
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
  supposed: Supposed,
  which: InspectionsOf = {},
): Promise<InspectionWhatIf[]> {
  checkSupposition(supposed);
  return atOneMoment(db, async (at) => {
    const known = await editions(at);
    const others =
      supposed.edition === undefined ? undefined : await otherEditions(at, known, supposed.edition);
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
  const continuations = await rowsAsJson(
    db,
    sql<Continuation & { edition: string }>`
    select
      own.edition_code as edition,
      own.standard_code as standard,
      other.standard_code as counterpart,
      count(*) as questions
    from rating.question_series as own_series
    join rating.question_series as other_series using (series_question_id)
    join core.question as own on own.question_id = own_series.question_id
    join core.question as other on other.question_id = other_series.question_id
    where other.edition_code = ${code} and own.edition_code <> ${code} and own.level = 'key question'
    group by own.edition_code, own.standard_code, other.standard_code
    order by own.edition_code, own.standard_code, other.standard_code`,
  );
  const ofEdition = groupBy(continuations, (row) => row.edition);
  return new Map(
    [...known.values()].map((own) => {
      const pairs = counterparts(own, edition, ofEdition.get(own.code) ?? []);
      return [own.code, { edition, counterparts: pairs }];
    }),
  );
}
