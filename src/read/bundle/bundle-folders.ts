import path from 'node:path';
import type { FoundReport } from './find-reports.js';
import { folderName, nameKey } from './folder-name.js';

/**
 * Where the bundles of reports go, no two to the same place: a bundle back to where it was, unless `to` names a folder; else into a folder
 * named after the report.
 */
export function bundleFolders(reports: readonly FoundReport[], to = '.'): string[] {
  const goesBack = ({ bundle }: FoundReport) => bundle !== undefined && to === '.';
  const taken = new Set(
    reports
      .filter((report) => goesBack(report))
      .map(({ bundle }) => path.resolve(bundle as string))
      .filter((bundle) => path.dirname(bundle) === path.resolve(to))
      .map((bundle) => nameKey(path.basename(bundle))),
  );
  return reports.map((report) => {
    if (goesBack(report)) return report.bundle as string;
    const folder = path.join(to, folderName(report.file, taken));
    return path.isAbsolute(folder) || folder.startsWith('..') ? folder : `./${folder}`;
  });
}
