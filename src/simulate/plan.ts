import { inventedPlaces } from './places.js';
import { draws, oneOf, weighted } from './random.js';

/** How large a programme is, and when it begins. */
export interface ProgrammeOptions {
  inspections: number;
  seed: number;
  /** Year of the first fieldwork. */
  firstYear: number;
}

/** An invented service. */
export interface SimulatedService {
  code: string;
  name: string;
  area: string;
  region: string;
  kind: string;
  /** Share of white children among its cases. */
  whiteShare: number;
  visits: Visit[];
}

/** An inspection as planned, before anything is known of it. */
export interface Visit {
  /** ISO date, a Monday. */
  fieldworkFrom: string;
  /** Months from fieldwork to publication. */
  monthsToReport: number;
  /** The service's quality at the time: log-odds beside the programme's mean. */
  quality: number;
}

const regions = ['North Reach', 'East Reach', 'Middle Reach', 'South Reach', 'West March'];
const kinds: Record<string, string> = {
  YOT: 'Youth Offending Team',
  YOS: 'Youth Offending Service',
  YJS: 'Youth Justice Service',
  YJP: 'Youth Justice Partnership',
};
const inspectionsPerService = 4;
const day = 24 * 60 * 60 * 1000;

/** The services of a programme with their visits. Inspection n (from 0) is visit n / services, whole, of service n mod services. */
export function planProgramme(
  { inspections, seed, firstYear }: ProgrammeOptions,
  realNames: readonly string[],
): SimulatedService[] {
  const count = Math.max(1, Math.round(inspections / inspectionsPerService));
  return inventedPlaces(seed, count, realNames).map((area, at) => {
    const visits = Math.ceil((inspections - at) / count);
    return planService(area, { seed, at, visits, firstYear });
  });
}

function planService(
  area: string,
  { seed, at, visits, firstYear }: { seed: number; at: number; visits: number; firstYear: number },
): SimulatedService {
  const random = draws(seed, 'service', at);
  const kind = weighted(random, Object.keys(kinds), [3, 4, 4, 1]);
  const service = {
    code: area.toLowerCase().replaceAll(' ', '-'),
    name: `${area} ${kinds[kind]}`,
    area,
    region: oneOf(random, regions),
    kind,
    whiteShare: 0.45 + 0.5 * random.uniform(),
    visits: [] as Visit[],
  };
  const lasting = 0.5 * within(random.normal(), 1.8);
  let passing = 0.15 * random.normal();
  let monday = firstMonday(firstYear) + 7 * random.whole(0, 77);
  for (let visit = 0; visit < visits; visit++) {
    service.visits.push({
      fieldworkFrom: isoDay(monday),
      monthsToReport: random.whole(3, 6),
      quality: lasting + within(passing, 0.4),
    });
    // About two years: four visits to each service lie within eight years and a half.
    monday += 7 * random.whole(78, 118);
    passing = 0.6 * passing + 0.03 + 0.2 * random.normal();
  }
  return service;
}

const within = (value: number, most: number) => Math.max(-most, Math.min(most, value));

/** Days since 1970 of a year's first Monday. */
function firstMonday(year: number): number {
  const newYear = Date.UTC(year, 0, 1) / day;
  // 1970-01-01 was a Thursday
  return newYear + ((((4 - newYear) % 7) + 7) % 7);
}

const isoDay = (days: number) => new Date(days * day).toISOString().slice(0, 10);

/** An ISO date some days later. */
export const daysLater = (date: string, days: number): string =>
  isoDay(Date.parse(`${date}T00:00:00Z`) / day + days);

/** The month (2021-08) some months after that of an ISO date. */
export function monthsLater(date: string, months: number): string {
  const month = Number(date.slice(0, 4)) * 12 + Number(date.slice(5, 7)) - 1 + months;
  return `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}`;
}
