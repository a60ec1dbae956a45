import { groupBy } from '../group-by.js';
import { byCode } from '../queries/view.js';
import { wilson } from '../ratings/percentage.js';
import type { Chart } from './charts/draw.js';
import type { Gathered } from './gather.js';
import type { Share } from './shares.js';
import { date } from './words.js';

/** What was gathered, with what the pages ask of it. */
export type Book = ReturnType<typeof bookOf>;

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
    groupBy(rows, ({ inspection_id }) => inspection_id);
  const named = addresses();
  const inspectionPaths = new Map(
    data.inspections.map((row) => [row.inspection_id, named('inspections', row.inspection_code)]),
  );
  const services = data.services
    .map((row) => ({ ...row, path: named('services', row.service_code) }))
    .filter(({ is_current, inspections }) => is_current || inspections > 0);
  const standards = new Map<
    string,
    { edition: string; title: string; domainTitle: string; questions: Gathered['questions'] }[]
  >();
  for (const [standard, ofCode] of groupBy(data.questions, (row) => row.standard))
    standards.set(
      standard,
      [...groupBy(ofCode, ({ edition }) => edition)].map(([edition, questions]) => ({
        edition,
        title: questions[0]?.title as string,
        domainTitle: questions[0]?.domain_title as string,
        questions,
      })),
    );
  /** Ratings of all editions, the lowest first. */
  const scale = [...new Map(data.scale.map((row) => [row.rating, row.rank]))]
    .map(([rating, rank]) => ({ rating, rank }))
    .sort((a, b) => a.rank - b.rank);
  const level = data.display.confidence_level;
  /** The first rating of the upper half of the scale, which counts as a pass. */
  const pass = scale[Math.floor(scale.length / 2)];
  /** A share of inspections or services with its interval: these are counted here, from rows that a page shows. */
  const share = (yes: number, among: number): Share => {
    const interval = wilson(yes, among, zOf(level));
    return {
      yes,
      among,
      percent: among === 0 ? null : Math.floor((200 * yes + among) / (2 * among)),
      low: interval?.low ?? null,
      high: interval?.high ?? null,
    };
  };
  const source = data.synthetic
    ? 'an invented programme'
    : 'published reports and ratings of HM Inspectorate of Probation';
  return {
    ...data,
    services,
    currentServices: services.filter(({ is_current }) => is_current),
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
    pass,
    level,
    levels: [level, data.display.wider_confidence_level].map((one) => ({ level: one, z: zOf(one) })),
    share,
    /** How many of the rated are a pass; a row may be of several inspections. */
    passed(rows: readonly { rating_rank: number | null; inspections?: number }[]): Share {
      const count = (of: typeof rows) => of.reduce((total, { inspections = 1 }) => total + inspections, 0);
      const rated = rows.filter(({ rating_rank }) => rating_rank !== null);
      return share(
        count(rated.filter(({ rating_rank }) => (rating_rank as number) >= (pass?.rank ?? 0))),
        count(rated),
      );
    },
    inspection: new Map(data.inspections.map((row) => [row.inspection_id, row])),
    overallOf: new Map(data.overall.map((row) => [row.inspection_id, row])),
    standardsOf: of(data.standards),
    keyQuestionsOf: of(data.keyQuestions),
    /** What has to be said of every figure: where it comes from, and up to when. */
    source: `Source: ${source}, to ${date(data.day)}.`,
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
    authoritiesOf: groupBy(data.authorities, ({ service_id }) => service_id),
    historyOf: groupBy(data.history, ({ service_id }) => service_id),
    namesOf: groupBy(data.names, ({ service_id }) => service_id),
  };
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
