import { type Draws, oneOf } from '../../src/simulate/random.js';
import type { Content, Look, StyleName } from './style.js';

/** Whether a style is one that reports of an edition came in. */
export function suits(style: StyleName, edition: string): boolean {
  if (style === 'Markdown, items' || style === 'percentages only') return edition !== '2018';
  if (style === 'tabs, counts' || style === 'annexe, percentages' || style === 'pipes, counts')
    return edition === '2018';
  return true;
}

const counts: Content = {
  figures: 'counts',
  prompts: 'below the key question',
  keyQuestions: 'standard',
  ratings: 'table',
  hasScore: true,
  dates: 'days',
  published: 'month',
  hasSummary: false,
  facts: 'figure first',
};
const annexe: Content = {
  figures: 'percentages',
  prompts: 'none',
  keyQuestions: 'annexe',
  ratings: 'list',
  hasScore: false,
  dates: 'month',
  published: 'year',
  hasSummary: false,
  facts: 'stacked',
};
const lettered: Content = {
  figures: 'percentages',
  prompts: 'annexe',
  keyQuestions: 'standard',
  ratings: 'items',
  hasScore: true,
  dates: 'month',
  published: 'month',
  hasSummary: true,
  facts: 'figure first',
};

/** What a report of a style prints. */
export function drawContent(random: Draws, style: StyleName, edition: string): Content {
  if (style === 'tabs, counts') return counts;
  if (style === 'annexe, percentages') return annexe;
  if (style === 'Markdown, items') return lettered;
  if (style === 'percentages only')
    return {
      ...lettered,
      prompts: 'none',
      hasSummary: random.isBelow(0.5),
      ratings: oneOf(random, ['table', 'list']),
    };
  if (style === 'pipes, counts') return { ...counts, dates: oneOf(random, ['days', 'month']) };
  const known = edition === '2018' ? oneOf(random, [counts, counts, annexe]) : lettered;
  return { ...known, facts: oneOf(random, ['figure first', 'label first']) };
}

/** How a report of a style looks. */
export function drawLook(random: Draws, style: StyleName): Look {
  const isTabs = style === 'tabs, counts' || style === 'annexe, percentages';
  const isMarkdown = style === 'Markdown, items' || style === 'pipes, counts' || random.isBelow(0.3);
  const isDamaged = random.isBelow(0.5);
  return {
    tables: style === 'HTML tables' ? 'html' : style === 'pipes, counts' ? 'pipe' : 'tab',
    headings: isMarkdown && !isTabs ? 'Markdown' : 'plain',
    bold: isTabs ? 'none' : oneOf(random, ['none', 'stars', 'tags']),
    marks: isTabs
      ? oneOf(random, ['superscript', 'superscript', 'dollar'])
      : oneOf(random, ['superscript', 'tags', 'tags', 'plain']),
    bullet: oneOf(random, ['- ', '- ', '• ', '* ']),
    runningHead: isTabs || random.isBelow(0.5),
    pageEnd: oneOf(random, ['number', 'rule', 'nothing']),
    headingAgain: oneOf(random, [0, 1, 0.5]),
    isCurly: random.isBelow(0.4),
    hasLigatures: random.isBelow(0.15),
    hasByteOrderMark: random.isBelow(0.15),
    lineEnd: random.isBelow(0.2) ? '\r\n' : '\n',
    oddSigns: random.isBelow(0.5),
    lost: isDamaged ? 0.012 : 0,
    cut: isDamaged ? 0.03 : 0,
  };
}
