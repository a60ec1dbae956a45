import type { Framework } from '../framework/framework.js';
import { knownEditions } from '../import/edition/edition-file.js';
import { merged, type Reading } from './claim.js';
import { factClaims } from './claims/facts.js';
import { figureClaims } from './claims/figures.js';
import { findingClaims, recommendationClaims } from './claims/findings.js';
import { frontPageClaims } from './claims/front-page.js';
import { decisionClaims, ratingClaims } from './claims/ratings.js';
import { sampleClaims } from './claims/samples.js';
import { consistent } from './consistency.js';
import { openReport } from './file/open-report.js';
import type { Report } from './report.js';
import { whichEdition } from './which-edition.js';

/** A report that was read: what it says, and on what that rests. */
export interface ReadReport {
  reading: Reading;
  document: Report;
  edition: Framework;
}

/**
 * Reads a published inspection report: a PDF, a web page or a text. `editions` are folders of editions besides the shipped ones. Throws a
 * UserError for a file that can't be read, is no such report, or is of an edition that is not known.
 */
export async function readReport(
  file: string,
  { editions: further = [] }: { editions?: string[] } = {},
): Promise<ReadReport> {
  const [document, editions] = await Promise.all([openReport(file), knownEditions(further)]);
  return { document, ...readDocument(document, editions) };
}

/** As `readReport`, of a report that is open already. */
export function readDocument(document: Report, editions: readonly Framework[]) {
  const { outline, edition, claims } = whichEdition(document, editions);
  const frontPage = frontPageClaims(outline);
  const area = merged(frontPage).values.find(({ path }) => path.join() === 'service,area')?.value;
  const found = [
    ...[...claims, ...frontPage, ...sampleClaims(outline), ...ratingClaims(outline)],
    ...[...decisionClaims(outline), ...figureClaims(outline)],
    ...factClaims(outline, area === undefined ? undefined : String(area)),
    ...[...recommendationClaims(outline), ...findingClaims(outline)],
  ];
  return { edition, reading: consistent(merged(found), outline.grammar) };
}
