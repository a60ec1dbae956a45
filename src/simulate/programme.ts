import type { InspectionFile } from '../import/bundle/inspection-file.js';
import { type AskedQuestion, askedQuestions, drawAnswers, type SimulatedAnswer } from './answers.js';
import { drawCases, type SimulatedCase, sampleEntry, sampleSizes } from './cases.js';
import { editionOf, type Material, simulationWords } from './material.js';
import { draws, oneOf, weighted } from './random.js';
import { printedRatings } from './ratings.js';

export interface SimulatedInspection {
  /** Name of its bundle's folder. */
  name: string;
  service: string;
  file: InspectionFile;
  /** The questions that its edition asks of cases, in order. */
  questions: readonly AskedQuestion[];
  /** Columns of cases.csv: what kinds of case are called, and the attributes. */
  kindOfCase: string;
  attributes: readonly string[];
  cases: readonly SimulatedCase[];
  /** By case, then by question. */
  answers: readonly SimulatedAnswer[][];
}

/**
 * Makes the inspections of an invented programme, one at a time. Pure: the same material and options give the same
 * inspections, and each has a stream of random numbers of its own.
 */
export function* simulateProgramme(
  material: Material,
  options: ProgrammeOptions,
): Generator<SimulatedInspection, void, undefined> {
  const services = planProgramme(options, material.realNames);
  for (let number = 0; number < options.inspections; number++) {
    const service = services[number % services.length] as SimulatedService;
    const visit = service.visits[Math.floor(number / services.length)] as Visit;
    yield inspect(material, { service, visit, number, seed: options.seed });
  }
}

function inspect(
  material: Material,
  { service, visit, number, seed }: { service: SimulatedService; visit: Visit; number: number; seed: number },
): SimulatedInspection {
  const { code, name, area, region, kind, whiteShare } = service;
  const { fieldworkFrom, monthsToReport, quality } = visit;
  const published = monthsLater(fieldworkFrom, monthsToReport);
  const framework = editionOf(material.editions, `${published}-01`);
  const random = draws(seed, 'bundle', number);
  const sizes = sampleSizes(random, framework);
  const cases = drawCases(random, sizes, { framework, whiteShare });
  const samples: InspectionFile['samples'] = {};
  for (const name of framework.samples.keys())
    samples[name] = sampleEntry(
      random,
      cases.filter((one) => one.sample === name),
    );
  const questions = askedQuestions(framework, fieldworkFrom, seed);
  const answers = drawAnswers(random, questions, cases, quality);
  const inspected = { fieldworkFrom, quality, sizes, questions, cases, answers };
  const file: InspectionFile = {
    about: 'Simulated: the service, its cases and all that is said of them are invented.',
    synthetic: true,
    service: { name, area, region, kind },
    report: {
      title: `Simulated inspection of ${name}`,
      published,
      fieldwork_from: fieldworkFrom,
      fieldwork_to: daysLater(fieldworkFrom, 4),
    },
    edition: framework.code,
    samples,
    ...printedRatings(random, framework, inspected),
  };
  const attributes = framework.attributes.map(({ name }) => name);
  const { kindOfCase } = framework;
  return {
    ...{ name: `${code}-${fieldworkFrom}`, service: code, file },
    ...{ questions, kindOfCase, attributes, cases, answers },
  };
}

/** How large a programme is, and when it begins. */
interface ProgrammeOptions {
  inspections: number;
  seed: number;
  /** Year of the first fieldwork; 2018 where it is not said. */
  firstYear?: number;
}

interface SimulatedService {
  code: string;
  name: string;
  area: string;
  region: string;
  kind: string;
  /** Share of white children among its cases. */
  whiteShare: number;
  visits: Visit[];
}

interface Visit {
  /** ISO date, a Monday. */
  fieldworkFrom: string;
  /** Months from fieldwork to publication. */
  monthsToReport: number;
  /** The service's quality at the time: log-odds beside the programme's mean. */
  quality: number;
}

const inspectionsPerService = 4;

/** The services of a programme with their visits. Inspection n (from 0) is visit n / services, whole, of service n mod services. */
function planProgramme(
  { inspections, seed, firstYear = 2018 }: ProgrammeOptions,
  realNames: readonly string[],
): SimulatedService[] {
  const { regions, kinds_of_service: kinds } = simulationWords();
  const weights = Object.values(kinds).map(({ weight }) => weight);
  const count = Math.max(1, Math.round(inspections / inspectionsPerService));
  return inventedPlaces(seed, count, realNames).map((area, at) => {
    const random = draws(seed, 'service', at);
    const kind = weighted(random, Object.keys(kinds), weights);
    const service: SimulatedService = {
      code: area.toLowerCase().replaceAll(' ', '-'),
      name: `${area} ${kinds[kind]?.name}`,
      area,
      region: oneOf(random, regions),
      kind,
      whiteShare: 0.45 + 0.5 * random.uniform(),
      visits: [],
    };
    const lasting = 0.5 * within(random.normal(), 1.8);
    let passing = 0.15 * random.normal();
    let monday = daysLater(firstMonday(firstYear), 7 * random.whole(0, 77));
    while (service.visits.length < Math.ceil((inspections - at) / count)) {
      const quality = () => lasting + within(passing, 0.4);
      service.visits.push({ fieldworkFrom: monday, monthsToReport: random.whole(3, 6), quality: quality() });
      // About two years: four visits to each service lie within eight years and a half.
      monday = daysLater(monday, 7 * random.whole(78, 118));
      passing = 0.6 * passing + 0.03 + 0.2 * random.normal();
    }
    return service;
  });
}

const within = (value: number, most: number) => Math.max(-most, Math.min(most, value));

/** A year's first Monday, as an ISO date. */
function firstMonday(year: number): string {
  const newYear = new Date(Date.UTC(year, 0, 1));
  return daysLater(newYear.toISOString().slice(0, 10), (8 - newYear.getUTCDay()) % 7);
}

/** An ISO date some days later. */
const daysLater = (date: string, days: number): string =>
  new Date(Date.parse(date) + days * 86_400_000).toISOString().slice(0, 10);

/** The month (2021-08) some months after that of an ISO date. */
const monthsLater = (date: string, months: number): string =>
  new Date(Date.UTC(Number(date.slice(0, 4)), Number(date.slice(5, 7)) - 1 + months))
    .toISOString()
    .slice(0, 7);

/** Invented places, all different, in an order that the seed gives. None has a real name in its own. */
export function inventedPlaces(seed: number, count: number, realNames: readonly string[]): string[] {
  const letters = (name: string) => name.toLowerCase().replaceAll(/[^\p{L}\p{N}]/gu, '');
  const real = realNames.map(letters).filter((name) => name !== '');
  const { beginnings, endings, qualifiers } = simulationWords().places;
  const names = beginnings
    .split(' ')
    .flatMap((beginning) => endings.split(' ').map((ending) => beginning + ending))
    .filter((name) => !real.some((one) => letters(name).includes(one) || one.includes(letters(name))));
  const { whole } = draws(seed, 'places', 0);
  for (let last = names.length - 1; last > 0; last--) {
    const other = whole(0, last);
    [names[last], names[other]] = [names[other] as string, names[last] as string];
  }
  const places = qualifiers.flatMap((qualifier) => names.map((name) => qualifier + name));
  if (places.length < count) throw new Error(`only ${places.length} places can be invented`);
  return places.slice(0, count);
}
