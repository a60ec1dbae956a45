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

/** A service of the register, or a local authority that has none yet, with every form under which it is met. */
interface Entry {
  area: string;
  names: string[];
  forms: Set<string>;
}

const kinds: Record<string, string> = {
  YOT: 'Youth Offending Team',
  YOS: 'Youth Offending Service',
  YJS: 'Youth Justice Service',
  YJT: 'Youth Justice Team',
  YJP: 'Youth Justice Partnership',
};

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
  const of =
    found?.area ?? (area ?? first).replace(/\s+(?:YO[ST]|YJ[STP]|youth (?:offending|justice)\b.*)$/i, '');
  // The name is the report's own where the loader knows it, or learns it because it speaks of the area.
  const words = plain(of).split(' ');
  const isKnownName = (one: string) => found?.names.some((name) => plain(name) === plain(one)) ?? false;
  const speaks = (one: string) => words.every((word) => plain(one).split(' ').includes(word));
  const own = names.find(isKnownName) ?? names.find(speaks) ?? found?.names[0];
  const [kind] =
    Object.entries(kinds).find(([short, full]) => (own ?? first).match(`(?:${short}|${full})$`)) ?? [];
  const name = own ?? `${of} ${kinds[kind ?? 'YOT']}`;
  return { name, area: of, ...(kind !== undefined && { kind }), isKnown: found !== undefined };
}

/** A name without its kind, and without the words around a place that say what governs it. */
const bareArea = (name: string) =>
  bare(name).replaceAll(
    /^(?:the )?(?:london |royal )?borough of | (?:(?:city|county|borough) )?council$/g,
    '',
  );

let kept: Entry[] | undefined;

/** The services of the register, then the local authorities. */
function register(): Entry[] {
  const file = (name: string) => parse(readFileSync(dbPath('register', name), 'utf8')) as unknown;
  const entry = (area: string, names: string[], others: string[]): Entry => ({
    ...{ area, names },
    forms: new Set([area, ...names, ...others].flatMap((one) => [plain(one), bareArea(one)])),
  });
  if (!kept) {
    const { services } = file('services.yaml') as { services: { area: string; names: { name: string }[] }[] };
    const { local_authorities: authorities } = file('local-authorities.yaml') as {
      local_authorities: { name: string; other_names?: string[] }[];
    };
    kept = [
      ...services.map(({ area, names }) =>
        entry(
          area,
          names.map(({ name }) => name),
          [],
        ),
      ),
      ...authorities.map(({ name, other_names = [] }) => entry(name, [], other_names)),
    ];
  }
  return kept;
}
