import path from 'node:path';
import type { FoundReport } from './read-paths.js';

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

/** Names that Windows keeps for devices, whatever stands behind a dot. */
const devices = /^(?:con|prn|aux|nul|com\d|lpt\d)(?:\.|$)/i;
/** Bytes that a name may have on most file systems, less what a number needs. */
const longest = 240;

/**
 * The name of a report's folder: the file's own without its ending, as far as every file system takes it. It is never a path: ".." and
 * the like are "report". Of two reports of one name, also in capitals, the later one gets a number; `taken` remembers the names.
 */
export function folderName(file: string, taken: Set<string>): string {
  const bare = path
    .parse(file)
    .name.replaceAll(/[\p{Cc}\p{Cf}\p{Cs}<>:"/\\|?*]/gu, '-')
    .replaceAll(/^\.+|[. ]+$/g, '');
  const name = shortened(devices.test(bare) ? `report-${bare}` : bare || 'report');
  for (let number = 1; ; number++) {
    const numbered = number === 1 ? name : `${name}-${number}`;
    const key = nameKey(numbered);
    if (taken.has(key)) continue;
    taken.add(key);
    return numbered;
  }
}

/** What two names have in common that are the same to some file system. */
const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();

function shortened(name: string): string {
  let short = name;
  while (Buffer.byteLength(short) > longest) short = [...short].slice(0, -1).join('');
  return short;
}
