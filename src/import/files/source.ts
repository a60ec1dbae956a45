import { createHash } from 'node:crypto';
import { lstatSync, readFileSync, realpathSync, type Stats, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import path from 'node:path';
import { isatty } from 'node:tty';
import { unreadable } from '../../disk/reading.js';
import { UserError } from '../../problem.js';

/** What is given to be read: the path of a file, or what comes by a pipe and the name that messages call it. */
export type Given = string | { name: string; chunks: AsyncIterable<Uint8Array> };

/** What messages call it. Throws a RangeError for what is neither. */
export function nameOf(given: Given): string {
  if (typeof given === 'string') return given;
  if (!given?.chunks)
    throw new RangeError('What is loaded has to be the path of a file, or a name and chunks.');
  return given.name;
}

/** A file as it was read, for the record of the load. */
export interface FileRecord {
  /** What messages call it: the path that was given, or "standard input". */
  file: string;
  sha256: string;
  bytes: number;
}

/** The bytes of a file, and the record of them. */
export interface Source {
  bytes: Buffer;
  record: FileRecord;
}

const megabyte = 1024 * 1024;

/** Reads a file or a pipe, up to so many megabytes. Throws a UserError when it can't be read, or is larger. */
export async function readSource(given: Given, most: number): Promise<Source> {
  const file = nameOf(given);
  try {
    const bytes =
      typeof given === 'string' ? await bytesAt(given, most) : await collected(file, given.chunks, most);
    return sourceOf(file, bytes);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** Bytes that are already here. */
export function sourceOf(file: string, bytes: Buffer): Source {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { bytes, record: { file, sha256, bytes: bytes.length } };
}

async function bytesAt(file: string, most: number): Promise<Buffer> {
  const found = statSync(file);
  if (found.isFile() || found.isDirectory()) {
    if (found.size > most * megabyte) throw tooLarge(file, most);
    // Not in the thread pool: for a small file the ways there and back take longer than the reading.
    return readFileSync(file);
  }
  // A pipe that a user names by its path (/dev/stdin, or what a shell makes of <(…)) has no size, and may have no end.
  const handle = await open(file, 'r');
  try {
    if (kindOf(found) === 'a device' && !isatty(handle.fd))
      throw new UserError(`${file} can't be read: it is a device, not a file.`);
    return await collected(file, handle.createReadStream({ autoClose: false }), most);
  } finally {
    await handle.close();
  }
}

async function collected(file: string, chunks: AsyncIterable<Uint8Array>, most: number): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of chunks) {
    bytes += part.length;
    if (bytes > most * megabyte) throw tooLarge(file, most);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const tooLarge = (file: string, most: number) =>
  new UserError(`${file} can't be read: it is larger than ${most} MB.`);

/** What it is that is neither a file nor a folder. */
function kindOf(found: Stats): string | undefined {
  if (found.isFIFO()) return 'a pipe';
  if (found.isSocket()) return 'a socket';
  return found.isCharacterDevice() || found.isBlockDevice() ? 'a device' : undefined;
}

/**
 * Refuses (UserError) what stands under the name of a folder's file and is none: a pipe or a device, which may never end, or
 * a link that leads out of the folder. Bundles come from others: they say what they hold, not what else is to be read. A
 * file that is not there is left to its reader to refuse.
 */
export function refuseForeign(folder: string, file: string): void {
  try {
    const found = lstatSync(file, { throwIfNoEntry: false });
    if (!found || found.isFile()) return;
    if (found.isSymbolicLink() && !realpathSync(file).startsWith(path.join(realpathSync(folder), path.sep)))
      throw new UserError(
        `${file} can't be read: it is a link that leads out of its folder. Copy the file there.`,
      );
    const kind = kindOf(statSync(file));
    if (kind) throw new UserError(`${file} can't be read: it is ${kind}, not a file.`);
  } catch (error) {
    throw unreadable(file, error);
  }
}

/** What tells whether files are still those that were found: asked before they are read, and after. */
export const seenFiles = (files: readonly string[]): string =>
  files
    .map((file) => {
      const found = statSync(file, { bigint: true, throwIfNoEntry: false });
      return found ? `${found.ino} ${found.size} ${found.mtimeNs}` : '';
    })
    .join();
