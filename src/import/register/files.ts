import { readFileSync } from 'node:fs';
import { commonPeriod, overlap, type Period, spanOf } from '../../days.js';
import { didYouMean } from '../../nearest.js';
import { dbPath } from '../../paths.js';
import type { Problem } from '../../problem.js';
import { type CalledService, type Register, registerOf } from '../../services/resolve.js';
import { spoken } from '../../services/spoken.js';
import { refuse } from '../files/refuse.js';
import { shapeOf } from '../files/shape.js';
import { type ValuePath, YamlFile } from '../files/yaml-file.js';

interface Dated {
  from?: string;
  until?: string;
}

/** A local authority, as local-authorities.yaml has it. */
export interface AuthorityEntry extends Dated {
  name: string;
  other_names?: string[];
  ons_code: string;
  dfe_la_code?: string;
  type: string;
  region: string;
  nation: string;
  police_area: string;
}

/** A service, as services.yaml has it. */
export interface ServiceEntry {
  code: string;
  area: string;
  nation?: string;
  region?: string;
  note?: string;
  names?: ({ name: string; kind?: string } & Dated)[];
  aliases?: string[];
  local_authorities: (string | ({ name: string } & Dated))[];
}

/** What services.yaml holds. */
interface ServicesFile {
  services: ServiceEntry[];
  successions: { predecessor: string; successor: string; on: string; note?: string }[];
}

const authoritiesShape = shapeOf('register-local-authorities.schema.json');
const servicesShape = shapeOf('register-services.schema.json');
const refusal = ({ file }: YamlFile) => `${file}: the register is not as it has to be; nothing was loaded.`;

/** A thing that is known by a key for a time, and where in the file it stands. */
interface Holding extends Period {
  key: string;
  at: ValuePath;
  /** Whose it is: what is held twice by one is held once. */
  by?: string;
}

/** What is held twice on one day. */
function heldTwice(yaml: YamlFile, holdings: readonly Holding[]): Problem[] {
  const before = new Map<string, Holding[]>();
  return holdings.flatMap((holding) => {
    const { key, at, by } = holding;
    const others = before.get(key) ?? [];
    before.set(key, [...others, holding]);
    const isTwice = others.some((one) => (by === undefined || one.by !== by) && overlap(one, holding));
    return isTwice ? [yaml.problem(at, `"${key}" stands twice for the same days`)] : [];
  });
}

/** The local authorities of a file. Throws a UserError with every problem of it, but for what the tables refuse. */
export function authoritiesIn(yaml: YamlFile): AuthorityEntry[] {
  refuse(refusal(yaml), authoritiesShape(yaml));
  const { local_authorities } = yaml.data as { local_authorities: AuthorityEntry[] };
  const holdings = local_authorities.flatMap(({ name, other_names = [], ons_code: by, ...entry }, nth) => {
    const at = ['local_authorities', nth];
    const names = [name, ...other_names].map((one) => ({ ...entry, key: spoken(one).full, by, at }));
    return [...names, { key: by, at }];
  });
  refuse(refusal(yaml), heldTwice(yaml, holdings));
  return local_authorities;
}

/**
 * The services of a file, which work for these local authorities. A name leads to one service on a day, whether it is the service's own
 * or its area's, and every authority has a service. Throws a UserError with every problem of it, but for what the tables refuse.
 */
export function servicesIn(yaml: YamlFile, authorities: readonly AuthorityEntry[]): ServicesFile {
  refuse(refusal(yaml), servicesShape(yaml));
  const { services, successions } = yaml.data as ServicesFile;
  const codes = services.map(({ code }) => code);
  const named = new Set(authorities.map(({ name }) => name));
  const works = services.flatMap(({ local_authorities }, at) =>
    local_authorities
      .map(authorityOf)
      .map((one, nth) => ({ ...one, at: ['services', at, 'local_authorities', nth] })),
  );
  const names = services.flatMap(({ code: by, area, names: official = [], aliases = [] }, nth) => {
    const all = [...official, ...[area, ...aliases].map((name) => ({ name }))];
    return all.map(({ name, ...period }) => ({
      ...period,
      key: spoken(name).full,
      by,
      at: ['services', nth],
    }));
  });
  const isServed = ({ name, from, until }: AuthorityEntry) =>
    works.some(
      (one) =>
        one.name === name &&
        overlap(one, { from, until }) &&
        (until !== undefined || one.until === undefined),
    );
  refuse(refusal(yaml), [
    ...heldTwice(
      yaml,
      codes.map((key, nth) => ({ key, at: ['services', nth] })),
    ),
    ...heldTwice(yaml, names),
    ...works
      .filter((one) => !authorities.some(({ name, ...there }) => name === one.name && overlap(there, one)))
      .map(({ at, ...one }) => {
        const what = named.has(one.name)
          ? `was no local authority ${spanOf(one)}`
          : `is no local authority of the register${didYouMean(one.name, named)}`;
        return yaml.problem(at, `"${one.name}" ${what}`);
      }),
    ...authorities
      .filter((one) => !isServed(one))
      .map(({ name }) => yaml.problem(['services'], `no service works for the local authority ${name}`)),
    ...successions.flatMap(({ predecessor, successor }, at) =>
      [predecessor, successor]
        .filter((code) => !codes.includes(code))
        .map((code) =>
          yaml.problem(['successions', at], `"${code}" is no service of this file${didYouMean(code, codes)}`),
        ),
    ),
  ]);
  return { services, successions };
}

/** A service's authority, by name alone or with the time. */
const authorityOf = (one: ServiceEntry['local_authorities'][number]): { name: string } & Dated =>
  typeof one === 'string' ? { name: one } : one;

/** A local authority that a service works for, on the days on which both were there. */
interface WorksFor<Authority> extends Period {
  names: string[];
  authority: Authority;
}

/** A service's authorities: each of a name for the days on which it was there and the service worked for it. */
export function worksFor<Authority extends AuthorityEntry>(
  { local_authorities }: ServiceEntry,
  authorities: readonly Authority[],
): WorksFor<Authority>[] {
  return local_authorities.map(authorityOf).flatMap(({ name, ...period }) =>
    authorities
      .filter((authority) => authority.name === name && overlap(authority, period))
      .map((authority) => ({
        authority,
        names: [authority.name, ...(authority.other_names ?? [])],
        ...commonPeriod(period, authority),
      })),
  );
}

/** A service of the register with the local authorities that it works for. */
interface RegisteredService extends CalledService {
  authorities: WorksFor<AuthorityEntry>[];
}

let bundled: Register<RegisteredService> | undefined;

/** The register that comes with the package, without a database; read once. */
export function bundledRegister(): Register<RegisteredService> {
  if (!bundled) {
    const file = (name: string) =>
      YamlFile.parse(dbPath('register', name), readFileSync(dbPath('register', name), 'utf8'));
    const authorities = authoritiesIn(file('local-authorities.yaml'));
    const { services } = servicesIn(file('services.yaml'), authorities);
    bundled = registerOf(
      services.map((entry) => ({
        code: entry.code,
        area: entry.area,
        names: [...(entry.names ?? []), ...(entry.aliases ?? []).map((name) => ({ name }))],
        authorities: worksFor(entry, authorities),
      })),
    );
  }
  return bundled;
}
