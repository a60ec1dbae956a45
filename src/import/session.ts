import type { Transaction } from 'kysely';
import type { DB } from '../database/schema.js';
import { editionOf } from '../framework/edition-of.js';
import type { Framework } from '../framework/framework.js';
import { readFrameworks } from '../framework/read-frameworks.js';
import { didYouMean, listed } from '../nearest.js';
import { type Problem, UserError } from '../problem.js';
import { spoken } from '../services/spoken.js';
import { type Bundle, notLoaded, type OpenBundle, toBundle } from './bundle/bundle.js';
import { inspectionDates } from './bundle/dates.js';
import { type ExaminedBundle, examine } from './bundle/examine.js';
import {
  type FoundService,
  type Register,
  type Resolution,
  readRegister,
  readServicesNamed,
  resolveService,
  settleService,
} from './register/service.js';

/** What bundles are held against, read once for many: the editions and the services. */
export interface Session {
  trx: Transaction<DB>;
  /** Undefined until a service has to be found that has not the name that a bundle gives. */
  register: Register | undefined;
  frameworks: Map<string, Framework>;
  /** Whether a service that is in no register may be added. */
  newService: boolean;
  /** Whether what contradicts itself in a bundle is what its report prints. */
  asPrinted: boolean;
  /** Whether a bundle without case answers may take the place of an inspection that has some. */
  dropAnswers: boolean;
}

/** Begins a session in a transaction. For many bundles, the register is read at once. */
export async function beginSession(
  trx: Transaction<DB>,
  {
    newService,
    asPrinted = false,
    dropAnswers = false,
    isForMany = false,
  }: { newService: boolean; asPrinted?: boolean; dropAnswers?: boolean; isForMany?: boolean },
): Promise<Session> {
  const register = isForMany ? await readRegister(trx) : undefined;
  return { trx, register, frameworks: new Map(), newService, asPrinted, dropAnswers };
}

/** A bundle in which nothing is wrong. */
export type SoundBundle = ExaminedBundle & { resolution: SoundResolution };
type SoundResolution = Exclude<Resolution, { problem: unknown }>;

/** Holds an opened bundle against everything that it refers to. Throws a UserError with every problem of it. */
export const soundBundle = (session: Session, opened: OpenBundle): Promise<SoundBundle> =>
  soundInspection(session, toBundle(opened));

/** Holds a bundle against everything that it refers to. Throws a UserError with every problem of it. */
export async function soundInspection(session: Session, bundle: Bundle): Promise<SoundBundle> {
  const { edition, notice } = await editionOfBundle(session, bundle);
  const framework = await frameworkOf(session, edition);
  if (!framework) {
    const { trx } = session;
    const rows = await trx.selectFrom('core.edition').select('edition_code').execute();
    const editions = rows.map((row) => row.edition_code);
    const message = `edition ${edition} is not known${didYouMean(edition, editions)}: ${listed(editions)}. Load its folder (rules.yaml, questions.yaml) first`;
    throw notLoaded(bundle.name, [bundle.yaml.problem(['edition'], message)]);
  }
  let examined: ExaminedBundle | UserError;
  try {
    examined = examine(bundle, framework, session);
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    examined = error;
  }
  // That a file can't be read at all is said by the message alone.
  if (examined instanceof UserError && examined.problems.length === 0) throw examined;
  // The service's name is looked at even if something else is wrong: everything is said in one go.
  const resolution = await resolve(session, bundle);
  if (examined instanceof UserError || 'problem' in resolution) {
    const problems = examined instanceof UserError ? examined.problems : [];
    throw notLoaded(bundle.name, 'problem' in resolution ? [...problems, resolution.problem] : problems);
  }
  const remark = 'found' in resolution ? resolution.remark : undefined;
  const notices = [
    ...(notice ? [notice] : []),
    ...(remark === undefined ? [] : [bundle.yaml.problem(['service'], remark)]),
  ];
  return { ...examined, notices: [...examined.notices, ...notices], resolution };
}

/** The edition that a bundle names, or that what it names tells. Throws a UserError when nothing tells it. */
async function editionOfBundle(
  { trx }: Session,
  { name, yaml, inspection }: Bundle,
): Promise<{ edition: string; notice?: Problem }> {
  if (inspection.edition !== undefined) return { edition: String(inspection.edition) };
  const { standard_ratings, judgements, key_questions, prompts, report } = inspection;
  const standards = Object.keys({ ...standard_ratings, ...judgements }).map((code) => ({
    code,
    heading: '',
  }));
  const told = editionOf(await readFrameworks(trx), {
    standards,
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
export async function resolve(
  session: Session,
  bundle: Pick<Bundle, 'inspection' | 'yaml' | 'isListed'>,
): Promise<Resolution> {
  const { trx, newService: mayAdd } = session;
  const { service, report } = bundle.inspection;
  const within = { day: inspectionDates(report)?.asOf, mayAdd };
  if (!session.register) {
    // A name in full, with its kind, is that of the service that has it, whatever else there is.
    const name = typeof service === 'string' ? service : service.name;
    const { full, bare } = spoken(name);
    const named = full === bare ? undefined : await readServicesNamed(trx, name);
    if (named && named.services.services.length > 0) return resolveService(named, bundle, within);
  }
  return resolveService(await registerOf(session), bundle, within);
}

/** Does what a resolution asks for. */
export async function settle(session: Session, resolution: SoundResolution): Promise<FoundService> {
  if ('found' in resolution && !resolution.learn) return { ...resolution.found, name: resolution.name };
  return settleService(session.trx, await registerOf(session), resolution);
}

/** The whole register, read once. */
export async function registerOf(session: Session): Promise<Register> {
  session.register ??= await readRegister(session.trx);
  return session.register;
}

async function frameworkOf({ trx, frameworks }: Session, edition: string): Promise<Framework | undefined> {
  const known = frameworks.get(edition) ?? (await readFrameworks(trx, [edition])).get(edition);
  if (known) frameworks.set(edition, known);
  return known;
}
