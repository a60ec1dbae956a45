import { sql, type Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { notLoaded } from './bundle/bundle.js';
import { inspectionDates } from './bundle/dates.js';
import {
  differences,
  type KnownInspection,
  knownInspections,
  mayBeOneDate,
  mayBePublished,
  saidRatings,
} from './inspection/known.js';
import { queueFor } from './record.js';
import type { FoundService } from './register/service.js';
import type { SoundBundle } from './session.js';

/** Where a bundle's inspection goes: under which key and name, and in whose place. */
export interface Place {
  bundle: SoundBundle;
  service: FoundService;
  /** Loads of the same subject are loads of one inspection. */
  subject: string;
  code: string;
  /** Of the inspection that is replaced. */
  key: number | undefined;
  /** Whether nothing is to be written: all that the bundle says is known. */
  isKnown: boolean;
  remarks: string[];
}

/** An inspection that is known by more than the bundle says: it is left as it is. */
export interface Better extends Pick<Place, 'bundle' | 'subject' | 'remarks'> {
  isBetter: true;
  key: number;
}

interface Settled {
  bundle: SoundBundle;
  service: FoundService;
}

/** Whether an inspection is told by its publication: one from a table, or one whose report does not say when fieldwork was. */
export const isToldByPublication = ({ dates, isListed }: Pick<SoundBundle, 'dates' | 'isListed'>): boolean =>
  (isListed ?? false) || dates.fieldworkStart === null;

/** What tells an inspection from others: service, and first day of fieldwork or publication. */
export const subjectOf = ({ serviceId }: { serviceId: number | string }, bundle: SoundBundle): string =>
  isToldByPublication(bundle)
    ? `service ${serviceId}, published ${bundle.inspection.report.published}`
    : `service ${serviceId}, ${bundle.dates.fieldworkStart}`;

/** Finds the places of bundles, in their order. Loaders of one inspection queue for it. Throws a UserError when there is none. */
export async function placesOf(
  trx: Transaction<DB>,
  settled: readonly Settled[],
): Promise<(Place | Better)[]> {
  const byFieldwork = settled.filter(({ bundle }) => !isToldByPublication(bundle));
  const keys = await keysOf(trx, byFieldwork);
  const places: (Place | Better)[] = [];
  for (const one of settled) {
    if (isToldByPublication(one.bundle)) places.push(await placeByPublication(trx, one));
    else {
      const subject = subjectOf(one.service, one.bundle);
      const code = `${one.service.code}-${one.bundle.dates.fieldworkStart}`;
      places.push({ ...one, subject, code, key: keys.get(subject), isKnown: false, remarks: [] });
    }
  }
  return places;
}

/** The keys of inspections that are there, by subject. */
async function keysOf(trx: Transaction<DB>, settled: readonly Settled[]): Promise<Map<string, number>> {
  if (settled.length === 0) return new Map();
  await queueFor(
    trx,
    'inspection',
    settled.map(({ service, bundle }) => subjectOf(service, bundle)),
  );
  const { rows } = await sql<{ subject: string; inspection_id: number }>`
    select 'service ' || service_id || ', ' || fieldwork_start as subject, inspection_id
    from unnest(
      ${settled.map(({ service }) => service.serviceId)}::integer[],
      ${settled.map(({ bundle }) => bundle.dates.fieldworkStart)}::text[]::date[]
    ) as wanted (service_id, fieldwork_start)
    join core.inspection using (service_id, fieldwork_start)`.execute(trx);
  return new Map(rows.map(({ subject, inspection_id }) => [subject, inspection_id]));
}

async function placeByPublication(trx: Transaction<DB>, settled: Settled): Promise<Place | Better> {
  const { bundle, service } = settled;
  // Dates that are not equally exact may be one: a queue by exact dates would let two loaders add it twice.
  await queueFor(trx, 'inspection', `service ${service.serviceId}, published`);
  const known = await knownInspections(trx, service.serviceId);
  const { synthetic = false } = bundle.inspection;
  const alike = known.filter(({ isSynthetic }) => isSynthetic === synthetic);
  const better = betterThan(bundle, alike);
  if (better) {
    const differing = differences(better, bundle.inspection).join(', ');
    return {
      ...{ bundle, subject: subjectOf(service, bundle), isBetter: true, key: better.inspectionId },
      remarks: differing ? [`differs from what is published in the report that is loaded: ${differing}`] : [],
    };
  }
  const meant = inspectionMeant(bundle, alike);
  const { published, same } = meant;
  const code = `${service.code}-published-${published}`;
  if (known.some((one) => one.code === code && one.isSynthetic !== synthetic)) {
    const [there, here] = synthetic ? ['a real', 'an invented'] : ['an invented', 'a real'];
    const message = `${there} inspection of this service and date is loaded, and ${here} one can't take its place`;
    throw notLoaded(bundle.name, [bundle.yaml.problem(['report'], message)]);
  }
  const { fieldworkStart } = bundle.dates;
  const rival = known.find(
    (one) => fieldworkStart !== null && one.fieldworkStart === fieldworkStart && one !== same,
  );
  if (rival)
    meant.remarks.push(
      `${rival.code} has the same service and fieldwork: this one is kept without its fieldwork date`,
    );
  return {
    ...{ service, code, key: same?.inspectionId, remarks: meant.remarks },
    bundle: dated(bundle, published, rival === undefined),
    subject: `service ${service.serviceId}, published ${published}`,
    isKnown: meant.isKnown ?? false,
  };
}

const isBetterKnown = (one: KnownInspection, { isListed = false }: SoundBundle): boolean =>
  !one.isListedOnly && (isListed || one.fieldworkStart !== null);

/** The inspection that a bundle is about and that is known by more: from its own report, or with its fieldwork. */
function betterThan(bundle: SoundBundle, known: readonly KnownInspection[]): KnownInspection | undefined {
  const { fieldworkStart } = bundle.dates;
  const published = String(bundle.inspection.report.published);
  const meant = known.filter(
    (one) =>
      isBetterKnown(one, bundle) &&
      ((fieldworkStart !== null && one.fieldworkStart === fieldworkStart) || mayBePublished(one, published)),
  );
  return meant.find((one) => differences(one, bundle.inspection).length === 0) ?? meant[0];
}

interface Meant {
  /** None, where nothing of the inspection is known. */
  same?: KnownInspection;
  /** The more exact of both dates. */
  published: string;
  /** Whether nothing that the bundle says is new; what it says otherwise is not looked at. */
  isKnown?: boolean;
  remarks: string[];
}

/** Tells which of a service's inspections is meant. Nothing is guessed: one that may be meant, and may not, is another, and that is said. */
function inspectionMeant(bundle: SoundBundle, known: readonly KnownInspection[]): Meant {
  const { inspection: file, dates, beside = [] } = bundle;
  const published = String(file.report.published);
  const dated = known.filter((one) => !isBetterKnown(one, bundle) && one.published !== null);
  const same = dated.find((one) => one.published === published);
  if (same) return { same, published, remarks: [] };
  const near = dated.filter(
    ({ published: there }) => mayBeOneDate(there ?? '', published) && !beside.includes(there ?? ''),
  );
  const [one, ...others] = near;
  if (!one) return { published, remarks: [] };
  const there = one.published ?? '';
  const [then, now] = [one.fieldworkStart, dates.fieldworkStart];
  if (
    others.length > 0 ||
    differences(one, file).length > 0 ||
    (then !== null && now !== null && then.slice(0, 7) !== now.slice(0, 7)) ||
    beside.some((date) => mayBeOneDate(date, there) || mayBeOneDate(date, published))
  ) {
    const which = near.map(({ code, published: date }) => `${code} (published ${date})`).join(', ');
    const remark = `this may be an inspection that is loaded already, ${which}: that can't be told, and each is kept. Give its date as exactly as the tables before did`;
    return { published, remarks: [remark] };
  }
  const remark = `this is the inspection that was loaded as published ${there}`;
  if (published.length > there.length)
    return { same: one, published, remarks: [`${remark}, which is dated more exactly here`] };
  const isKnown =
    (now === null || then !== null) && saidRatings(file).every(([code]) => one.said[code] !== undefined);
  return { same: one, published: there, isKnown, remarks: [`${remark}, whose more exact date stays`] };
}

/** A bundle with the publication date that its inspection is told by, and without fieldwork where that is another's. */
function dated(bundle: SoundBundle, published: string, hasFieldwork: boolean): SoundBundle {
  const { fieldwork_from, fieldwork_to, fieldwork_month, ...rest } = bundle.inspection.report;
  const report = hasFieldwork ? { ...bundle.inspection.report, published } : { ...rest, published };
  const dates = inspectionDates(report) ?? bundle.dates;
  return { ...bundle, inspection: { ...bundle.inspection, report }, dates };
}
