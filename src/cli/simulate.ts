import { checkDestination } from '../disk/into-folder.js';
import { readMaterial } from '../simulate/material.js';
import { simulateProgramme } from '../simulate/programme.js';
import { writeProgramme } from '../simulate/write-programme.js';
import { plural } from '../words/plural.js';
import { print, printJson } from './print.js';
import { withProgress } from './progress.js';
import { withDatabase } from './with-database.js';

interface Given {
  inspections: number;
  seed: number;
  to: string;
  edition?: string[];
  json?: boolean;
}

export async function simulate({ to, edition, json, ...options }: Given): Promise<void> {
  await checkDestination(to);
  const material = await withDatabase(({ db }) => readMaterial(db, edition));
  const written = await withProgress('inspections', (onDone) =>
    writeProgramme(to, simulateProgramme(material, options), (done) => onDone(done, options.inspections)),
  );
  if (json) return printJson({ folder: to, ...written });
  const { inspections, services, cases, answers } = written;
  print(
    `${to}: ${plural(inspections, 'inspection')} of ${plural(services, 'service')}, ${plural(cases, 'case')}, ${plural(answers, 'answer')}; all invented`,
  );
}
