import type { EditionFile } from '../../src/import/edition/edition-file.js';
import { invented, truthOf } from './invented-inspection.js';
import { asPdf } from './pdf-layout.js';
import { type Block, blocksOf } from './report-blocks.js';
import { asMarkdown, asPrinted, withTabs } from './text-layouts.js';
import { asWebPage } from './web-layout.js';

/** The ways in which published reports, and texts made of them, are laid out. */
const layouts: Record<
  string,
  { ending: string; lay(blocks: Block[], head: string): string | Promise<Buffer> }
> = {
  'text, tabs': { ending: 'txt', lay: withTabs },
  'text, printed columns': { ending: 'txt', lay: asPrinted },
  Markdown: { ending: 'md', lay: asMarkdown },
  'web page': { ending: 'html', lay: asWebPage },
  PDF: { ending: 'pdf', lay: asPdf },
};

export const layoutNames = Object.keys(layouts);

/** An invented report, and what it says, by the words of each path in inspection.yaml. */
export interface InventedReport {
  layout: string;
  ending: string;
  bytes: Buffer;
  truth: Map<string, unknown>;
}

/** An invented report in a layout. */
export async function inventedReport(
  layout: string,
  edition: EditionFile,
  seed: number,
): Promise<InventedReport> {
  const { ending, lay } = layouts[layout] as (typeof layouts)[string];
  const inspection = invented(edition, seed);
  const blocks = blocksOf(inspection, seed);
  const laid = await lay(blocks, `Inspection of youth services: ${inspection.service.area}`);
  return { layout, ending, bytes: Buffer.from(laid), truth: truthOf(inspection) };
}
