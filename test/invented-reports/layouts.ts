import type { Framework } from '../../src/framework/framework.js';
import { invented, truthOf } from './invented-inspection.js';
import { asPdf } from './pdf-layout.js';
import { type Block, blocksOf } from './report-blocks.js';
import { asMarkdown, asPrinted, withTabs } from './text-layouts.js';
import { asWebPage } from './web-layout.js';

type Lay = (blocks: Block[], head: string) => string | Promise<Buffer>;

/** The ways in which published reports, and texts made of them, are laid out. */
const layouts: Record<string, [ending: string, lay: Lay]> = {
  'text, tabs': ['txt', withTabs],
  'text, printed columns': ['txt', asPrinted],
  Markdown: ['md', asMarkdown],
  'web page': ['html', asWebPage],
  PDF: ['pdf', asPdf],
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
  edition: Framework,
  seed: number,
): Promise<InventedReport> {
  const [ending, lay] = layouts[layout] as [string, Lay];
  const inspection = invented(edition, seed);
  const blocks = blocksOf(inspection, seed);
  const laid = await lay(blocks, `Inspection of youth services: ${inspection.service.area}`);
  return { layout, ending, bytes: Buffer.from(laid), truth: truthOf(inspection) };
}
