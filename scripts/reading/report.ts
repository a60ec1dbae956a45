import type { EditionFile } from '../../src/import/edition/edition-file.js';
import type { SimulatedInspection } from '../../src/simulate/programme.js';
import { draws } from '../../src/simulate/random.js';
import { type Block, mapTexts } from './blocks.js';
import { type Damage, damage } from './damage.js';
import { emptyDraft, type True } from './draft.js';
import { inspectedOf } from './inspected.js';
import { paginate } from './paginate.js';
import { dataAnnexe, glossary, methodology, resultsAnnexe } from './parts/annexes.js';
import { domainPart } from './parts/domain.js';
import { background, facts } from './parts/facts.js';
import { front } from './parts/front.js';
import { ratingsPage } from './parts/ratings-page.js';
import { recommendationsPart } from './parts/recommendations.js';
import { executiveSummary } from './parts/summary.js';
import { renderLayout } from './render/layout.js';
import { renderPdf } from './render/pdf.js';
import { renderText } from './render/text.js';
import type { Look, Making, StyleName } from './style.js';
import { drawContent, drawLook } from './styles.js';
import { drawWords } from './words.js';

/** An invented report, its file's bytes, and what is true of it. */
export interface InventedReport {
  number: number;
  style: StyleName;
  edition: string;
  extension: 'txt' | 'pdf';
  truth: True[];
  /** The file, with its characters damaged. */
  file(damaged: Damage): Promise<Buffer>;
  /** Line (from 1) of the block or row of a key; empty for a PDF. */
  lineOf: ReadonlyMap<string, number>;
  /** Of a PDF, which has no lines before it is laid out: the words of each key's block or row, with the same characters damaged. */
  wordsOf?(damaged: Damage): ReadonlyMap<string, string>;
}

/** Lays an invented inspection out as a report of a style. The same inspection, style and seed give the same bytes. */
export function inventedReport(
  inspection: SimulatedInspection,
  edition: EditionFile,
  { style, seed, number }: { style: StyleName; seed: number; number: number },
): InventedReport {
  const random = draws(seed, 'report', number);
  const inspected = inspectedOf(inspection, edition, random);
  const words = drawWords(random, inspected.service.kind, inspected.code);
  const content = drawContent(random, style, inspected.code);
  const look = drawLook(random, style);
  const draft = emptyDraft();
  compose({ draft, inspected, words, content, look, random });
  const blocks = paginate(draft, look.headingAgain, draws(seed, 'pages', number));
  const { area } = inspected.service;
  const head = `Inspection of ${words.youth} services: ${area} ${words.team}`;
  const damageSeed = draws(seed, 'damage', number).whole(0, 2 ** 30);
  const about = { number, style, edition: inspected.code, truth: draft.truth };
  if (style === 'PDF') {
    return {
      ...about,
      extension: 'pdf',
      lineOf: new Map(),
      wordsOf: (damaged) => wordsByKey(damagedBlocks(blocks, damaged, damageSeed)),
      file: (damaged) => renderPdf(damagedBlocks(blocks, damaged, damageSeed), look, head),
    };
  }
  const { lines, lineOf } = (style === 'layout text' ? renderLayout : renderText)(blocks, look, head);
  return {
    ...about,
    extension: 'txt',
    lineOf,
    file: async (damaged) => asBytes(damage(lines.join('\n'), damaged, damageSeed), look),
  };
}

function compose(making: Making): void {
  const { content, inspected } = making;
  front(making);
  ratingsPage(making);
  if (content.hasSummary) executiveSummary(making);
  recommendationsPart(making);
  background(making);
  facts(making);
  for (const domain of inspected.edition.domains) domainPart(making, domain);
  methodology(making);
  if (content.keyQuestions === 'annexe') resultsAnnexe(making);
  if (content.prompts === 'annexe') dataAnnexe(making);
  glossary(making);
}

function wordsByKey(blocks: readonly Block[]): Map<string, string> {
  const words = new Map<string, string>();
  const note = (key: string | undefined, text: string) => key !== undefined && words.set(key, text);
  for (const block of blocks) {
    if (block.kind === 'table') for (const { key, cells } of block.rows) note(key, cells.join(' '));
    else if (block.kind === 'bullets' || block.kind === 'numbered')
      for (const { key, text } of block.items) note(key, text);
    else if ('text' in block) note(block.key, block.text);
  }
  return words;
}

function damagedBlocks(blocks: readonly Block[], damaged: Damage, seed: number): readonly Block[] {
  if (damaged.share === 0) return blocks;
  return blocks.map((block, at) => {
    let text = 0;
    return mapTexts(block, (one) => damage(one, damaged, seed + 1000 * at + text++));
  });
}

const asBytes = (text: string, { lineEnd, hasByteOrderMark }: Look): Buffer =>
  Buffer.from((hasByteOrderMark ? '\uFEFF' : '') + text.replaceAll('\n', lineEnd));
