import type { Framework } from '../../src/framework/framework.js';
import { percentage } from '../../src/ratings/percentage.js';
import { grammarOf } from '../../src/read/grammar.js';
import { type Draws, draws, oneOf } from '../../src/simulate/random.js';
import { printsCounts, type Small, smallReport } from '../support/small-report.js';

const list = (words: string) => words.split(', ');
const areas = list('Hartlepool, Solihull, Swindon, Torbay, Isle of Wight, Bath and North East Somerset');
const kinds = list('YOS Youth Offending Service, YJS Youth Justice Service, YOT Youth Offending Team');
const months = list('January, February, March, April, May, June, July, August, September, October, November');
const things = list('plans, reviews, visits, referrals, case notes, meetings with partners, panels');
const doings = list('are checked, are written down, reach every child, are held on time, lead to changes');
const persons = list('The management board, The head of service, The county council, The police');
const measures = list('Total population, Total youth population (10–17 years), Total current caseload');
/** What stands between that which is to be read, and is like it. */
const sentences = [
  'Overall, we found a mixed picture, with some elements of the work that would be rated as ‘Outstanding’.',
  'Staff told us in 14 of 15 interviews that they knew what was expected of them.',
  'Planning for the next year had begun, and its first results were seen in the office.',
  'Managers file what they find and briefly say why it matters.',
];

/**
 * A report on an inspection that never was, in the notation of small reports, and what it says, by the words of each path in
 * inspection.yaml. Its ratings do not follow from its figures: what is printed is to be read, whatever it is.
 */
export function inventedReport(
  edition: Framework,
  seed: number,
): { text: string; truth: Map<string, unknown> } {
  const random = draws(seed, 'report', 1);
  const truth = new Map<string, unknown>([['edition', edition.code]]);
  const say = (path: string, entry: object) => {
    for (const [key, value] of Object.entries(entry)) truth.set(`${path} ${key}`, value);
  };
  const prose = () => Array.from({ length: random.whole(2, 5) }, () => oneOf(random, sentences)).join(' ');
  const sentence = () => `${oneOf(random, things)} ${oneOf(random, doings)} by ${oneOf(random, things)}.`;

  const [short = '', ...words] = oneOf(random, kinds).split(' ');
  const [area, kind] = [oneOf(random, areas), words.join(' ')];
  const name = `${area} ${kind}`;
  say('service', { name, area, kind: short });
  const year = edition.code === '2018' ? random.whole(2018, 2020) : random.whole(2022, 2024);
  const at = random.whole(0, 6);
  const monthOf = (index: number) => `${year}-${String(index + 1).padStart(2, '0')}`;
  say('report', { fieldwork_month: monthOf(at), published: monthOf(at + 4) });
  const [overall, score] = [oneOf(random, edition.ratings), random.whole(0, 36)];
  say('overall', { rating: overall, score, out_of: 36 });

  let count = 0;
  const recommendations = [name, ...persons.slice(0, random.whole(1, 4))].flatMap((to) => {
    const summaries = Array.from({ length: random.whole(1, 2) }, () => `make sure that ${sentence()}`);
    const items = summaries.map((summary) => {
      say(`recommendations ${count}`, { number: count + 1, addressed_to: to, summary });
      return `${++count}. ${summary}`;
    });
    return [`### ${to} should:`, ...items];
  });
  const note = 'Youth Justice Board. (2021). Youth justice annual statistics: 2019 to 2020.';
  const source = note.replace('. (2021).', ' (2021),').replace(/\.$/, '');
  const facts = measures.map((measure, of) => {
    const value = random.whole(100, 400_000);
    say(`context ${of}`, { value, source, period: '2019 to 2020' });
    return `${value.toLocaleString('en-GB')}\t${measure}`;
  });
  const { cells, ratings } = figuresOf(edition, random, say);
  let findings = 0;
  let marks = 1;
  const text: Record<string, string[]> = {};
  for (const { code: domain, standards } of edition.domains.values()) {
    const listed = (kind: string, many: number) =>
      Array.from({ length: many }, () => {
        const summary = `Our inspectors saw that ${sentence()}`;
        say(`findings ${findings++}`, { domain, kind, summary });
        return `- ${summary}`;
      });
    text[domain] = [prose(), '### Strengths', ...listed('strength', 2)];
    text[domain].push('### Areas for improvement', ...listed('area for improvement', 1));
    for (const { code, statement, title } of standards) {
      const mark = `<sup>${++marks}</sup>`;
      text[code] = [`${statement ?? ''}\t${ratings[code]}`, prose()];
      text[code].push(`Our rating${mark} for ${title.toLowerCase()} is based on these questions:`);
      text[code].push(`${mark} The lowest of these decides the rating of the standard, as an annexe says.`);
    }
  }
  const small: Small = {
    ...{ area, kind, overall, ratings, cells, text, hasAnnexe: true },
    title: [`An inspection of youth ${/justice/i.test(kind) ? 'justice' : 'offending'} services in`, area],
    ...{
      published: `${months[at + 4]} ${year}`,
      fieldwork: `started ${months[at]} ${year}`,
      score: `${score}/36`,
    },
    foreword: [prose(), prose(), prose()],
    recommendations: [`We have made ${count} recommendations.`, ...recommendations],
    facts: ['### Population information<sup>1</sup>', ...facts, `<sup>1</sup> ${note}`],
  };
  return { text: smallReport(edition, small), truth };
}

/** Ratings by standard, and the cells behind each question. */
function figuresOf(edition: Framework, random: Draws, say: (path: string, entry: object) => void) {
  const grammar = grammarOf(edition);
  const ratings: Record<string, string> = {};
  for (const code of grammar.standards.keys()) {
    ratings[code] = oneOf(random, edition.ratings);
    say(`standard_ratings ${code}`, { rating: ratings[code] });
  }
  const cells: Record<string, string[]> = {};
  for (const [code, { level }] of grammar.questions) {
    const relevant = random.whole(1, 8);
    const yes = random.whole(Math.floor(relevant * 0.4), relevant);
    const percent = percentage(yes, 8, 'half up') ?? 0;
    cells[code] = printsCounts(edition) ? [String(relevant), String(yes)] : [`${percent}%`];
    const figures = printsCounts(edition) ? { relevant_cases: relevant, yes } : { percent_yes: percent };
    say(`${level === 'prompt' ? 'prompts' : 'key_questions'} ${code}`, figures);
  }
  return { ratings, cells };
}
