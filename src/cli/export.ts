import { checkDestination } from '../disk/into-folder.js';
import { type ExportOptions, exportViews, exportWork } from '../export/export.js';
import { type Format, formats } from '../export/write-views.js';
import { plural } from '../words/plural.js';
import { print, printJson } from './print.js';
import { table } from './table.js';
import { withDatabase } from './with-database.js';

interface Given extends Omit<ExportOptions, 'formats'> {
  format: Format | 'all';
  json?: boolean;
}

export async function exportCommand(folder: string, { format, json, ...options }: Given): Promise<void> {
  await checkDestination(folder, { force: options.force ?? false, work: exportWork });
  const { views, files, leftOut } = await withDatabase(({ db }) =>
    exportViews(db, folder, { ...options, formats: format === 'all' ? formats : [format] }),
  );
  if (json)
    return printJson({
      folder,
      views: views.map(({ view, rows, files }) => ({ view: view.name, rows, files })),
      files,
      left_out: leftOut,
    });
  // The last files describe the others.
  const describing = files.slice(format === 'parquet' ? -1 : -2).join(' and ');
  print(
    ...table(
      ['view', { right: 'rows' }, 'files'],
      views.map(({ view, rows, files }) => [view.name, rows, files.map(({ file }) => file).join(', ')]),
    ),
    '',
    `${folder}: ${plural(views.length, 'view')}, described by ${describing}`,
    ...(leftOut > 0 ? [`${plural(leftOut, 'invented inspection')} left out: --synthetic includes them`] : []),
  );
}
