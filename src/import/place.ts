import { sql, type Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { firstDay } from '../days.js';
import { notLoaded } from './bundle/bundle.js';
import { queueFor } from './record.js';
import { isToldByPublication, type SoundBundle, subjectOf } from './session.js';

/** Where a bundle's inspection goes: under which key and name, and in whose place. */
export interface Place {
  bundle: SoundBundle;
  /** Loads of the same subject are loads of one inspection. */
  subject: string;
  code: string;
  /** Of the inspection that is there. */
  key: number | undefined;
  /** Whether that is known by more than the bundle says: then it is left as it is. */
  isBetter: boolean;
  remarks: string[];
}

/**
 * Finds the places of bundles, in their order; of one that is told by its publication only by itself. Loaders of one inspection queue
 * for it. Throws a UserError when there is none.
 */
export async function placesOf(trx: Transaction<DB>, bundles: readonly SoundBundle[]): Promise<Place[]> {
  const [first] = bundles;
  if (first && isToldByPublication(first)) return [await placeByPublication(trx, first)];
  const subjects = bundles.map(subjectOf);
  await queueFor(trx, 'inspection', subjects);
  const { rows } = await sql<{ subject: string; inspection_id: number }>`
    select 'service ' || service_id || ', ' || fieldwork_start as subject, inspection_id
    from unnest(
      ${bundles.map(({ service }) => service.serviceId)}::integer[],
      ${bundles.map(({ dates }) => dates.fieldworkStart)}::text[]::date[]
    ) as wanted (service_id, fieldwork_start)
    join core.inspection using (service_id, fieldwork_start)`.execute(trx);
  const keys = new Map(rows.map((row) => [row.subject, row.inspection_id]));
  return bundles.map((bundle, at) => {
    const subject = subjects[at] as string;
    const code = `${bundle.service.code}-${bundle.dates.fieldworkStart}`;
    return { bundle, subject, code, key: keys.get(subject), isBetter: false, remarks: [] };
  });
}

/**
 * Tells which of a service's inspections is meant by a publication, as exactly as that is dated: the one of just that date, or the only
 * one whose date is that one as well and that says nothing otherwise. Nothing is guessed: one that may be meant, and may not, is another, and
 * that is said. What is known from a report is known better than from a table, and with its fieldwork better than without.
 */
async function placeByPublication(trx: Transaction<DB>, bundle: SoundBundle): Promise<Place> {
  const { service, dates, inspection: file, isListed = false } = bundle;
  const { fieldworkStart } = dates;
  const published = String(file.report.published);
  const subject = subjectOf(bundle);
  const code = `${service.code}-published-${published}`;
  // Dates that are not equally exact may be one: a queue by exact dates would let two loaders add it twice.
  await queueFor(trx, 'inspection', `service ${service.serviceId}, published`);
  const { rows: ofService } = await sql<KnownPublication>`
    select
      inspection_id as "inspectionId", inspection_code as code, is_synthetic as "isSynthetic", is_listed_only as "isListedOnly",
      fieldwork_start::text as "fieldworkStart", published, said
    from rating.known_publication
    where service_id = ${service.serviceId}
    order by inspection_id`.execute(trx);
  const known = ofService.filter(({ isSynthetic }) => isSynthetic === (file.synthetic ?? false));

  const isReported = (one: KnownPublication) =>
    !one.isListedOnly && (isListed || one.fieldworkStart !== null);
  const isOfFieldwork = (one: KnownPublication) =>
    fieldworkStart !== null && one.fieldworkStart === fieldworkStart;
  const reports = known.filter(
    (one) => isReported(one) && (isOfFieldwork(one) || mayBeReportOf(one, published)),
  );
  const report = reports.find((one) => differences(one, bundle).length === 0) ?? reports[0];
  const near = known.filter(
    (one) => !isReported(one) && one.published && mayBeOneDate(one.published, published),
  );
  const same = near.find((one) => one.published === published);
  const agreeing = near.filter((one) => differences(one, bundle).length === 0);
  const moreExact = agreeing.find((one) => (one.published ?? '').length > published.length);

  const place = (one: KnownPublication | undefined, isBetter: boolean, remark?: string): Place => {
    const isRival = (other: KnownPublication) =>
      other !== one && (other.code === code || isOfFieldwork(other));
    const rival = isBetter ? undefined : ofService.find(isRival);
    if (rival) {
      const message = `${rival.isSynthetic ? 'an invented' : 'a real'} inspection of this service and date is loaded (${rival.code}), and this is another: correct its dates, or leave it out`;
      throw notLoaded(bundle.name, [bundle.yaml.problem(['report'], message)]);
    }
    return { bundle, subject, code, key: one?.inspectionId, isBetter, remarks: remark ? [remark] : [] };
  };
  if (report) {
    const differing = differences(report, bundle).join(', ');
    const remark = `differs from what is published in the report that is loaded: ${differing}`;
    return place(report, true, differing && remark);
  }
  const [only, ...others] = agreeing;
  const taken = (one: KnownPublication) =>
    `this is the inspection that was loaded as published ${one.published}`;
  if (same || near.length === 0) return place(same, false);
  if (moreExact)
    return place(
      moreExact,
      true,
      `${taken(moreExact)}, which is dated more exactly there: it stays as it is`,
    );
  if (only && others.length === 0)
    return place(only, false, `${taken(only)}, which is dated more exactly here`);
  const which = near.map((one) => `${one.code} (published ${one.published})`).join(', ');
  const remark = `this may be an inspection that is loaded already, ${which}: that can't be told, and each is kept. Give its date as exactly as the tables before did`;
  return place(undefined, false, remark);
}

/** An inspection that is in the database, and what was published of it (view rating.known_publication). */
interface KnownPublication {
  inspectionId: number;
  code: string;
  isSynthetic: boolean;
  isListedOnly: boolean;
  fieldworkStart: string | null;
  /** As exactly as it is known. */
  published: string | null;
  said: Record<string, string | number>;
}

/** What a bundle says otherwise than what is known: "overall Good (there Inadequate)". */
function differences({ said }: KnownPublication, { inspection, dates }: SoundBundle): string[] {
  const { overall, standard_ratings } = inspection;
  const fieldwork = dates.fieldworkStart?.slice(0, '2019-04'.length);
  const here = { overall, score: overall?.score, fieldwork, ...standard_ratings };
  return Object.entries(here).flatMap(([code, entry]) => {
    const value = typeof entry === 'object' ? entry.rating : entry;
    const there = said[code];
    const isOne = value === undefined || there === undefined || value === there;
    return isOne ? [] : [`${code} ${value} (there ${there})`];
  });
}

/** Whether two dates may mean the same day: one begins the other, which is known more exactly. */
const mayBeOneDate = (one: string, other: string): boolean => one.startsWith(other) || other.startsWith(one);

/** Whether a report may be the one that was published then, as far as both months are known; or, as reports follow fieldwork within the year. */
function mayBeReportOf({ published: there, fieldworkStart }: KnownPublication, published: string): boolean {
  if (there !== null) return mayBeOneDate(there.slice(0, 7), published.slice(0, 7));
  if (fieldworkStart === null) return false;
  const yearLater = `${Number(fieldworkStart.slice(0, 4)) + 1}${fieldworkStart.slice(4)}`;
  return published >= fieldworkStart.slice(0, published.length) && firstDay(published) <= yearLater;
}
