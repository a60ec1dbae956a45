import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { bare, plain } from '../names.js';
import { dbPath } from '../paths.js';

/** How a report speaks of its service: names, the likeliest first, and the area that its title gives. */
export interface SaidOfService {
  names: string[];
  area?: string;
}

/** A service as a bundle names it, so that the loader knows it. */
export interface NamedService {
  name: string;
  area: string;
  kind?: string;
  /** Whether the register knows the service, or its area as a local authority. */
  isKnown: boolean;
}

interface Entry {
  area: string;
  /** Its own names and aliases; none of a local authority without a service of its own yet. */
  names: { name: string; kind?: string }[];
  /** Every form under which it is met, as names are compared. */
  forms: Set<string>;
}

/**
 * The service that a report speaks of, by every name and alias that the register has, else by a local authority's. Undefined where the
 * report gives neither a name nor an area.
 */
export function whichService({ names, area }: SaidOfService): NamedService | undefined {
  const said = area === undefined ? names : [...names, area];
  const [first] = said;
  if (first === undefined) return undefined;
  const entries = register();
  const found =
    entries.find(({ forms }) => said.some((one) => forms.has(plain(one)))) ??
    entries.find(({ forms }) => said.some((one) => forms.has(bareArea(one))));
  const isKnown = found !== undefined;
  const of = found?.area ?? withoutKind(area ?? first);
  // The name is the report's own where the loader knows it, or learns it because it speaks of the area.
  const words = plain(of).split(' ');
  const speaks = (one: string) => words.every((word) => plain(one).split(' ').includes(word));
  const known = names.find((one) => found?.names.some(({ name }) => plain(name) === plain(one)));
  const own = known ?? names.find(speaks) ?? found?.names[0]?.name;
  const kind = kindOf(own ?? first);
  const name = own ?? `${of} ${fullKind[kind ?? 'YOT']}`;
  return { name, area: of, ...(kind && { kind }), isKnown };
}

const fullKind: Record<string, string> = {
  YOT: 'Youth Offending Team',
  YOS: 'Youth Offending Service',
  YJS: 'Youth Justice Service',
  YJT: 'Youth Justice Team',
  YJP: 'Youth Justice Partnership',
};

/** "YOS" of "Barnet Youth Offending Service" and of "Barnet YOS". */
function kindOf(name: string): string | undefined {
  const found = Object.entries(fullKind).find(
    ([short, full]) => name.toLowerCase().endsWith(full.toLowerCase()) || name.endsWith(short),
  );
  return found?.[0];
}

const withoutKind = (name: string) =>
  name.replace(/\s+(?:YO[ST]|YJ[STP]|youth (?:offending|justice)(?: (?:service|team|partnership)s?)?)$/i, '');

/** A name without its kind, and without the words around a place that say what governs it. */
const bareArea = (name: string) =>
  bare(name).replaceAll(
    /^(?:the )?(?:london |royal )?borough of | (?:(?:city|county|borough) )?council$/g,
    '',
  );

let kept: Entry[] | undefined;

/** The services of the register, then the local authorities. */
function register(): Entry[] {
  kept ??= readRegister();
  return kept;
}

interface Services {
  services: { area: string; names: { name: string; kind?: string }[] }[];
}
interface Authorities {
  local_authorities: { name: string; other_names?: string[] }[];
}

function readRegister(): Entry[] {
  const file = (name: string) => parse(readFileSync(dbPath('register', name), 'utf8')) as unknown;
  const { services } = file('services.yaml') as Services;
  const { local_authorities: authorities } = file('local-authorities.yaml') as Authorities;
  const formsOf = (names: string[]) => new Set(names.flatMap((one) => [plain(one), bareArea(one)]));
  return [
    ...services.map(({ area, names }) => ({
      ...{ area, names, forms: formsOf([area, ...names.map(({ name }) => name)]) },
    })),
    ...authorities.map(({ name, other_names = [] }) => ({
      ...{ area: name, names: [], forms: formsOf([name, ...other_names]) },
    })),
  ];
}
