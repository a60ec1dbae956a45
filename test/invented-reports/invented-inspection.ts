import type { Framework } from '../../src/framework/framework.js';
import { percentage } from '../../src/ratings/percentage.js';
import { grammarOf } from '../../src/read/grammar.js';
import { draws, oneOf } from '../../src/simulate/random.js';

/** An inspection that never was. */
export interface Invented {
  edition: Framework;
  /** Whether its report prints relevant cases and yes, with prompts below their key question; else percentages, prompts in an annexe. */
  areCounts: boolean;
  service: { name: string; area: string; kind: string };
  fieldwork: { month: string; words: string };
  published: { month: string; words: string };
  /** Cases by domain, of those that are judged on cases. */
  cases: Map<string, number>;
  /** By question, as a report prints them. */
  figures: Map<string, { relevant: number; yes: number; percent: number }>;
  ratings: Map<string, string>;
  overall: { rating: string; score: number; outOf: number };
  recommendations: { addressed_to: string; summary: string }[];
  findings: { domain: string; kind: 'strength' | 'area for improvement'; summary: string }[];
  facts: { measure: string; value: number }[];
}

const list = (words: string) => words.split(', ');
const areas = list('Hartlepool, Solihull, Swindon, Torbay, Isle of Wight, Bath and North East Somerset');
const kinds = list('YOS Youth Offending Service, YJS Youth Justice Service, YOT Youth Offending Team');
const months = list('January, February, March, April, May, June, July, August, September, October, November');
const things = list('plans, reviews, visits, referrals, case notes, meetings with partners, panels');
const doings = list('are checked, are written down, reach every child, are held on time, lead to changes');
const persons = list('The management board, The head of service, The county council, The police');

/** Invents an inspection under an edition. Its ratings do not follow from its figures: what is printed is to be read, whatever it is. */
export function invented(edition: Framework, seed: number): Invented {
  const random = draws(seed, 'report', 1);
  const [kind = '', ...words] = oneOf(random, kinds).split(' ');
  const area = oneOf(random, areas);
  const year = edition.code === '2018' ? random.whole(2018, 2020) : random.whole(2022, 2024);
  const at = random.whole(0, 6);
  const monthOf = (index: number) => `${year}-${String(index + 1).padStart(2, '0')}`;
  const areCounts = edition.rules[0]?.percentageBase.prompt === 'relevant';
  const cases = new Map<string, number>();
  const figures: Invented['figures'] = new Map();
  const grammar = grammarOf(edition);
  for (const [domain, { sample }] of grammar.domains) if (sample) cases.set(domain, random.whole(5, 40));
  for (const [code, { standard }] of grammar.questions) {
    const all = cases.get(grammar.standards.get(standard)?.domain ?? '') ?? 10;
    const relevant = random.whole(0, 4) === 0 ? random.whole(1, all) : all;
    const yes = Math.min(relevant, random.whole(Math.floor(relevant * 0.4), relevant));
    figures.set(code, { relevant, yes, percent: percentage(yes, all, 'half up') ?? 0 });
  }
  const name = [area, ...words].join(' ');
  const sentence = () => `${oneOf(random, things)} ${oneOf(random, doings)} by ${oneOf(random, things)}`;
  return {
    ...{ edition, areCounts, service: { name, area, kind }, cases, figures },
    fieldwork: { month: monthOf(at), words: `${months[at]} ${year}` },
    published: { month: monthOf(at + 4), words: `${months[at + 4]} ${year}` },
    ratings: new Map([...grammar.standards.keys()].map((code) => [code, oneOf(random, edition.ratings)])),
    overall: { rating: oneOf(random, edition.ratings), score: random.whole(0, 36), outOf: 36 },
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
    ['edition', inspection.edition.code],
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
  const setAll = (section: string, entries: object[]) => {
    for (const [at, entry] of entries.entries())
      for (const [key, value] of Object.entries(entry)) truth.set(`${section} ${at} ${key}`, value);
  };
  setAll('recommendations', inspection.recommendations);
  setAll('findings', inspection.findings);
  setAll(
    'context',
    inspection.facts.map(({ value }) => ({ value })),
  );
  return truth;
}
