import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { intoFolder } from '../disk/into-folder.js';
import type { SimulatedInspection } from './programme.js';

interface WrittenProgramme {
  inspections: number;
  services: number;
  cases: number;
  answers: number;
}

/**
 * Writes the bundles of a programme into a folder that is not there yet, or is empty: all of them, or nothing. Throws a UserError when it
 * can't be written.
 */
export async function writeProgramme(
  folder: string,
  inspections: Iterable<SimulatedInspection>,
  onInspection?: (done: number) => void,
): Promise<WrittenProgramme> {
  const services = new Set<string>();
  const written = { inspections: 0, cases: 0, answers: 0 };
  await intoFolder(folder, {}, async (partial) => {
    for (const inspection of inspections) {
      const bundle = path.join(partial, inspection.name);
      await mkdir(bundle);
      for (const [file, text] of Object.entries(bundleFiles(inspection)))
        await writeFile(path.join(bundle, file), text);
      services.add(inspection.service);
      written.inspections++;
      written.cases += inspection.cases.length;
      for (const ofCase of inspection.answers) written.answers += ofCase.filter(Boolean).length;
      onInspection?.(written.inspections);
      await nextTurn();
    }
  });
  return { ...written, services: services.size };
}

/** The files of an inspection's bundle, by name. Nothing in its tables has a comma, a quote or a line break: no cell needs quotes. */
export function bundleFiles(
  inspection: SimulatedInspection,
): Record<'inspection.json' | 'cases.csv' | 'answers.csv', string> {
  const { file, cases, kindOfCase, attributes, questions, answers } = inspection;
  const ofCases = cases.map(({ pseudonym, sample, kind, attributes: own }) => [
    ...[pseudonym, sample, kind ?? ''],
    ...attributes.map((attribute) => own[attribute]),
  ]);
  const given = cases.flatMap(({ pseudonym }, at) =>
    questions.flatMap(({ code }, question) => {
      const answer = answers[at]?.[question];
      return answer ? [[pseudonym, code, answer]] : [];
    }),
  );
  return {
    'inspection.json': `${JSON.stringify(file, null, 2)}\n`,
    'cases.csv': csv([['case', 'sample', kindOfCase, ...attributes], ...ofCases]),
    'answers.csv': csv([['case', 'question', 'answer'], ...given]),
  };
}

const csv = (rows: readonly (readonly (string | undefined)[])[]): string =>
  rows.map((row) => `${row.join(',')}\n`).join('');
