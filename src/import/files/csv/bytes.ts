import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { closeSync, openSync, read, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { type FileHandle, mkdtemp, open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { isatty } from 'node:tty';
import { promisify } from 'node:util';
import { UserError } from '../../../problem.js';
import { unreadable } from '../../../unreadable.js';
import type { FileRecord } from '../yaml-file.js';

const megabyte = 1024 * 1024;

/** Bytes up to which a file is kept in memory; a larger one is read anew for every pass. */
const mostKept = 4 * megabyte;

// Even, so that no unit of UTF-16 is cut in two. Larger ones are slower: their rows outlive the collector's young space.
const chunkSize = 64 * 1024;

/** The bytes of a table, to be read once or several times. */
export interface TableBytes {
  record: FileRecord;
  /** true when all of it is UTF-8 */
  isUtf8: boolean;
  /** its first megabyte; all of it when it is kept in memory */
  beginning: Buffer;
  /** undefined when it is kept in memory; else a pass over it, in chunks that are good until the next is asked for */
  pass?: () => AsyncIterable<Buffer>;
}

/** The bytes of a file. Throws a UserError when there is none that may be read. */
export async function bytesOfFile(file: string): Promise<TableBytes> {
  let handle: FileHandle | undefined;
  try {
    // Hundreds of small files: for each, the ways to the thread pool and back take longer than the reading.
    const small = statSync(file);
    if (small.isFile() && small.size <= mostKept) return keptInMemory(file, readFileSync(file));
    handle = await open(file, 'r');
    const found = await handle.stat({ bigint: true });
    // A pipe that has a path (/dev/stdin, or what a shell makes of <(…)) can be read once only.
    if (found.isBlockDevice() || (found.isCharacterDevice() && !isatty(handle.fd)))
      throw new UserError(`${file} can't be read: it is a device, not a file.`);
    if (!found.isFile() && !found.isDirectory())
      return await bytesOfStream(file, handle.createReadStream({ autoClose: false }));
    if (found.size > mostKept) return await keptOnDisk(file, () => passOverFile(file, found));
    return keptInMemory(file, await handle.readFile());
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    await handle?.close();
  }
}

/** The bytes of a stream, such as standard input; what is larger than 4 MB waits in a temporary file. */
export async function bytesOfStream(name: string, chunks: AsyncIterable<Uint8Array>): Promise<TableBytes> {
  const held: Uint8Array[] = [];
  let length = 0;
  let spool: number | undefined;
  try {
    for await (const chunk of chunks) {
      length += chunk.length;
      if (spool === undefined && length > mostKept) {
        spool = await temporaryFile();
        for (const each of held.splice(0)) writeFileSync(spool, each);
      }
      if (spool === undefined) held.push(chunk);
      else writeFileSync(spool, chunk);
    }
    if (spool === undefined) return keptInMemory(name, Buffer.concat(held));
    const file = spool;
    return await keptOnDisk(name, () => passOver((buffer, at) => readAt(file, buffer, 0, buffer.length, at)));
  } catch (error) {
    if (spool !== undefined) closeSync(spool);
    throw unreadable(name, error);
  }
}

function keptInMemory(file: string, bytes: Buffer): TableBytes {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { record: { file, sha256, bytes: bytes.length }, isUtf8: isUtf8(bytes), beginning: bytes };
}

async function keptOnDisk(file: string, pass: () => AsyncIterable<Buffer>): Promise<TableBytes> {
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  let areUtf8 = true;
  let bytes = 0;
  const beginning: Buffer[] = [];
  for await (const chunk of pass()) {
    if (bytes < megabyte) beginning.push(Buffer.from(chunk));
    bytes += chunk.length;
    hash.update(chunk);
    areUtf8 &&= decodes(utf8, chunk);
  }
  areUtf8 &&= decodes(utf8);
  const record = { file, sha256: hash.digest('hex'), bytes };
  return { record, isUtf8: areUtf8, beginning: Buffer.concat(beginning), pass };
}

function decodes(decoder: InstanceType<typeof TextDecoder>, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}

/** What tells whether a file is still the one that was opened. */
interface Seen {
  size: bigint;
  mtimeNs: bigint;
}

async function* passOverFile(file: string, seen: Seen): AsyncIterable<Buffer> {
  let handle: FileHandle | undefined;
  try {
    handle = await open(file, 'r');
    const opened = handle;
    await refuseChanged(file, opened, seen);
    yield* passOver((buffer, at) => opened.read(buffer, 0, buffer.length, at));
    await refuseChanged(file, opened, seen);
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    await handle?.close();
  }
}

async function refuseChanged(file: string, handle: FileHandle, seen: Seen): Promise<void> {
  const { size, mtimeNs } = await handle.stat({ bigint: true });
  if (size !== seen.size || mtimeNs !== seen.mtimeNs)
    throw new UserError(
      `${file} can't be read: it was changed while it was being read. Try again when nothing writes to it.`,
    );
}

async function* passOver(
  readInto: (buffer: Buffer, at: number) => Promise<{ bytesRead: number }>,
): AsyncIterable<Buffer> {
  const buffer = Buffer.allocUnsafe(chunkSize);
  for (let at = 0; ; ) {
    // A read may give less than it was asked for; a chunk is filled all the same, so that all but the last are even.
    let filled = 0;
    while (filled < chunkSize) {
      const { bytesRead } = await readInto(buffer.subarray(filled), at + filled);
      if (bytesRead === 0) break;
      filled += bytesRead;
    }
    if (filled > 0) yield buffer.subarray(0, filled);
    if (filled < chunkSize) return;
    at += filled;
  }
}

const readAt = promisify(read);

/**
 * A temporary file that nobody else may read. It has no name any more once it is open, so that it is gone when the
 * process ends, however it ends.
 */
async function temporaryFile(): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), 'yot-ratings-input-'));
  try {
    return openSync(path.join(folder, 'input.csv'), 'wx+', 0o600);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
