import type { Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { notLoaded } from './bundle/bundle.js';
import { inspectionDates } from './bundle/dates.js';
import { differences, type KnownInspection, knownInspections } from './inspection/known.js';
import { inspectionMeant } from './inspection/meant.js';
import { keyOf } from './inspection/write.js';
import { queueFor } from './record.js';
import type { FoundService } from './register/service.js';
import type { SoundBundle } from './session.js';

/** Where a bundle's inspection goes: under which key and name, and in whose place. */
export interface Place {
  bundle: SoundBundle;
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
export interface Better {
  better: KnownInspection;
  remarks: string[];
}

type Named = Pick<FoundService, 'serviceId' | 'code'>;
type Dated = Pick<SoundBundle, 'dates' | 'inspection' | 'isListed'>;

/** Whether an inspection is told by its publication: one from a table, or one whose report does not say when fieldwork was. */
export const isToldByPublication = ({
  dates,
  isListed = false,
}: Pick<Dated, 'dates' | 'isListed'>): boolean => isListed || dates.fieldworkStart === null;

/** What tells an inspection from others: service, and first day of fieldwork or publication. */
export function subjectOf({ serviceId }: { serviceId: number | string }, bundle: Dated): string {
  const { published } = bundle.inspection.report;
  return isToldByPublication(bundle)
    ? `service ${serviceId}, published ${published}`
    : `service ${serviceId}, ${bundle.dates.fieldworkStart}`;
}

/** Finds a bundle's place. Loaders of one inspection queue for it. Throws a UserError when there is none. */
export async function placeOf(
  trx: Transaction<DB>,
  service: Named,
  bundle: SoundBundle,
): Promise<Place | Better> {
  const { fieldworkStart } = bundle.dates;
  const subject = subjectOf(service, bundle);
  if (!isToldByPublication(bundle) && fieldworkStart !== null) {
    await queueFor(trx, 'inspection', subject);
    const code = `${service.code}-${fieldworkStart}`;
    const key = await keyOf(trx, service, fieldworkStart);
    return { bundle, subject, code, key, isKnown: false, remarks: [] };
  }
  // Dates that are not equally exact may be one: a queue by exact dates would let two loaders add it twice.
  await queueFor(trx, 'inspection', `service ${service.serviceId}, published`);
  const known = await knownInspections(trx, service.serviceId);
  const meant = inspectionMeant(known, bundle);
  if ('better' in meant) {
    const differing = differences(meant.better, bundle.inspection);
    const remarks =
      differing.length > 0
        ? [`differs from what is published in the report that is loaded: ${differing.join(', ')}`]
        : [];
    return { better: meant.better, remarks };
  }
  const rival = known.find(
    (one) => fieldworkStart !== null && one.fieldworkStart === fieldworkStart && one !== meant.known,
  );
  const code = `${service.code}-published-${meant.published}`;
  refuseOther(bundle, known, code);
  return {
    bundle: asPlaced(bundle, meant.published, rival === undefined),
    subject: `service ${service.serviceId}, published ${meant.published}`,
    code,
    key: meant.known?.inspectionId,
    isKnown: meant.addsNothing ?? false,
    remarks: [
      ...meant.remarks,
      ...(rival
        ? [`${rival.code} has the same service and fieldwork: this one is kept without its fieldwork date`]
        : []),
    ],
  };
}

/** An invented inspection does not take a real one's place, nor the other way round. */
function refuseOther(bundle: SoundBundle, known: readonly KnownInspection[], code: string): void {
  const { synthetic = false } = bundle.inspection;
  const other = known.find((one) => one.code === code && one.isSynthetic !== synthetic);
  if (!other) return;
  const [there, here] = synthetic ? ['a real', 'an invented'] : ['an invented', 'a real'];
  const message = `${there} inspection of this service and date is loaded, and ${here} one can't take its place`;
  throw notLoaded(bundle.name, [bundle.yaml.problem(['report'], message)]);
}

/** A bundle with the publication date that its inspection is told by, and without fieldwork where that is another's. */
function asPlaced(bundle: SoundBundle, published: string, hasFieldwork: boolean): SoundBundle {
  const { fieldwork_from, fieldwork_to, fieldwork_month, ...rest } = bundle.inspection.report;
  const report = hasFieldwork ? { ...bundle.inspection.report, published } : { ...rest, published };
  const dates = inspectionDates(report);
  return dates ? { ...bundle, inspection: { ...bundle.inspection, report }, dates } : bundle;
}
