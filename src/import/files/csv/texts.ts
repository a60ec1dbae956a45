import type { TableBytes } from './bytes.js';
import type { Decoding } from './encoding.js';

/** A piece of a table's text, and whether it is the last. Its line ends are LF, whatever they are in the file. */
export interface Piece {
  text: string;
  isLast: boolean;
}

/** The beginning of a table's text: all of it when its bytes are kept in memory. */
export function beginningOf({ beginning, pass }: TableBytes, { decoder }: Decoding): string {
  return withLineFeeds(decoder()(beginning, !pass));
}

/** A table's text in pieces, for one that is read from disk. A line end is never cut in two. */
export async function* pieces(
  pass: () => AsyncIterable<Buffer>,
  { decoder }: Decoding,
): AsyncIterable<Piece> {
  const decode = decoder();
  let held = '';
  for await (const chunk of pass()) {
    const text = held + decode(chunk, false);
    held = text.endsWith('\r') ? '\r' : '';
    yield { text: withLineFeeds(held ? text.slice(0, -1) : text), isLast: false };
  }
  yield { text: withLineFeeds(held + decode(Buffer.alloc(0), true)), isLast: true };
}

function withLineFeeds(text: string): string {
  return text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text;
}
