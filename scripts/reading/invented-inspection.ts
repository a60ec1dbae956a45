import type { EditionFile } from '../../src/import/edition/edition-file.js';
import { rateInspection } from '../../src/ratings/inspection.js';
import { percentage } from '../../src/ratings/percentage.js';
import type { QuestionEvidence } from '../../src/ratings/question.js';
import { grammarOf } from '../../src/read/grammar.js';
import { draws, oneOf } from '../../src/simulate/random.js';

/** Figures of a question as a report prints them. */
export interface Figures {
  relevant: number;
  yes: number;
  percent: number;
}

/** An inspection that never was. */
export interface Invented {
  edition: EditionFile;
  /** Whether its report prints relevant cases and yes, with prompts below their key question; else percentages, prompts in an annexe. */
  areCounts: boolean;
  service: { name: string; area: string; kind: string };
  fieldwork: { month: string; words: string };
  published: { month: string; words: string };
  /** Cases by domain, of those that are judged on cases. */
  cases: Map<string, number>;
  figures: Map<string, Figures>;
  ratings: Map<string, string>;
  overall: { rating: string; score: number; outOf: number };
  recommendations: { addressed_to: string; summary: string }[];
  findings: { domain: string; kind: 'strength' | 'area for improvement'; summary: string }[];
  facts: { measure: string; value: number }[];
}

const areas = [
  'Hartlepool',
  'Solihull',
  'Swindon',
  'Torbay',
  'Bath and North East Somerset',
  'Isle of Wight',
];
const kinds = [
  ['YOS', 'Youth Offending Service'],
  ['YJS', 'Youth Justice Service'],
  ['YOT', 'Youth Offending Team'],
] as const;
const months = 'January February March April May June July August September October November'.split(' ');
const things = ['plans', 'reviews', 'visits', 'referrals', 'case notes', 'meetings with partners', 'panels'];
const doings = [
  'are checked',
  'are written down',
  'reach every child',
  'are held on time',
  'lead to changes',
];
const persons = ['The management board', 'The head of service', 'The county council', 'The police'];

/** Invents an inspection under an edition; ratings, score and overall rating follow from its figures by the edition's rules. */
export function invented(edition: EditionFile, seed: number): Invented {
  const random = draws(seed, 'report', 1);
  const [kind, words] = oneOf(random, kinds);
  const area = oneOf(random, areas);
  const year = String(edition.edition) === '2018' ? random.whole(2018, 2020) : random.whole(2022, 2024);
  const at = random.whole(0, 6);
  const monthOf = (index: number) => `${year}-${String(index + 1).padStart(2, '0')}`;
  const areCounts = edition.rules[0]?.percentage_base.prompt === 'relevant';
  const cases = new Map<string, number>();
  const figures = new Map<string, Figures>();
  const grammar = grammarOf(edition);
  for (const [domain, { sample }] of grammar.domains) if (sample) cases.set(domain, random.whole(5, 40));
  for (const [code, { standard }] of grammar.questions) {
    const all = cases.get(grammar.standards.get(standard)?.domain ?? '') ?? 10;
    const relevant = random.whole(0, 4) === 0 ? random.whole(1, all) : all;
    const yes = Math.min(relevant, random.whole(Math.floor(relevant * 0.4), relevant));
    figures.set(code, { relevant, yes, percent: percentage(yes, all, 'half up') ?? 0 });
  }
  const evidence = (code: string): QuestionEvidence => {
    const { relevant, yes, percent } = figures.get(code) as Figures;
    const counts = areCounts ? { relevant, yes, percent: null } : { relevant: null, yes: null, percent };
    return { inspected: null, published: { ...counts, noRelevantCase: false, percentLost: false } };
  };
  const judged = new Map(
    [...grammar.standards.values()]
      .filter(({ isCounted }) => !isCounted)
      .map(({ code }) => [code, oneOf(random, edition.ratings)]),
  );
  if (!grammar.rules) throw new Error(`edition ${edition.edition} has no rules to rate by`);
  const keyQuestions = [...grammar.questions].filter(([, { level }]) => level === 'key question');
  const rated = rateInspection(grammar.rules, {
    ...{ fieldworkStart: `${monthOf(at)}-01`, judged, prompts: new Map(), decisions: new Map() },
    ...{ publishedStandards: new Map(), publishedOverall: null },
    keyQuestions: new Map(keyQuestions.map(([code]) => [code, evidence(code)])),
  });
  const name = `${area} ${words}`;
  const sentence = () => `${oneOf(random, things)} ${oneOf(random, doings)} by ${oneOf(random, things)}`;
  return {
    ...{ edition, areCounts, service: { name, area, kind }, cases, figures },
    fieldwork: { month: monthOf(at), words: `${months[at]} ${year}` },
    published: { month: monthOf(at + 4), words: `${months[at + 4]} ${year}` },
    ratings: new Map(rated.standards.map(({ code, rating }) => [code, rating as string])),
    overall: {
      rating: rated.overall.rating as string,
      score: rated.overall.score as number,
      outOf: rated.overall.maxScore as number,
    },
    recommendations: [name, ...persons.slice(0, random.whole(1, 4))].flatMap((to) =>
      Array.from({ length: random.whole(1, 2) }, () => ({
        addressed_to: to,
        summary: `make sure that ${sentence()}.`,
      })),
    ),
    findings: [...grammar.domains.keys()].flatMap((domain) =>
      (['strength', 'strength', 'area for improvement'] as const).map((one) => ({
        ...{ domain, kind: one, summary: `Our inspectors saw that ${sentence()}.` },
      })),
    ),
    facts: ['Total population', 'Total youth population (10–17 years)', 'Total current caseload'].map(
      (measure) => ({ measure, value: random.whole(100, 400_000) }),
    ),
  };
}

/** What a report of it says, by the words of each path in inspection.yaml. */
export function truthOf(inspection: Invented): Map<string, unknown> {
  const { service, ratings, overall, areCounts } = inspection;
  const truth = new Map<string, unknown>([
    ...Object.entries(service).map(([key, value]): [string, unknown] => [`service ${key}`, value]),
    ['edition', String(inspection.edition.edition)],
    ['report fieldwork_month', inspection.fieldwork.month],
    ['report published', inspection.published.month],
    ['overall rating', overall.rating],
    ['overall score', overall.score],
    ['overall out_of', overall.outOf],
  ]);
  for (const [code, rating] of ratings) truth.set(`standard_ratings ${code} rating`, rating);
  for (const [code, { relevant, yes, percent }] of inspection.figures) {
    const path = `${code.split('.').length > 3 ? 'prompts' : 'key_questions'} ${code}`;
    if (areCounts) truth.set(`${path} relevant_cases`, relevant).set(`${path} yes`, yes);
    else truth.set(`${path} percent_yes`, percent);
  }
  const list = (section: string, entries: object[]) => {
    for (const [at, entry] of entries.entries())
      for (const [key, value] of Object.entries(entry)) truth.set(`${section} ${at} ${key}`, value);
  };
  list('recommendations', inspection.recommendations);
  list('findings', inspection.findings);
  list(
    'context',
    inspection.facts.map(({ value }) => ({ value })),
  );
  return truth;
}
