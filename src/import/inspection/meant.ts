import type { ExaminedBundle } from '../bundle/examine.js';
import {
  differences,
  type KnownInspection,
  knownRating,
  mayBeOneDate,
  mayBePublished,
  saidRatings,
} from './known.js';

/** Which of a service's inspections a bundle is about that is told by its publication. */
export type Meant =
  /** One that is known by more: from its own report, or with its fieldwork. It stays as it is. */
  | { better: KnownInspection }
  /** This one; or none, where nothing of it is known. `published` is the more exact of both dates. */
  | { known?: KnownInspection; published: string; addsNothing?: boolean; remarks: string[] };

export type Published = Pick<ExaminedBundle, 'inspection' | 'dates' | 'isListed' | 'beside'>;

/** Tells which inspection is meant. Nothing is guessed: one that may be meant, and may not, is another, and that is said. */
export function inspectionMeant(inspections: readonly KnownInspection[], bundle: Published): Meant {
  const { inspection: file, isListed = false, beside = [] } = bundle;
  const published = String(file.report.published);
  const { fieldworkStart } = bundle.dates;
  const alike = inspections.filter(({ isSynthetic }) => isSynthetic === (file.synthetic ?? false));

  const isBetter = (known: KnownInspection) =>
    !known.isListedOnly && (isListed || known.fieldworkStart !== null);
  const better = alike
    .filter(isBetter)
    .filter(
      (known) =>
        (fieldworkStart !== null && known.fieldworkStart === fieldworkStart) ||
        mayBePublished(known, published),
    );
  const best = better.find((known) => differences(known, file).length === 0) ?? better[0];
  if (best) return { better: best };

  const listed = alike.filter((known) => !isBetter(known) && known.published !== null);
  const same = listed.find((known) => known.published === published);
  if (same) return { known: same, published, remarks: [] };
  const near = listed.filter(
    (known) => mayBeOneDate(known.published ?? '', published) && !beside.includes(known.published ?? ''),
  );
  const [one, ...others] = near;
  if (!one) return { published, remarks: [] };
  const there = one.published ?? '';
  if (
    others.length > 0 ||
    contradicts(one, bundle) ||
    beside.some((date) => mayBeOneDate(date, there)) ||
    beside.some((date) => mayBeOneDate(date, published))
  ) {
    const which = near.map((known) => `${known.code} (published ${known.published})`).join(', ');
    const remark = `this may be an inspection that is loaded already, ${which}: that can't be told, and each is kept. Give its date as exactly as the tables before did`;
    return { published, remarks: [remark] };
  }
  const isMoreExact = published.length > there.length;
  const becomes = isMoreExact ? 'which is dated more exactly here' : 'whose more exact date stays';
  return {
    known: one,
    published: isMoreExact ? published : there,
    addsNothing: !isMoreExact && addsNothing(one, bundle),
    remarks: [`this is the inspection that was loaded as published ${there}, ${becomes}`],
  };
}

function contradicts(known: KnownInspection, { inspection, dates }: Published): boolean {
  const [there, here] = [known.fieldworkStart, dates.fieldworkStart];
  return (
    differences(known, inspection).length > 0 ||
    (there !== null && here !== null && there.slice(0, 7) !== here.slice(0, 7))
  );
}

/** Whether all that a bundle says is known; what it says otherwise is not looked at. */
const addsNothing = (known: KnownInspection, { inspection, dates }: Published): boolean =>
  (dates.fieldworkStart === null || known.fieldworkStart !== null) &&
  [...saidRatings(inspection).keys()].every((code) => knownRating(known, code) !== undefined);
