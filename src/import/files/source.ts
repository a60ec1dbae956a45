import { createHash } from 'node:crypto';
import { readFileSync, type Stats, statSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { isatty } from 'node:tty';
import { UserError } from '../../problem.js';
import { unreadable } from '../../unreadable.js';

/** What is given to be read: the path of a file, or what comes by a pipe and the name that messages call it. */
export type Given = string | { name: string; chunks: AsyncIterable<Uint8Array> };

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
  const file = typeof given === 'string' ? given : given.name;
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
export function kindOf(found: Stats): string | undefined {
  if (found.isFIFO()) return 'a pipe';
  if (found.isSocket()) return 'a socket';
  return found.isCharacterDevice() || found.isBlockDevice() ? 'a device' : undefined;
}
