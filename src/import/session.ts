import type { Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { editionOf } from '../framework/edition-of.js';
import type { Framework } from '../framework/framework.js';
import { readFrameworks } from '../framework/read-frameworks.js';
import type { Problem } from '../problem.js';
import { spoken } from '../services/spoken.js';
import { didYouMean, listed } from '../words/nearest.js';
import { type Bundle, notLoaded, type OpenBundle } from './bundle/bundle.js';
import { inspectionDates } from './bundle/dates.js';
import { type ExaminedBundle, examine } from './bundle/examine.js';
import { contentHash, type KnownLoad, type Loaded, lastLoadedWith, type Origin } from './record.js';
import {
  type BroughtServices,
  type FoundService,
  type Register,
  type Resolution,
  readRegister,
  readServicesNamed,
  resolveService,
  settleService,
  takeServiceKeys,
} from './register/service.js';

/** What a user allows of bundles. */
export interface Choices {
  /** Whether a service that is in no register may be added. */
  newService?: boolean;
  /** Whether what contradicts itself in a bundle is what its report prints: then it is kept, and shown with both figures. */
  asPrinted?: boolean;
  /** Whether a bundle without case answers may take the place of an inspection that has some: these go. */
  dropAnswers?: boolean;
}

/** How bundles are loaded. */
export interface Way extends Choices {
  origin: Origin;
}

/** What bundles are held against, read once for many: the editions and the services. */
export interface Session {
  trx: Transaction<DB>;
  way: Way;
  /** Undefined until a service has to be found that has not the name that a bundle gives. */
  register: Register | undefined;
  /** What the tables are to have of services before inspections that were received are written. */
  brought: BroughtServices;
  isMany: boolean;
  frameworks: Map<string, Framework>;
  /** The inspections that are loaded, by content; undefined where that is asked for bundle by bundle. */
  known: ReadonlyMap<string, KnownLoad> | undefined;
  /** The bundles that were received, by their subjects. */
  received: Map<string, { name: string; hash: string }>;
}

/** Begins a session in a transaction. For many inspections, the register and what is loaded are read at once. */
export async function beginSession(trx: Transaction<DB>, way: Way, isMany = false): Promise<Session> {
  return {
    ...{ trx, way, isMany },
    register: isMany ? await readRegister(trx) : undefined,
    brought: { services: [], names: [], keys: [] },
    frameworks: new Map(),
    known: isMany ? await lastLoadedWith(trx, 'inspection') : undefined,
    received: new Map(),
  };
}

/** So many keys of services are taken at once by a load of many: what the server writes meanwhile is not waited for. */
const keysAtOnce = 100;

/** A bundle in which nothing is wrong, and its service. */
export type SoundBundle = ExaminedBundle & { service: FoundService };

/** Whether an inspection is told by its publication: one from a table, or one whose report does not say when fieldwork was. */
export const isToldByPublication = ({ dates, isListed }: Pick<SoundBundle, 'dates' | 'isListed'>): boolean =>
  (isListed ?? false) || dates.fieldworkStart === null;

/** What tells an inspection from others: service, and first day of fieldwork or publication. */
export const subjectOf = ({ service: { serviceId }, ...bundle }: SoundBundle): string =>
  isToldByPublication(bundle)
    ? `service ${serviceId}, published ${bundle.inspection.report.published}`
    : `service ${serviceId}, ${bundle.dates.fieldworkStart}`;

/** How many answers a bundle has. */
export const answersOf = ({ sheets }: SoundBundle): number =>
  sheets.reduce((sum, { answers }) => sum + answers, 0);

/**
 * Holds an opened bundle against everything that it refers to; one that is loaded already with the same content, or was received
 * before, is not looked at. Throws a UserError with every problem of it, and when another one is about the same inspection and differs.
 */
export async function receive(session: Session, opened: OpenBundle): Promise<Loaded | SoundBundle> {
  const { name } = opened;
  const hash = contentHash(opened.files);
  const known = session.known ?? (await lastLoadedWith(session.trx, 'inspection', [hash]));
  const loaded = known.get(hash);
  const bundle = loaded ? undefined : await soundInspection(session, opened.read());
  const subject = loaded?.subject ?? subjectOf(bundle as SoundBundle);
  const twin = session.received.get(subject);
  session.received.set(subject, { name, hash });
  if (twin && twin.hash !== hash) {
    const message = `this is about the same inspection as ${twin.name}, and says otherwise: leave one`;
    throw notLoaded(name, [opened.read().yaml.problem([], message)]);
  }
  if (bundle && !twin) return bundle;
  const inspectionId = loaded?.inspectionId ?? undefined;
  return { kind: 'inspection', subject, name, inspectionId, notices: [], outcome: 'unchanged' };
}

/**
 * Holds a bundle against everything that it refers to, and notes a service that is to be added. Throws a UserError with every
 * problem of it.
 */
export async function soundInspection(session: Session, bundle: Bundle): Promise<SoundBundle> {
  // The service's name is looked at even if something else is wrong: everything is said in one go.
  const resolution = bundle.inspection.service === '' ? undefined : await resolve(session, bundle);
  const wrong = [
    ...(resolution && 'problem' in resolution ? [resolution.problem] : []),
    ...(bundle.faults ?? []),
  ];
  const refuse = (problems: Problem[]) => notLoaded(bundle.name, [...wrong, ...problems]);
  if (bundle.faults?.length) throw refuse([]);
  const { edition, notice } = await editionOfBundle(session, bundle);
  const framework = await frameworkOf(session, edition);
  if (!framework) {
    const rows = await session.trx.selectFrom('core.edition').select('edition_code').execute();
    const editions = rows.map((row) => row.edition_code);
    const message = `edition ${edition} is not known${didYouMean(edition, editions)}: ${listed(editions)}. Load its folder (rules.yaml, questions.yaml) first`;
    throw refuse([bundle.yaml.problem(['edition'], message)]);
  }
  const { problems, ...examined } = examine(bundle, framework, session.way);
  const { dates } = examined;
  if (!resolution || 'problem' in resolution || problems.length > 0 || !dates) throw refuse(problems);
  const remark = 'found' in resolution ? resolution.remark : undefined;
  const notices = [
    ...examined.notices,
    ...(notice ? [notice] : []),
    ...(remark === undefined ? [] : [bundle.yaml.problem(['service'], remark)]),
  ];
  if ('found' in resolution && !resolution.learn)
    return { ...examined, dates, notices, service: { ...resolution.found, name: resolution.name } };
  const { brought } = session;
  if ('add' in resolution && brought.keys.length === 0)
    brought.keys = await takeServiceKeys(session.trx, session.isMany ? keysAtOnce : 1);
  const service = settleService(await registerOf(session), brought, resolution);
  return { ...examined, dates, notices, service };
}

/** The edition that a bundle names, or that what it names tells. Throws a UserError when nothing tells it. */
async function editionOfBundle(
  { trx }: Session,
  { name, yaml, inspection }: Bundle,
): Promise<{ edition: string; notice?: Problem }> {
  if (inspection.edition !== undefined) return { edition: String(inspection.edition) };
  const { standard_ratings, judgements, key_questions, prompts, report } = inspection;
  const told = editionOf(await readFrameworks(trx), {
    standards: Object.keys({ ...standard_ratings, ...judgements }).map((code) => ({ code, heading: '' })),
    questions: Object.keys({ ...key_questions, ...prompts }),
    fieldwork: report.fieldwork_from ?? report.fieldwork_month,
    published: report.published === undefined ? undefined : String(report.published),
    advice: 'name it under edition',
  });
  if ('problem' in told) throw notLoaded(name, [yaml.problem([], told.problem)]);
  return { edition: told.edition, notice: yaml.problem([], `edition ${told.edition}, by ${told.by}`) };
}

/**
 * Finds a bundle's service among those that are known now. One is looked up by its name: the whole register, which grows with
 * the programme, is read where that does not find it.
 */
async function resolve(session: Session, bundle: Bundle): Promise<Resolution> {
  const { service, report } = bundle.inspection;
  const within = { day: inspectionDates(report)?.asOf, mayAdd: session.way.newService ?? false };
  if (!session.register) {
    // A name in full, with its kind, is that of the service that has it, whatever else there is.
    const name = typeof service === 'string' ? service : service.name;
    const { full, bare } = spoken(name);
    const named = full === bare ? undefined : await readServicesNamed(session.trx, name);
    if (named && named.services.length > 0) return resolveService(named, bundle, within);
  }
  return resolveService(await registerOf(session), bundle, within);
}

/** The whole register, read once. */
async function registerOf(session: Session): Promise<Register> {
  session.register ??= await readRegister(session.trx);
  return session.register;
}

async function frameworkOf({ trx, frameworks }: Session, edition: string): Promise<Framework | undefined> {
  const known = frameworks.get(edition) ?? (await readFrameworks(trx, [edition])).get(edition);
  if (known) frameworks.set(edition, known);
  return known;
}
