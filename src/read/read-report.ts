import type { EditionFile } from '../import/edition/edition-file.js';
import { UserError } from '../problem.js';
import { readAround } from './around/around.js';
import { checked } from './checks/check.js';
import { openReport } from './document/open-report.js';
import { readDecisions } from './figures/discretion.js';
import { readRatings } from './figures/ratings.js';
import { readResults } from './figures/results.js';
import type { Reading } from './reading.js';
import type { ReportDocument } from './report-document.js';
import { recogniseEdition } from './structure/edition.js';
import { knownEditions } from './structure/known-editions.js';
import { type Sections, sectionsOf } from './structure/sections.js';

/** A report that was read: what it says, and on what that rests. */
export interface ReadReport {
  reading: Reading;
  document: ReportDocument;
  sections: Sections;
  edition: EditionFile;
}

/**
 * Reads a published inspection report, a PDF or a text. `editions` are folders of editions besides the shipped ones. Throws a UserError for
 * a file that can't be read, is no such report, or is of an edition that is not known.
 */
export async function readReport(
  file: string,
  { editions: further = [] }: { editions?: string[] } = {},
): Promise<ReadReport> {
  const [document, editions] = await Promise.all([openReport(file), knownEditions(further)]);
  return { document, ...readDocument(document, editions) };
}

/** Three times the lines of the longest report, laid out line by line; what has more is held against no framework. */
const mostLines = 12_000;

/** As `readReport`, of a report that is open already. */
export function readDocument(
  document: ReportDocument,
  editions: readonly EditionFile[],
): Omit<ReadReport, 'document'> {
  const lines = document.lines.filter(({ noise }) => noise === undefined).length;
  if (lines > mostLines)
    throw new UserError(
      `${document.file} has ${lines.toLocaleString('en-GB')} lines; a report has a few thousand, and is read up to ${mostLines.toLocaleString('en-GB')}. Check that it is the right file, and one report only.`,
    );
  const recognised = recogniseEdition(document, editions);
  const { edition } = recognised;
  const others = editions.filter((other) => other !== edition);
  const sections = sectionsOf(document, [edition]);
  const around = readAround(document, sections, edition);
  const seen = {
    results: readResults(sections, edition, others, document.file),
    ratings: readRatings(sections, edition),
    decisions: readDecisions(document, sections, edition),
  };
  const figures = checked(document, sections, edition, seen, around.values);
  return {
    edition,
    sections,
    reading: {
      values: [recognised.value, ...around.values, ...figures.values],
      findings: [...recognised.findings, ...figures.findings, ...around.findings],
    },
  };
}
