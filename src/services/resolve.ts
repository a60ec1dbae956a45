import { holdsOn, mayHoldOn, type Period } from '../days.js';
import { groupBy } from '../group-by.js';
import { stepsTo } from '../words/nearest.js';
import { type Spoken, spoken } from './spoken.js';

/** A service with everything by which it may be called. */
export interface CalledService {
  code: string;
  area: string;
  names: ({ name: string } & Period)[];
  /** The local authorities that it works or worked for, each with all of its names. */
  authorities: readonly ({ names: readonly string[] } & Period)[];
}

/** By what a name leads to a service, the surest first. */
const leads = ['own name', 'area', 'authority'] as const;
type Lead = (typeof leads)[number];

/** One name that leads to a service. */
interface Claim<Service> {
  service: Service;
  by: Lead;
  name: string;
  spoken: Spoken;
  period: Period;
}

/** Services by the names that lead to them. */
export interface Register<Service extends CalledService = CalledService> {
  readonly services: Service[];
  readonly claims: Map<string, Claim<Service>[]>;
}

/** What a name leads to on a day: a service; several, of which one has to be named; or none, with what comes near, nearest first. */
export type Resolved<Service> =
  | {
      found: Service;
      /** What its owner may not expect of the way in which the name led there. */
      remark: string | undefined;
      /** Whether it may have been so on that day. */
      held: boolean;
    }
  | { several: Service[] }
  | { nearest: { name: string; service: Service }[] };

/** Makes the register of services. */
export function registerOf<Service extends CalledService>(services: readonly Service[]): Register<Service> {
  const register: Register<Service> = { services: [], claims: new Map() };
  for (const service of services) enter(register, service);
  return register;
}

/** Enters a service with all of its names. */
export function enter<Service extends CalledService>(register: Register<Service>, service: Service): void {
  register.services.push(service);
  for (const claim of claimsOf(service)) enterClaim(register, claim);
}

/** Enters one more name of a service that is in a register. */
export function enterName<Service extends CalledService>(
  register: Register<Service>,
  service: Service,
  name: string,
): void {
  service.names.push({ name });
  enterClaim(register, { service, by: 'own name', name, spoken: spoken(name), period: {} });
}

function enterClaim<Service extends CalledService>(
  { claims }: Register<Service>,
  claim: Claim<Service>,
): void {
  // Of a name that is asked for, the words of a council may be left off; of a known one they may not: London is not the City.
  const same = claims.get(claim.spoken.bare);
  if (same) same.push(claim);
  else claims.set(claim.spoken.bare, [claim]);
}

function claimsOf<Service extends CalledService>(service: Service): Claim<Service>[] {
  const claim = (by: Lead, name: string, period: Period) => ({
    service,
    by,
    name,
    spoken: spoken(name),
    period,
  });
  return [
    claim('area', service.area, {}),
    ...service.names.map(({ name, ...period }) => claim('own name', name, period)),
    claim('area', service.code, {}),
    ...service.authorities.flatMap(({ names, ...period }) =>
      names.map((name) => claim('authority', name, period)),
    ),
  ];
}

/** Whether a service is known to have worked for nobody on a day. One of which no authority is known may always have been there. */
const wasThere = ({ authorities }: CalledService, day: string, holds: typeof holdsOn): boolean =>
  authorities.length === 0 || authorities.some((period) => holds(period, day));

/**
 * The service that a name means on a day; on any, without one. A name in full, with its kind ("Barnet YOS"), is that of the service
 * which has or had it. What names a place only is the service that was there on the day: by its own name, by its area, by a local
 * authority that it worked for; else one of another day. A name that is only like another leads to none.
 */
export function resolve<Service extends CalledService>(
  { claims, services }: Readonly<Register<Service>>,
  name: string,
  day?: string,
): Resolved<Service> {
  const wanted = spoken(name);
  const fitting = claimsOn(claims, wanted);
  const held = (holds: typeof holdsOn) => (claim: Claim<Service>) =>
    day === undefined || (holds(claim.period, day) && wasThere(claim.service, day, holds));
  const isThere = held(holdsOn);
  // A name in full goes before all that is like it; then who was there on the day before who was not, and each by what leads there.
  const levelOf = (claim: Claim<Service>): number => {
    const isInFull = claim.spoken.full === wanted.full && wanted.full !== wanted.bare;
    if (isInFull && claim.by === 'own name') return isThere(claim) ? 0 : 1;
    return (isThere(claim) ? 2 : 2 + leads.length) + leads.indexOf(claim.by);
  };
  const surest = Math.min(...fitting.map(levelOf));
  const level = fitting.filter((claim) => levelOf(claim) === surest);
  // Those that are called just so, with its kind, where some are.
  const same = level.filter((claim) => claim.spoken.full === wanted.full);
  const [found, ...others] = new Set((same.length > 0 ? same : level).map(({ service }) => service));
  if (!found)
    return {
      // every name is held against it, which whoever adds a service has no use for
      get nearest() {
        return nearest(services, wanted);
      },
    };
  if (others.length > 0) return { several: [found, ...others] };
  const isHeld = level.some((claim) => claim.service === found && held(mayHoldOn)(claim));
  // A county ends, and its service goes on.
  const councils = fitting.filter(
    ({ by, service }) => by === 'authority' && service === found && wanted.places.at(-1) !== wanted.bare,
  );
  const isCouncilGone = councils.length > 0 && !councils.some(held(mayHoldOn));
  const taken = `it is taken to be the service of ${found.area}`;
  let remark: string | undefined;
  if (level[0]?.by === 'authority')
    remark = `"${name}" is the name of a local authority: ${taken}, which ${isHeld ? 'worked' : 'did not work'} for it on ${day}`;
  else if (!isHeld) remark = `"${name}" is not the name of a service on ${day}: ${taken}`;
  else if (isCouncilGone) remark = `"${name}" is not the name of a local authority on ${day}: ${taken}`;
  return { found, held: isHeld, remark: day === undefined ? undefined : remark };
}

/** What a name may mean, with as much of it as there is something for. */
function claimsOn<Service extends CalledService>(
  claims: Register<Service>['claims'],
  { places }: Spoken,
): readonly Claim<Service>[] {
  const place = places.find((one) => one !== '' && claims.has(one));
  return place === undefined ? [] : (claims.get(place) ?? []);
}

/** Whether a name may mean a service, whatever the day. */
export const mayMean = <Service extends CalledService>(
  { claims }: Register<Service>,
  name: string,
  service: Service,
): boolean => claimsOn(claims, spoken(name)).some((claim) => claim.service === service);

/** Services with a name, or a word of their area's, that few changed letters turn into what was asked for, nearest first. */
function nearest<Service extends CalledService>(
  services: readonly Service[],
  { full, places }: Spoken,
): { name: string; service: Service }[] {
  const place = places.at(-1) ?? '';
  const near = services.flatMap((service) => [
    ...claimsOf(service).map(({ name, spoken }) => ({
      ...{ name, service },
      steps: Math.min(stepsTo(full, spoken.full), stepsTo(place, spoken.bare)),
    })),
    ...spoken(service.area)
      .bare.split(' ')
      .map((word) => ({ name: service.area, service, steps: stepsTo(place, word) })),
  ]);
  const inOrder = near.filter(({ steps }) => steps < Infinity).sort((a, b) => a.steps - b.steps);
  return [...groupBy(inOrder, ({ service }) => service).values()].flatMap(([first]) => first ?? []);
}

/** The services that a part of a name may mean: by their own names and areas, else by those of local authorities. */
export function servicesWith<Service extends CalledService>(
  { services }: Register<Service>,
  part: string,
): Service[] {
  const wanted = spoken(part);
  const place = wanted.places.at(-1) ?? '';
  // "Wigan Youth" is a part of a name in full, "gan YOS" one of a name without its kind.
  const isPart = ({ full, bare }: Spoken) =>
    place !== '' && (full.includes(wanted.full) || bare.includes(place));
  const having = (isAuthority: boolean) =>
    services.filter((service) =>
      claimsOf(service).some((claim) => (claim.by === 'authority') === isAuthority && isPart(claim.spoken)),
    );
  const own = having(false);
  return own.length > 0 ? own : having(true);
}
