import path from 'node:path';
import type { InspectionFile } from '../../../src/import/bundle/inspection-file.js';
import type { EditionFile } from '../../../src/import/edition/edition-file.js';
import { readAround } from '../../../src/read/around/around.js';
import { assemble } from '../../../src/read/bundle/assemble.js';
import { openReport } from '../../../src/read/document/open-report.js';
import type { Reading } from '../../../src/read/reading.js';
import { knownEditions } from '../../../src/read/structure/known-editions.js';
import { sectionsOf } from '../../../src/read/structure/sections.js';
import { testFolder } from '../../support/bundles.js';
import { type Invented, inventedReport } from './invented.js';

/** The edition of a code, from its files. */
export async function editionOf(code: string): Promise<EditionFile> {
  return (await knownEditions()).find(({ edition }) => String(edition) === code) as EditionFile;
}

/** What is read around the figures of an invented report: the values, and the inspection file that they make. */
export type Around = (invented?: Invented, edition?: string) => Promise<Reading & { file: InspectionFile }>;

/** Gives a test file a reader of invented reports. */
export function aroundReader(): Around {
  const folder = testFolder();
  return async (invented = {}, code = '2021') => {
    const edition = await editionOf(code);
    const text = inventedReport(edition, invented);
    const file = path.join(await folder.folder({ 'report.txt': text }), 'report.txt');
    const document = await openReport(file);
    const reading = readAround(document, sectionsOf(document, [edition]), edition);
    return { ...reading, file: assemble(reading.values, 'invented').file };
  };
}
