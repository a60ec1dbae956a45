import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import {
  type Document,
  isMap,
  isNode,
  isSeq,
  LineCounter,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import { type Problem, UserError } from '../../problem.js';
import { type Fault, keyOf, tooDeep, tooManyAliases, yamlFaults } from './yaml-faults.js';

/** A path to a value inside a file: keys and positions. */
export type ValuePath = readonly (string | number)[];

/** A file as it was read, for the record of the load. */
export interface FileRecord {
  file: string;
  sha256: string;
  bytes: number;
}

const largest = 10 * 1024 * 1024;

/** A YAML (or JSON) file that was read, and where in it each value stands. */
export class YamlFile {
  readonly data: unknown;
  readonly record: FileRecord;
  readonly #document: Document;
  readonly #lines = new LineCounter();
  readonly #pairs = new WeakMap<YAMLMap, Map<string, Pair>>();

  private constructor(
    readonly file: string,
    readonly text: string,
    bytes: Buffer,
  ) {
    this.record = { file, sha256: createHash('sha256').update(bytes).digest('hex'), bytes: bytes.length };
    let lineStart = 0;
    do {
      this.#lines.addNewLine(lineStart);
      lineStart = text.indexOf('\n', lineStart) + 1;
    } while (lineStart > 0);
    // Only what is not too deep may be given to the rest of the reader, which works by recursion.
    this.#refuse(tooDeep(text));
    this.#document = parseDocument(text, { prettyErrors: false, uniqueKeys: false, logLevel: 'error' });
    const errors = this.#document.errors.map(({ code, message, pos: [at] }) => ({
      at,
      message: code === 'MULTIPLE_DOCS' ? 'a second document begins here: leave one' : message,
    }));
    this.#refuse([...errors, ...yamlFaults(this.#document)]);
    try {
      this.data = this.#document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      this.#refuse(tooManyAliases(this.#document));
    }
  }

  /** Throws a UserError when there are faults. */
  #refuse(faults: Fault[]): void {
    if (faults.length === 0) return;
    const problems = faults.map(({ at, message }) => ({
      file: this.file,
      ...this.#position(at),
      message: `not valid YAML: ${message}`,
    }));
    throw new UserError(`${this.file} can't be read.`, undefined, problems);
  }

  /** Reads a file. Throws a UserError when there is none, or when it is not YAML. */
  static async read(file: string): Promise<YamlFile> {
    let bytes: Buffer;
    try {
      if ((await stat(file)).size > largest)
        throw new UserError(`${file} can't be read: it is larger than 10 MB.`);
      bytes = await readFile(file);
    } catch (error) {
      if (error instanceof UserError) throw error;
      const { code } = error as NodeJS.ErrnoException;
      const why: Record<string, string> = {
        ENOENT: 'there is no such file',
        ENOTDIR: 'there is no such file',
        EISDIR: 'it is a folder',
        EACCES: 'it may not be read',
      };
      throw new UserError(`${file} can't be read: ${why[code ?? ''] ?? code}.`);
    }
    return new YamlFile(file, textOf(file, bytes), bytes);
  }

  /** Reads text that is already here; `file` is what messages call it. */
  static parse(file: string, text: string): YamlFile {
    return new YamlFile(file, text, Buffer.from(text));
  }

  /** A problem at a value; when the value is missing, at what should hold it. */
  problem(path: ValuePath, message: string): Problem {
    for (let depth = path.length; depth > 0; depth--) {
      const offset = this.#offset(path.slice(0, depth));
      if (offset !== undefined) return { file: this.file, ...this.#position(offset), message };
    }
    return { file: this.file, ...this.#position(this.#document.contents?.range?.[0] ?? 0), message };
  }

  #position(offset: number): { line: number; column: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /** Where a value's key (or, in a list, the value) begins; undefined when there is no such value. */
  #offset(path: ValuePath): number | undefined {
    let node: unknown = this.#document.contents;
    let begin: number | undefined;
    for (const step of path) {
      const pair = this.#pairsOf(node)?.get(String(step));
      const found: unknown = pair ? pair.key : isSeq(node) ? node.items[Number(step)] : undefined;
      if (!isNode(found)) return undefined;
      begin = found.range?.[0];
      node = pair ? pair.value : found;
    }
    return begin;
  }

  /** A map's pairs by key; kept, because a long list of problems asks for them again and again. */
  #pairsOf(node: unknown): Map<string, Pair> | undefined {
    if (!isMap(node)) return undefined;
    const byKey = this.#pairs.get(node) ?? new Map(node.items.map((pair) => [keyOf(pair) ?? '', pair]));
    this.#pairs.set(node, byKey);
    return byKey;
  }
}

/** The text of a file's bytes. Throws a UserError, with the line, when they are not UTF-8. */
function textOf(file: string, bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    const [before = ''] = bytes.toString('utf8').split('\uFFFD');
    throw new UserError(`${file} can't be read.`, undefined, [
      { file, line: before.split('\n').length, message: 'not text in UTF-8: save the file as UTF-8' },
    ]);
  }
}
