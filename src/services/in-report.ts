import { bundledRegister } from '../import/register/files.js';
import { mayMean, resolve } from './resolve.js';
import { spoken } from './spoken.js';

/** A service as a bundle names it, so that the loader knows it. */
export interface NamedService {
  name: string;
  area: string;
  kind?: string;
  /** Whether the register knows the service, or its area as a local authority. */
  isKnown: boolean;
}

/** Kinds of services as names end with them, in short and in full. */
const kinds: Record<string, string> = {
  YOT: 'Youth Offending Team',
  YOS: 'Youth Offending Service',
  YOP: 'Youth Offending Partnership',
  YJS: 'Youth Justice Service',
  YJT: 'Youth Justice Team',
  YJP: 'Youth Justice Partnership',
};
export const kindWords = Object.entries(kinds).flat().join('|');

/**
 * The service that a report speaks of, as the loader finds it: by every name that the register has for it. `names` are those of the report,
 * the likeliest first, `area` is what its title gives. Undefined where the report gives neither.
 */
export function whichService(names: string[], area: string | undefined): NamedService | undefined {
  const register = bundledRegister();
  const said = area === undefined ? names : [...names, area];
  const [first] = said;
  if (first === undefined) return undefined;
  const [found] = said
    .map((one) => resolve(register, one))
    .flatMap((one) => ('found' in one ? one.found : []));
  const place = found?.area ?? (area ?? first).replace(new RegExp(`\\s+(?:${kindWords})$`, 'i'), '');
  // The name is the report's own where it leads to the service, or speaks of the place.
  const words = spoken(place).bare.split(' ');
  const speaks = (one: string) => words.every((word) => spoken(one).full.split(' ').includes(word));
  const own =
    names.find((one) => found !== undefined && mayMean(register, one, found)) ??
    names.find(speaks) ??
    found?.names[0]?.name;
  const [kind] =
    Object.entries(kinds).find(([short, full]) => (own ?? first).match(`(?:${short}|${full})$`)) ?? [];
  const name = own ?? `${place} ${kinds[kind ?? 'YOT']}`;
  return { name, area: place, ...(kind !== undefined && { kind }), isKnown: found !== undefined };
}
