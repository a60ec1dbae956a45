import { isDay } from '../days.js';
import { exitCode, UserError } from '../problem.js';
import { readEdition, writeTemplate } from '../template/write-template.js';
import { print } from './print.js';
import { withDatabase } from './with-database.js';

interface Given {
  edition: string;
  to?: string;
  fieldwork?: string;
}

export async function template({ edition, to, fieldwork }: Given): Promise<void> {
  const day = fieldwork ?? new Date().toISOString().slice(0, 10);
  if (!isDay(day))
    throw new UserError(`--fieldwork is "${day}": it has to be a day, like 2022-02-14.`, exitCode.call);
  const found = await withDatabase(({ db }) => readEdition(db, edition, day));
  const folder = to ?? `./inspection-${found.code.replaceAll(' ', '-')}`;
  const written = await writeTemplate(folder, found);
  print(
    `${folder}: ${written.join(', ')}`,
    'Fill in inspection.yaml, cases.csv and answers.csv; columns.csv explains the columns. Then load it:',
    `  npx yot-ratings load ${folder}`,
  );
}
