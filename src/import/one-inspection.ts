import { notLoaded } from './bundle/bundle.js';
import { keepListed } from './inspection/listed.js';
import { ratingsOf } from './inspection/ratings-of.js';
import { inspectionRows, rowStatements } from './inspection/rows.js';
import { answerStatements, deleteInspection, newKey, removeSuperseded } from './inspection/write.js';
import type { Loaded } from './load.js';
import { placeOf, subjectOf } from './place.js';
import { contentHash, isKept, newestLoad, type Origin, recordLoads } from './record.js';
import { renew } from './renew.js';
import { resolve, type Session, type SoundBundle, settle } from './session.js';

/**
 * Writes an inspection in which nothing was found to be wrong, unless it is there already; one of the same subject is
 * replaced whole and keeps its key. It is counted and rated then, unless the caller has it done for many at once: then its key and its
 * load's are put into `unrated`. Throws a UserError when its service turns out to be another's by now.
 */
export async function loadInspection(
  session: Session,
  given: SoundBundle,
  { origin, dryRun = false, unrated }: { origin: Origin; dryRun?: boolean; unrated?: Map<number, number> },
): Promise<Loaded> {
  const { trx } = session;
  // Another loader, or a bundle before this one, may have added the service meanwhile.
  const resolution = await resolve(session, given);
  if ('problem' in resolution) throw notLoaded(given.name, [resolution.problem]);
  const service = await settle(session, resolution);
  const place = await placeOf(trx, service, given);
  const loaded = { kind: 'inspection' as const, name: given.name };
  const remarked = (remarks: string[]) => [
    ...given.notices,
    ...remarks.map((remark) => given.yaml.problem(['report'], remark)),
  ];
  if ('better' in place) {
    const { inspectionId } = place.better;
    // The report wins; what a table says beside it is kept, to hold the two against each other.
    if (given.isListed) await keepListed(trx, inspectionId, given.inspection);
    const notices = remarked(place.remarks);
    return { ...loaded, subject: subjectOf(service, given), outcome: 'known better', inspectionId, notices };
  }
  const { bundle, subject, code, key } = place;
  const notices = remarked(place.remarks);
  const newest = await newestLoad(trx, 'inspection', subject);
  if (place.isKnown || isKept(newest, contentHash(bundle.files), origin))
    return { ...loaded, subject, notices, outcome: 'unchanged', ...(key && { inspectionId: key }) };

  const before = key === undefined ? [] : await ratingsOf(trx, key);
  if (key !== undefined) {
    const gone = await deleteInspection(trx, key);
    if (gone > 0 && answersOf(bundle) === 0) {
      const message = `the ${gone} case answers that were loaded for this inspection are gone: the bundle has none`;
      notices.push({ file: bundle.yaml.file, message });
    }
  }
  const inspectionId = key ?? (await newKey(trx));
  const rows = inspectionRows(bundle, { inspectionId, service, code });
  // All are sent before the first is done: the server need not wait for the next.
  await Promise.all(
    [...rowStatements(rows), ...answerStatements(inspectionId, bundle.sheets)].map((statement) =>
      statement.execute(trx),
    ),
  );
  await removeSuperseded(trx, [inspectionId]);
  const [loadId] = await recordLoads(trx, [
    {
      ...{ kind: 'inspection', subject, origin, files: bundle.records, inspectionId, before },
      ...(bundle.isListed && {
        content: contentHash(bundle.files),
        before: before.filter(({ rating, score }) => rating !== null || score !== null),
        remarks: notices,
      }),
    },
  ]);
  if (unrated) unrated.set(inspectionId, loadId as number);
  else await renew(trx, new Map([[inspectionId, loadId as number]]));
  return {
    ...loaded,
    subject,
    inspectionId,
    notices,
    outcome: newest || (bundle.isListed && key !== undefined) ? 'replaced' : 'loaded',
    answers: answersOf(bundle),
    ...(dryRun && { ratings: { before, after: await ratingsOf(trx, inspectionId) } }),
  };
}

/** How many answers a bundle has. */
export const answersOf = ({ sheets }: SoundBundle): number =>
  sheets.reduce((sum, { answers }) => sum + answers, 0);
