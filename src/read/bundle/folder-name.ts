import path from 'node:path';

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
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase();

function shortened(name: string): string {
  let short = name;
  while (Buffer.byteLength(short) > longest) short = [...short].slice(0, -1).join('');
  return short;
}
