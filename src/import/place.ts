import { sql, type Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { firstDay } from '../days.js';
import { notLoaded } from './bundle/bundle.js';
import type { InspectionFile } from './bundle/inspection-file.js';
import { queueFor } from './record.js';
import type { SoundBundle } from './session.js';

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

/** Whether an inspection is told by its publication: one from a table, or one whose report does not say when fieldwork was. */
export const isToldByPublication = ({ dates, isListed }: Pick<SoundBundle, 'dates' | 'isListed'>): boolean =>
  (isListed ?? false) || dates.fieldworkStart === null;

/** What tells an inspection from others: service, and first day of fieldwork or publication. */
export const subjectOf = ({ service: { serviceId }, ...bundle }: SoundBundle): string =>
  isToldByPublication(bundle)
    ? `service ${serviceId}, published ${bundle.inspection.report.published}`
    : `service ${serviceId}, ${bundle.dates.fieldworkStart}`;

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
 * Tells which of a service's inspections is meant, by the date of publication. Nothing is guessed: one that may be meant, and may
 * not, is another, and that is said.
 */
async function placeByPublication(trx: Transaction<DB>, bundle: SoundBundle): Promise<Place> {
  const { service, dates, inspection: file, beside = [], isListed = false } = bundle;
  const { fieldworkStart } = dates;
  const published = String(file.report.published);
  // Dates that are not equally exact may be one: a queue by exact dates would let two loaders add it twice.
  await queueFor(trx, 'inspection', `service ${service.serviceId}, published`);
  const ofService = await inspectionsOf(trx, service.serviceId);
  const known = ofService.filter(({ isSynthetic }) => isSynthetic === (file.synthetic ?? false));
  const code = `${service.code}-published-${published}`;
  const place = (one: KnownInspection | undefined, remark?: string, isBetter = false): Place => {
    const rival = ofService.find(
      (other) =>
        other !== one &&
        (other.code === code || (fieldworkStart !== null && other.fieldworkStart === fieldworkStart)),
    );
    if (rival && !isBetter) {
      const message = `${rival.isSynthetic ? 'an invented' : 'a real'} inspection of this service and date is loaded (${rival.code}), and this is another: correct its dates, or leave it out`;
      throw notLoaded(bundle.name, [bundle.yaml.problem(['report'], message)]);
    }
    const remarks = remark === undefined ? [] : [remark];
    return { bundle, subject: subjectOf(bundle), code, key: one?.inspectionId, isBetter, remarks };
  };

  const isReported = (one: KnownInspection) => !one.isListedOnly && (isListed || one.fieldworkStart !== null);
  const reported = known.filter(
    (one) =>
      isReported(one) &&
      ((fieldworkStart !== null && one.fieldworkStart === fieldworkStart) || mayBePublished(one, published)),
  );
  const report = reported.find((one) => differences(one, file).length === 0) ?? reported[0];
  if (report) {
    const differing = differences(report, file).join(', ');
    const remark = `differs from what is published in the report that is loaded: ${differing}`;
    return place(report, differing ? remark : undefined, true);
  }
  const near = known.filter(
    (one) =>
      !isReported(one) &&
      one.published !== null &&
      mayBeOneDate(one.published, published) &&
      !beside.includes(one.published),
  );
  const [one, ...others] = near;
  const same = near.find((other) => other.published === published);
  if (same || !one) return place(same);
  const there = one.published ?? '';
  const [then, now] = [one.fieldworkStart?.slice(0, 7), fieldworkStart?.slice(0, 7)];
  if (
    others.length > 0 ||
    differences(one, file).length > 0 ||
    (then !== undefined && now !== undefined && then !== now) ||
    beside.some((date) => mayBeOneDate(date, there) || mayBeOneDate(date, published))
  ) {
    const which = near.map(({ code, published: date }) => `${code} (published ${date})`).join(', ');
    const remark = `this may be an inspection that is loaded already, ${which}: that can't be told, and each is kept. Give its date as exactly as the tables before did`;
    return place(undefined, remark);
  }
  const remark = `this is the inspection that was loaded as published ${there}`;
  return published.length > there.length
    ? place(one, `${remark}, which is dated more exactly here`)
    : place(one, `${remark}, which is dated more exactly there: it stays as it is`, true);
}

/** An inspection that is in the database, with what was published of it. */
interface KnownInspection {
  inspectionId: number;
  code: string;
  isSynthetic: boolean;
  isListedOnly: boolean;
  fieldworkStart: string | null;
  /** As exactly as it is known. */
  published: string | null;
  /** Ratings of standards by their codes, overall, and score, as far as they are known. */
  said: Record<string, string | number>;
}

async function inspectionsOf(trx: Transaction<DB>, serviceId: number): Promise<KnownInspection[]> {
  const { rows } = await sql<KnownInspection>`
    select
      inspection_id as "inspectionId", inspection_code as code, is_synthetic as "isSynthetic",
      is_listed_only as "isListedOnly", fieldwork_start::text as "fieldworkStart",
      coalesce(left(published::text, case published_precision when 'month' then 7 else 10 end), published_year::text) as published,
      (
        select coalesce(json_object_agg(figure.code, value), '{}')
        from (
          select 'overall' as code, to_json(rating) as value from core.published_overall where inspection_id = inspection.inspection_id
          union all
          select 'score', to_json(score) from core.published_overall where inspection_id = inspection.inspection_id
          union all
          select standard_code, to_json(rating) from core.published_standard_rating where inspection_id = inspection.inspection_id
        ) as figure
        where value is not null
      ) as said
    from core.inspection
    where service_id = ${serviceId}
    order by inspection_id`.execute(trx);
  return rows;
}

/** What a file says otherwise than what is known: "overall Good (there Inadequate)". */
function differences({ said }: KnownInspection, { overall, standard_ratings }: InspectionFile): string[] {
  const here = { overall, score: overall?.score, ...standard_ratings };
  return Object.entries(here).flatMap(([code, entry]) => {
    const value = typeof entry === 'object' ? entry.rating : entry;
    const there = said[code];
    const isOne = value === undefined || there === undefined || value === there;
    return isOne ? [] : [`${code} ${value} (there ${there})`];
  });
}

/** Whether two dates may mean the same day: one begins the other, which is known more exactly. */
export const mayBeOneDate = (one: string, other: string): boolean =>
  one.startsWith(other) || other.startsWith(one);

/** Whether an inspection whose report is known may be the one that was published then, as far as both are known. */
function mayBePublished({ published: there, fieldworkStart }: KnownInspection, published: string): boolean {
  if (there !== null) return mayBeOneDate(there.slice(0, 7), published.slice(0, 7));
  if (fieldworkStart === null) return false;
  // A report follows fieldwork within the year.
  const yearLater = `${Number(fieldworkStart.slice(0, 4)) + 1}${fieldworkStart.slice(4)}`;
  return published >= fieldworkStart.slice(0, published.length) && firstDay(published) <= yearLater;
}
