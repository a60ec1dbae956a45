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

/** A local authority, as local-authorities.yaml has it. */
export interface AuthorityEntry extends Period {
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
  names?: ({ name: string; kind?: string } & Period)[];
  aliases?: string[];
  local_authorities: (string | ({ name: string } & Period))[];
}

/** What services.yaml holds. */
interface ServicesFile {
  services: ServiceEntry[];
  successions: { predecessor: string; successor: string; on: string; note?: string }[];
}

const authoritiesShape = shapeOf('register-local-authorities.schema.json');
const servicesShape = shapeOf('register-services.schema.json');
const refusal = ({ file }: YamlFile) => `${file}: the register is not as it has to be; nothing was loaded.`;

/** Notes a name or a code that stands for two things on one day; what one thing holds twice it holds once. */
function holder(problems: Problem[], yaml: YamlFile) {
  const held: ({ key: string; by: unknown } & Period)[] = [];
  return (key: string, at: ValuePath, by: unknown, period: Period = {}) => {
    if (held.some((one) => one.key === key && one.by !== by && overlap(one, period)))
      problems.push(yaml.problem(at, `"${key}" stands twice for the same days`));
    held.push({ ...period, key, by });
  };
}

/** The local authorities of a file. Throws a UserError with every problem of it, but for what the tables refuse. */
export function authoritiesIn(yaml: YamlFile): AuthorityEntry[] {
  refuse(refusal(yaml), authoritiesShape(yaml));
  const { local_authorities } = yaml.data as { local_authorities: AuthorityEntry[] };
  const problems: Problem[] = [];
  const hold = holder(problems, yaml);
  for (const [nth, entry] of local_authorities.entries()) {
    const at = ['local_authorities', nth];
    hold(entry.ons_code, at, entry);
    for (const name of [entry.name, ...(entry.other_names ?? [])])
      hold(spoken(name).full, at, entry.ons_code, entry);
  }
  refuse(refusal(yaml), problems);
  return local_authorities;
}

/**
 * The services of a file, which work for these local authorities. A name leads to one service on a day, whether it is the service's own
 * or its area's. Throws a UserError with every problem of it, but for what the tables refuse.
 */
export function servicesIn(yaml: YamlFile, authorities: readonly AuthorityEntry[]): ServicesFile {
  refuse(refusal(yaml), servicesShape(yaml));
  const { services, successions } = yaml.data as ServicesFile;
  const problems: Problem[] = [];
  const [hold, holdCode] = [holder(problems, yaml), holder(problems, yaml)];
  const unknown = (at: ValuePath, name: string, what: string, known: string[]) =>
    problems.push(yaml.problem(at, `"${name}" is no ${what}${didYouMean(name, known)}`));
  for (const [nth, service] of services.entries()) {
    const { code, area, names = [], aliases = [], local_authorities } = service;
    const at = ['services', nth];
    holdCode(code, at, service);
    for (const { name, ...period } of [...names, ...[area, ...aliases].map((name) => ({ name }))])
      hold(spoken(name).full, at, code, period);
    for (const [place, one] of local_authorities.entries()) {
      if (worksFor({ local_authorities: [one] }, authorities).length > 0) continue;
      const { name, ...period } = authorityOf(one);
      const what = ['local authority of the register', spanOf(period)].filter(Boolean).join(' ');
      const known = authorities.map((authority) => authority.name);
      unknown([...at, 'local_authorities', place], name, what, known);
    }
  }
  const codes = services.map(({ code }) => code);
  for (const [at, { predecessor, successor }] of successions.entries())
    for (const code of [predecessor, successor])
      if (!codes.includes(code)) unknown(['successions', at], code, 'service of this file', codes);
  refuse(refusal(yaml), problems);
  return { services, successions };
}

/** A service's authority, by name alone or with the time. */
const authorityOf = (one: ServiceEntry['local_authorities'][number]): { name: string } & Period =>
  typeof one === 'string' ? { name: one } : one;

/** A local authority that a service works for, on the days on which both were there. */
interface WorksFor<Authority> extends Period {
  names: string[];
  authority: Authority;
}

/** A service's authorities: each of a name for the days on which it was there and the service worked for it. */
export function worksFor<Authority extends AuthorityEntry>(
  { local_authorities }: Pick<ServiceEntry, 'local_authorities'>,
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

function readBundled(): Register<RegisteredService> {
  const file = (name: string) =>
    YamlFile.parse(dbPath('register', name), readFileSync(dbPath('register', name), 'utf8'));
  const authorities = authoritiesIn(file('local-authorities.yaml'));
  const { services } = servicesIn(file('services.yaml'), authorities);
  return registerOf(
    services.map((entry) => ({
      ...{ code: entry.code, area: entry.area, authorities: worksFor(entry, authorities) },
      names: [...(entry.names ?? []), ...(entry.aliases ?? []).map((name) => ({ name }))],
    })),
  );
}

let bundled: Register<RegisteredService> | undefined;

/** The register that comes with the package, without a database; read once. */
export function bundledRegister(): Register<RegisteredService> {
  bundled ??= readBundled();
  return bundled;
}
