import { sql } from 'kysely';
import { atOneMoment, rowsAsJson } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { didYouMean, listed } from '../nearest.js';
import { exitCode, UserError } from '../problem.js';
import type { Edition } from '../ratings/rules.js';
import { counterparts, type OtherEdition } from '../ratings/what-if/other-edition.js';
import { checkSupposition, type Supposition } from '../ratings/what-if/supposition.js';
import { rateAsIf, type WhatIf } from '../ratings/what-if/what-if.js';
import { editions } from './editions.js';
import { evidence } from './evidence.js';
import { isSynthetic, type Synthetic } from './view.js';

/** What is supposed, with another edition by its code. */
export type Supposed = Omit<Supposition, 'edition'> & { edition?: string | undefined };

/** An inspection with its ratings as they are and as they would be. */
export interface InspectionWhatIf extends WhatIf {
  inspection_id: number;
  service: string;
  /** ISO date; null when not known, and then the inspection is dated by its publication. */
  fieldwork_start: string | null;
  fieldwork_precision: string;
  edition: string;
}

/** Which inspections are rated: those of services whose name has a text, those of some keys, invented ones in place of real ones, or both. */
export interface WhatIfOf {
  service?: string | undefined;
  inspections?: readonly number[] | undefined;
  synthetic?: Synthetic;
}

/**
 * Rates every inspection as if the rules were otherwise, in order of service and fieldwork (else publication); `which`
 * keeps some of them. Reads one state of the
 * database, and changes nothing. Throws a UserError when the edition that is supposed is not there, a RangeError for what can't be
 * supposed.
 *
 * @example
 * const rows = await whatIf(db, { base: 'inspected' }, { synthetic: false });
 * const changed = rows.filter(({ changes }) => changes).map(({ service, overall }) => ({ service, ...overall }));
 */
export async function whatIf(
  db: Connection,
  supposed: Supposed,
  which: WhatIfOf = {},
): Promise<InspectionWhatIf[]> {
  checkSupposition(supposed);
  return atOneMoment(db, (at) => readAndRate(at, supposed, which));
}

async function readAndRate(
  db: Connection,
  supposed: Supposed,
  { service, inspections, synthetic }: WhatIfOf,
): Promise<InspectionWhatIf[]> {
  const is_synthetic = isSynthetic(synthetic, inspections !== undefined);
  const known = await editions(db);
  const others = await otherEditions(db, known, supposed.edition);
  const found = await rowsAsJson(
    db,
    db
      .selectFrom('analytics.inspection as inspection')
      .select(['inspection_id', 'service', 'fieldwork_start', 'fieldwork_precision', 'edition'])
      .$if(service !== undefined, (query) =>
        query.where(sql<boolean>`strpos(lower(service), lower(${service})) > 0`),
      )
      .$if(inspections !== undefined, (query) =>
        query.where(sql<boolean>`inspection_id = any(${inspections}::bigint[])`),
      )
      .$if(is_synthetic !== undefined, (query) => query.where('is_synthetic', '=', is_synthetic as boolean))
      .orderBy('service')
      .orderBy('as_of')
      .orderBy('inspection_id'),
  );
  const wanted = found.map(({ inspection_id }) => inspection_id);
  const all = new Map((await evidence(db, wanted)).map((one) => [one.inspectionId, one.evidence]));
  return found.map((row) => {
    const own = known.get(row.edition);
    const inspection = all.get(row.inspection_id);
    if (!own || !inspection) throw new Error(`inspection ${row.inspection_id} has no edition or no evidence`);
    return {
      inspection_id: row.inspection_id,
      service: row.service,
      fieldwork_start: row.fieldwork_start,
      fieldwork_precision: row.fieldwork_precision,
      edition: own.code,
      ...rateAsIf(own, inspection, { ...supposed, edition: others?.get(own.code) }),
    };
  });
}

/** The edition that is supposed, with the counterparts of each edition's standards in it; undefined when none is. */
async function otherEditions(
  db: Connection,
  known: ReadonlyMap<string, Edition>,
  code: string | undefined,
): Promise<Map<string, OtherEdition> | undefined> {
  if (code === undefined) return undefined;
  const edition = known.get(code);
  if (!edition) {
    const near = didYouMean(code, known.keys());
    throw new UserError(
      `There is no edition "${code}"${near}. It has to be one of ${listed(known.keys())}.`,
      exitCode.call,
    );
  }
  const rows = await rowsAsJson(
    db,
    sql<{ edition: string; standard: string; counterpart: string; questions: number }>`
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
  return new Map(
    [...known.values()].map((own) => {
      const continuations = rows.filter((row) => row.edition === own.code);
      return [own.code, { edition, counterparts: counterparts(own, edition, continuations) }];
    }),
  );
}
