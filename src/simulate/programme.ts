import type { InspectionFile } from '../import/bundle/inspection-file.js';
import { type AskedQuestion, askedQuestions, drawAnswers, type SimulatedAnswer } from './answers.js';
import { drawCases, type SimulatedCase, sampleEntry, sampleSizes } from './cases.js';
import { editionOf, type Material } from './material.js';
import {
  daysLater,
  monthsLater,
  type ProgrammeOptions,
  planProgramme,
  type SimulatedService,
  type Visit,
} from './plan.js';
import { draws } from './random.js';
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
