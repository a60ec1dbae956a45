import { readFileSync } from 'node:fs';
import { commonPeriod, overlap, type Period } from '../../days.js';
import { dbPath } from '../../paths.js';
import { type CalledService, type Register, registerOf } from '../../services/resolve.js';
import { YamlFile } from '../files/yaml-file.js';
import { authoritiesIn, servicesIn } from './check-register.js';
import { type AuthorityEntry, authorityOf, type ServiceEntry, type ServicesFile } from './entries.js';

/** A service of the register with the local authorities that it works for. */
export interface RegisteredService extends CalledService {
  entry: ServiceEntry;
  authorities: WorksFor<AuthorityEntry>[];
}

/** A local authority that a service works for, on the days on which both were there. */
export interface WorksFor<Authority> extends Period {
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

/** Makes a register of what the files hold. */
export const registerOfFiles = (
  { services }: ServicesFile,
  authorities: readonly AuthorityEntry[],
): Register<RegisteredService> =>
  registerOf(
    services.map((entry) => ({
      entry,
      code: entry.code,
      area: entry.area,
      names: [...(entry.names ?? []), ...(entry.aliases ?? []).map((name) => ({ name }))],
      authorities: worksFor(entry, authorities),
    })),
  );

let bundled: Register<RegisteredService> | undefined;

/** The register that comes with the package, without a database; read once. */
export function bundledRegister(): Register<RegisteredService> {
  if (!bundled) {
    const file = (name: string) =>
      YamlFile.parse(dbPath('register', name), readFileSync(dbPath('register', name), 'utf8'));
    const authorities = authoritiesIn(file('local-authorities.yaml'));
    bundled = registerOfFiles(servicesIn(file('services.yaml'), authorities), authorities);
  }
  return bundled;
}
