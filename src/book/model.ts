import { holdsOn } from '../days.js';
import { byCode } from '../queries/by-code.js';
import { groupBy } from '../queries/group-by.js';
import { wilson } from '../ratings/percentage.js';
import type { Chart } from './charts.js';
import type { Gathered } from './gather.js';

/** What was gathered, with what the pages ask of it. */
export type Book = ReturnType<typeof bookOf>;

const dayLength = '2019-04-01'.length;
const millisecondsOfDay = 86_400_000;

/** Quantiles of the standard normal distribution that intervals are made with, by their level in percent. */
const quantiles: Readonly<Record<number, number>> = {
  80: 1.2815515655446004,
  90: 1.6448536269514722,
  95: 1.959963984540054,
  99: 2.5758293035489004,
};

/** Puts the rows into the order in which pages ask for them, and gives each page its address. */
export function bookOf(data: Gathered) {
  const of = <Row extends { inspection_id: number | null }>(rows: readonly Row[]) =>
    groupBy(rows, ({ inspection_id }) => inspection_id as number);
  const day = data.recorded?.slice(0, dayLength) ?? null;
  const named = addresses();
  const inspectionPaths = new Map(
    data.inspections.map((row) => [
      row.inspection_id as number,
      named('inspections', row.inspection_code as string),
    ]),
  );
  const authorities = groupBy(data.authorities, ({ service_id }) => service_id);
  const history = groupBy(data.history, ({ service_id }) => service_id);
  const services = data.services
    .map((row) => {
      const held = authorities.get(row.service_id) ?? [];
      return {
        ...row,
        path: named('services', row.service_code),
        /** Whether it works for an authority on the day of the book: an invented one works for none, and is no less current. */
        isCurrent:
          data.synthetic ||
          day === null ||
          held.some((one) => holdsOn({ from: one.valid_from, until: one.valid_until }, day)),
        days: daysBetween(row.last_inspected, row.last_inspected_precision, day),
      };
    })
    .filter(({ isCurrent, inspections }) => isCurrent || inspections > 0);
  const standards = new Map<
    string,
    { edition: string; title: string; domainTitle: string; questions: Gathered['questions'] }[]
  >();
  for (const [standard, ofCode] of groupBy(data.questions, (row) => row.standard as string))
    standards.set(
      standard,
      [...groupBy(ofCode, ({ edition }) => edition as string)].map(([edition, questions]) => ({
        edition,
        title: questions[0]?.title as string,
        domainTitle: questions[0]?.domain_title as string,
        questions,
      })),
    );
  /** Ratings of all editions, the lowest first. */
  const scale = [...new Map(data.scale.map((row) => [row.rating as string, row.rank as number]))]
    .map(([rating, rank]) => ({ rating, rank }))
    .sort((a, b) => a.rank - b.rank);
  const level = data.display.confidence_level;
  return {
    ...data,
    day,
    services,
    currentServices: services.filter(({ isCurrent }) => isCurrent),
    servicePaths: new Map(services.map((row) => [row.service_id, row.path])),
    inspectionPaths,
    standards: byCode(
      [...standards].map(([standard, editions]) => ({
        standard,
        editions,
        path: `standards/${standard}.html`,
      })),
      ({ standard }) => standard,
    ),
    scale,
    scaleRows: data.scale,
    /** The first rating of the upper half of the scale, which counts as a pass. */
    pass: scale[Math.floor(scale.length / 2)],
    level,
    levels: [level, data.display.wider_confidence_level].map((one) => ({ level: one, z: zOf(one) })),
    /** A share of inspections or services with its interval: these are counted here, from rows that a page shows. */
    share(yes: number, among: number) {
      const interval = wilson(yes, among, zOf(level));
      return {
        yes,
        among,
        percent: among === 0 ? null : Math.floor((200 * yes + among) / (2 * among)),
        low: interval?.low ?? null,
        high: interval?.high ?? null,
      };
    },
    inspection: new Map(data.inspections.map((row) => [row.inspection_id as number, row])),
    overallOf: new Map(data.overall.map((row) => [row.inspection_id, row])),
    standardsOf: of(data.standards),
    keyQuestionsOf: of(data.keyQuestions),
    source: data.synthetic
      ? 'an invented programme'
      : 'published reports and ratings of HM Inspectorate of Probation',
    /** Charts that stand on two pages, by inspection: a drawing takes longer than all else of a page. */
    drawn: new Map<number, Chart>(),
    allStandards: data.standards,
    standardsByCode: groupBy(data.standards, ({ standard }) => standard),
    keyQuestionsByCode: groupBy(
      data.keyQuestions,
      ({ edition, key_question }) => `${edition} ${key_question}`,
    ),
    promptsOf: of(data.prompts),
    judgedOf: of(data.judged),
    samplesOf: of(data.samples),
    distancesOf: of(data.distances),
    overallDistancesOf: of(data.overallDistances),
    comparisonsOf: of(data.comparisons),
    recommendationsOf: of(data.recommendations),
    findingsOf: of(data.findings),
    factsOf: of(data.facts),
    reconciledOf: of(data.reconciled),
    authoritiesOf: authorities,
    historyOf: history,
    namesOf: groupBy(data.names, ({ service_id }) => service_id as number),
  };
}

/** Days between a date that is known to the day or month and the day of the book; null where only its year is known. */
function daysBetween(date: string | null, precision: string | null, day: string | null): number | null {
  if (date === null || day === null || precision === 'year') return null;
  return Math.round((Date.parse(day) - Date.parse(date)) / millisecondsOfDay);
}

/** Gives out addresses that every file system takes, no two the same, whatever a name holds. */
function addresses(): (folder: string, name: string) => string {
  const taken = new Set<string>();
  return (folder, name) => {
    const plain =
      name
        .normalize('NFKD')
        .toLowerCase()
        .replaceAll(/[^a-z0-9.]+/g, '-')
        .replaceAll(/^[-.]+|[-.]+$/g, '')
        .slice(0, 80) || 'unnamed';
    for (let at = 1; ; at++) {
      const address = `${folder}/${at === 1 ? plain : `${plain}-${at}`}.html`;
      if (taken.has(address)) continue;
      taken.add(address);
      return address;
    }
  };
}

function zOf(level: number): number {
  const z = quantiles[level];
  if (z === undefined) throw new Error(`no quantile is known for intervals of ${level}%`);
  return z;
}
