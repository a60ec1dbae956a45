import type { Problem } from '../problem.js';
import { notLoaded, type OpenBundle } from './bundle/bundle.js';
import { ratingsOf } from './inspection/ratings-of.js';
import { inspectionRows, inspectionTables } from './inspection/rows.js';
import {
  answerStatements,
  deleteInspection,
  insertStatement,
  keyOf,
  newKey,
  removeSuperseded,
} from './inspection/write.js';
import type { Loaded } from './load.js';
import { contentHash, isKept, newestLoad, type Origin, queueFor, recordLoads } from './record.js';
import { renew } from './renew.js';
import { resolve, type Session, type SoundBundle, settle } from './session.js';

/** What tells an inspection from others: loads of the same subject are loads of one inspection. */
export const subjectOf = (
  { serviceId }: { serviceId: number | string },
  { dates }: Pick<SoundBundle, 'dates'>,
): string => `service ${serviceId}, ${dates.fieldworkStart}`;

/**
 * Writes an inspection in which nothing was found to be wrong, unless it is there already; one of the same subject is
 * replaced whole and keeps its key. Throws a UserError when its service turns out to be another's by now.
 */
export async function loadInspection(
  session: Session,
  bundle: SoundBundle,
  { origin, dryRun = false }: { origin: Origin; dryRun?: boolean },
): Promise<Loaded> {
  const { trx } = session;
  // Another loader, or a bundle before this one, may have added the service meanwhile.
  const resolution = await resolve(session, bundle);
  if ('problem' in resolution) throw notLoaded(bundle.name, [resolution.problem]);
  const service = await settle(session, resolution);
  const subject = subjectOf(service, bundle);
  await queueFor(trx, 'inspection', subject);
  const newest = await newestLoad(trx, 'inspection', subject);
  const loaded = { kind: 'inspection' as const, subject, name: bundle.name, notices: bundle.notices };
  if (isKept(newest, contentHash(bundle.files), origin)) return { ...loaded, outcome: 'unchanged' };

  const key = await keyOf(trx, service, bundle.dates.fieldworkStart);
  const before = key === undefined ? [] : await ratingsOf(trx, key);
  const notices = [...bundle.notices];
  if (key !== undefined) {
    const gone = await deleteInspection(trx, key);
    if (gone > 0 && answersOf(bundle) === 0) {
      const message = `the ${gone} case answers that were loaded for this inspection are gone: the bundle has none`;
      notices.push({ file: bundle.yaml.file, message });
    }
  }
  const inspectionId = key ?? (await newKey(trx));
  const rows = inspectionRows(bundle, { inspectionId, service });
  // All are sent before the first is done: the server need not wait for the next.
  await Promise.all(
    [insertStatement(inspectionTables, rows), ...answerStatements(inspectionId, bundle.sheets)].map(
      (statement) => statement.execute(trx),
    ),
  );
  await removeSuperseded(trx, [inspectionId]);
  const [loadId] = await recordLoads(trx, [
    { kind: 'inspection', subject, origin, files: bundle.records, inspectionId, before },
  ]);
  await renew(trx, new Map([[inspectionId, loadId as number]]));
  return {
    ...loaded,
    notices,
    outcome: newest ? 'replaced' : 'loaded',
    answers: answersOf(bundle),
    ...(dryRun && { ratings: { before, after: await ratingsOf(trx, inspectionId) } }),
  };
}

/** How many answers a bundle has. */
export const answersOf = ({ sheets }: SoundBundle): number =>
  sheets.reduce((sum, { answers }) => sum + answers, 0);

/** Refuses two bundles of one call that are about the same inspection and differ. */
export class Twins {
  readonly #known = new Map<string, { name: string; hash: string }>();

  /** Throws a UserError when a bundle is another's twin. */
  refuse(bundle: SoundBundle): void {
    const { resolution, dates } = bundle;
    const service = 'found' in resolution ? resolution.found.serviceId : resolution.add.area.toLowerCase();
    this.#meet(subjectOf({ serviceId: service }, { dates }), bundle, (message) =>
      bundle.yaml.problem(['report'], message),
    );
  }

  /** The same of a bundle that is loaded already, and was not read. */
  refuseKnown({ subject }: Loaded, opened: OpenBundle): void {
    this.#meet(subject, opened, (message) => ({ file: opened.source.record.file, message }));
  }

  #meet(
    subject: string,
    { name, files }: Pick<OpenBundle, 'name' | 'files'>,
    at: (message: string) => Problem,
  ) {
    const hash = contentHash(files);
    const twin = this.#known.get(subject);
    if (twin && twin.hash !== hash) {
      const message = `is about the same inspection as ${twin.name} (service and first day of fieldwork), and says otherwise: leave one`;
      throw notLoaded(name, [at(message)]);
    }
    this.#known.set(subject, { name, hash });
  }
}
