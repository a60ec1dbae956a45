import { readFileSync } from 'node:fs';
import { commonPeriod, overlap, type Period, spanOf } from '../../days.js';
import { dbPath } from '../../disk/paths.js';
import { type CalledService, type Register, registerOf } from '../../services/resolve.js';
import { claimsOn } from '../files/claims.js';
import type { AuthoritiesFile, ServicesFile } from '../files/file-schema.js';
import { refuse } from '../files/refuse.js';
import { shapeOf } from '../files/shape.js';
import { YamlFile } from '../files/yaml-file.js';

interface AuthorityEntry extends Omit<AuthoritiesFile['local_authorities'][number], keyof Period>, Period {}
type ServiceEntry = ServicesFile['services'][number];

/** A service of the register, with its names of either usage, and each local authority for the days on which both were there. */
interface RegisteredService extends CalledService, Pick<ServiceEntry, 'nation' | 'region' | 'note'> {
  names: ({ name: string; usage: 'official' | 'alias'; kind?: string } & Period)[];
  authorities: ({ names: string[] } & AuthorityEntry)[];
}

/** The register as one document, which rating.write_register writes. */
export interface RegisterDocument extends AuthoritiesFile, Pick<ServicesFile, 'successions'> {
  services: RegisteredService[];
}

/** The files of the register. */
export const registerFiles = [
  dbPath('register', 'local-authorities.yaml'),
  dbPath('register', 'services.yaml'),
] as const;

const checkAuthorities = shapeOf('register-local-authorities.schema.json');
const checkServices = shapeOf('register-services.schema.json');

/**
 * The register that its two files say. Throws a UserError where a file has not its shape, or names a local authority or a service that
 * is not there; the files come with the package, and what else may be wrong is left to the tables' constraints.
 */
export function registerIn(first: YamlFile, second: YamlFile): RegisterDocument {
  const message = 'The register is not as it has to be; nothing was loaded.';
  refuse(message, [...checkAuthorities(first), ...checkServices(second)]);
  const { local_authorities } = first.data as AuthoritiesFile;
  const file = second.data as ServicesFile;
  const { known, problems } = claimsOn(second);
  const codes = file.services.map(({ code }) => code);
  for (const [nth, service] of file.services.entries())
    for (const [place, own] of service.local_authorities.map(withTime).entries()) {
      const there = local_authorities.filter((one) => overlap(one, own)).map(({ name }) => name);
      const what = ['local authority of the register', spanOf(own)].filter(Boolean).join(' ');
      known(['services', nth, 'local_authorities', place], what, [own.name], there);
    }
  for (const [nth, { predecessor, successor }] of file.successions.entries())
    known(['successions', nth], 'service of this file', [predecessor, successor], codes);
  refuse(message, problems());
  const services = file.services.map(
    ({ names = [], aliases = [], local_authorities: own, ...entry }): RegisteredService => ({
      ...entry,
      names: [
        ...names.map((one) => ({ ...one, usage: 'official' as const })),
        ...aliases.map((name) => ({ name, usage: 'alias' as const })),
      ],
      authorities: own.map(withTime).flatMap((one) => worksFor(one, local_authorities)),
    }),
  );
  return { ...file, local_authorities, services };
}

const withTime = (one: ServiceEntry['local_authorities'][number]): { name: string } & Period =>
  typeof one === 'string' ? { name: one } : one;

/** The authorities of a name that a service works for: each for the days on which it was there and the service worked for it. */
const worksFor = (
  { name, ...period }: { name: string } & Period,
  authorities: readonly AuthorityEntry[],
): RegisteredService['authorities'] =>
  authorities
    .filter((authority) => authority.name === name && overlap(authority, period))
    .map((authority) => ({
      ...authority,
      names: [authority.name, ...(authority.other_names ?? [])],
      ...commonPeriod(period, authority),
    }));

let bundled: Register<RegisteredService> | undefined;

/** The register that comes with the package, without a database; read once. */
export function bundledRegister(): Register<RegisteredService> {
  const open = (file: string) => YamlFile.parse(file, readFileSync(file, 'utf8'));
  bundled ??= registerOf(registerIn(open(registerFiles[0]), open(registerFiles[1])).services);
  return bundled;
}
