import type { FrameworkQuestion, FrameworkStandard } from '../../src/framework/framework.js';
import { draws, oneOf } from '../../src/simulate/random.js';
import type { Invented } from './invented-inspection.js';

/** A piece of a report, before it is laid out. A text cites a footnote as «7». */
export type Block =
  | { kind: 'heading'; level: number; text: string }
  | { kind: 'paragraph'; text: string }
  | { kind: 'bullets'; items: string[]; from?: number }
  | { kind: 'table'; head?: string[]; rows: string[][]; areRatings?: boolean }
  | { kind: 'note'; mark: number; text: string }
  | { kind: 'page' };

/** The blocks of a report on an invented inspection, in the order of the published ones. */
export function blocksOf(inspection: Invented, seed: number): Block[] {
  const { edition, service, overall, ratings, areCounts } = inspection;
  const random = draws(seed, 'words', 1);
  const blocks: Block[] = [];
  let note = 0;
  const heading = (level: number, text: string) => blocks.push({ kind: 'heading', level, text });
  const say = (text: string) => blocks.push({ kind: 'paragraph', text });
  const define = (mark: number, text: string) => blocks.push({ kind: 'note', mark, text });
  const prose = () => Array.from({ length: random.whole(2, 5) }, () => oneOf(random, sentences)).join(' ');
  const cellsOf = (code: string): string[] => {
    const found = inspection.figures.get(code);
    if (!found) return [];
    return areCounts ? [String(found.relevant), String(found.yes)] : [`${found.percent}%`];
  };
  const headOf = (domain: string) =>
    areCounts
      ? [`Of the ${inspection.cases.get(domain)} cases inspected:`, 'Relevant cases', "Number 'Yes'"]
      : ['', "% 'Yes'"];

  heading(1, `An inspection of youth ${/justice/i.test(service.name) ? 'justice' : 'offending'} services in`);
  heading(1, service.area);
  say(`HM Inspectorate of Probation, ${inspection.published.words}`);
  blocks.push({ kind: 'page' });
  heading(1, 'Foreword');
  for (let at = 0; at < 3; at++) say(prose());
  heading(1, 'Ratings');
  say(service.name);
  say(`Fieldwork started ${inspection.fieldwork.words}`);
  const rows = [['Overall rating', overall.rating]];
  for (const domain of edition.domains.values()) {
    rows.push([`${domain.code}. ${domain.title}`, '']);
    for (const { code, title } of domain.standards) rows.push([`${code} ${title}`, ratings.get(code) ?? '']);
  }
  say(`Score ${overall.score}/${overall.outOf}`);
  blocks.push({ kind: 'table', rows, areRatings: true }, { kind: 'page' });
  heading(1, 'Recommendations');
  say(`We have made ${inspection.recommendations.length} recommendations.`);
  for (const [at, { addressed_to: to, summary }] of inspection.recommendations.entries()) {
    if (to !== inspection.recommendations[at - 1]?.addressed_to) heading(3, `${to} should:`);
    blocks.push({ kind: 'bullets', items: [summary], from: at + 1 });
  }
  heading(1, 'Contextual facts');
  const mark = ++note;
  heading(2, `Population information«${mark}»`);
  const facts = inspection.facts.map(({ measure, value }) => [value.toLocaleString('en-GB'), measure]);
  blocks.push({ kind: 'table', rows: facts });
  define(mark, 'Youth Justice Board. (2021). Youth justice annual statistics: 2019 to 2020.');
  for (const domain of edition.domains.values()) {
    blocks.push({ kind: 'page' });
    heading(1, `${domain.code}. ${domain.title}`);
    say(prose());
    for (const kind of ['strength', 'area for improvement'] as const) {
      heading(3, kind === 'strength' ? 'Strengths' : 'Areas for improvement');
      const own = inspection.findings.filter((one) => one.domain === domain.code && one.kind === kind);
      blocks.push({ kind: 'bullets', items: own.map(({ summary }) => summary) });
    }
    for (const standard of domain.standards) standardBlocks(standard, domain.code);
  }
  if (!areCounts) {
    blocks.push({ kind: 'page' });
    heading(1, 'Annexe 2: Inspection data');
    for (const domain of edition.domains.values())
      for (const { code, title, keyQuestions: asked } of domain.standards.filter(isCounted)) {
        heading(2, `${code}. ${title} (${domain.title.toLowerCase()})`);
        blocks.push({ kind: 'table', head: headOf(domain.code), rows: asked.flatMap(promptRows) });
      }
  }
  return blocks;

  function standardBlocks(standard: FrameworkStandard, domain: string): void {
    const { code, title, keyQuestions: asked } = standard;
    heading(2, `${code}. ${title}`);
    blocks.push({
      kind: 'table',
      rows: [[standard.statement ?? '', ratings.get(code) ?? '']],
      areRatings: true,
    });
    say(prose());
    if (!isCounted(standard)) return;
    const mark = ++note;
    say(`Our rating«${mark}» for ${title.toLowerCase()} is based on the following key questions:`);
    const rows = asked.map(({ code, text }) => [text, ...cellsOf(code)]);
    blocks.push({ kind: 'table', head: headOf(domain), rows });
    define(mark, 'The lowest of these decides the rating of the standard, as an annexe says.');
    if (!areCounts) return;
    for (const question of asked) {
      heading(3, question.text);
      const rows = promptRows(question).slice(1);
      if (rows.length > 0) blocks.push({ kind: 'table', head: headOf(domain), rows });
    }
  }

  function promptRows({ text, prompts: own }: FrameworkQuestion): string[][] {
    const letter = (at: number) => (areCounts ? '' : `${String.fromCharCode(97 + at)}) `);
    return [[text], ...own.map((prompt, at) => [`${letter(at)}${prompt.text}`, ...cellsOf(prompt.code)])];
  }
}

const isCounted = ({ basis, keyQuestions: asked }: FrameworkStandard) =>
  basis === 'cases' && asked.length > 0;

const sentences = [
  'Overall, we found a mixed picture, with some elements of the work that would be rated as ‘Outstanding’.',
  'Staff told us in 14 of 15 interviews that they knew what was expected of them.',
  'Planning for the next year had begun, and its first results were seen in the office.',
  'Managers file what they find and briefly say why it matters.',
];
