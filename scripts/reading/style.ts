import type { Draws } from '../../src/simulate/random.js';
import type { Draft } from './draft.js';
import type { Inspected } from './inspected.js';
import type { Words } from './words.js';

export const styleNames = [
  'tabs, counts',
  'annexe, percentages',
  'Markdown, items',
  'percentages only',
  'pipes, counts',
  'HTML tables',
  'layout text',
  'PDF',
] as const;
export type StyleName = (typeof styleNames)[number];

/** What a style prints, and where. */
export interface Content {
  /** Counts (relevant cases and yes), or percentages. */
  figures: 'counts' | 'percentages';
  prompts: 'below the key question' | 'annexe' | 'none';
  /** Whether key questions stand under their standard, or in an annexe of results. */
  keyQuestions: 'standard' | 'annexe';
  /** How the ratings page is laid out. */
  ratings: 'table' | 'list' | 'items';
  /** Whether the score and the overall rating stand on the ratings page. */
  hasScore: boolean;
  /** How fieldwork and publication are dated. */
  dates: 'days' | 'month';
  published: 'month' | 'year';
  hasSummary: boolean;
  facts: 'figure first' | 'label first' | 'stacked';
}

/** How a style looks. */
export interface Look {
  tables: 'tab' | 'pipe' | 'html';
  headings: 'plain' | 'Markdown';
  bold: 'none' | 'stars' | 'tags';
  marks: 'superscript' | 'tags' | 'dollar' | 'plain';
  bullet: '- ' | '• ' | '* ';
  runningHead: boolean;
  pageEnd: 'number' | 'rule' | 'nothing';
  /** Share of tables' headings that come again after a page break. */
  headingAgain: number;
  isCurly: boolean;
  hasLigatures: boolean;
  hasByteOrderMark: boolean;
  lineEnd: '\n' | '\r\n';
  /** Whether symbols beside ratings come out as odd signs. */
  oddSigns: boolean;
  /** Probability of a figure's cell being lost, and of a question being cut. */
  lost: number;
  cut: number;
}

/** Everything that the parts of a report are laid out from. */
export interface Making {
  draft: Draft;
  inspected: Inspected;
  words: Words;
  content: Content;
  look: Look;
  random: Draws;
}
