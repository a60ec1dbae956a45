import { readFile } from 'node:fs/promises';
import { type Document, isMap, isNode, isSeq, LineCounter, parseDocument } from 'yaml';
import { type Problem, UserError } from '../problem.js';

/** A path to a value inside a file: keys and positions. */
export type ValuePath = readonly (string | number)[];

const largest = 10 * 1024 * 1024;

/** A YAML (or JSON) file that was read, and where in it each value stands. */
export class YamlFile {
  readonly data: unknown;
  readonly #document: Document;
  readonly #lines = new LineCounter();

  private constructor(
    readonly file: string,
    readonly text: string,
  ) {
    this.#document = parseDocument(text, { lineCounter: this.#lines, prettyErrors: false });
    const problems = this.#document.errors.map(({ message, pos }): Problem => {
      const { line, col } = this.#lines.linePos(pos[0]);
      return { file, line, column: col, message: `not valid YAML: ${message}` };
    });
    if (problems.length > 0) throw new UserError(`${file} can't be read.`, undefined, problems);
    try {
      this.data = this.#document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      throw new UserError(`${file} can't be read: ${(error as Error).message}.`);
    }
  }

  /** Reads a file. Throws a UserError when there is none, or when it is not YAML. */
  static async read(file: string): Promise<YamlFile> {
    let bytes: Buffer;
    try {
      bytes = await readFile(file);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      const why: Record<string, string> = {
        ENOENT: 'there is no such file',
        EISDIR: 'it is a folder',
        EACCES: 'it may not be read',
      };
      throw new UserError(`${file} can't be read: ${why[code ?? ''] ?? code}.`);
    }
    if (bytes.length > largest) throw new UserError(`${file} can't be read: it is larger than 10 MB.`);
    return YamlFile.parse(file, bytes.toString('utf8').replace(/^\uFEFF/, ''));
  }

  /** Reads text that is already here; `file` is what messages call it. */
  static parse(file: string, text: string): YamlFile {
    return new YamlFile(file, text);
  }

  /** A problem at a value; when the value is missing, at what should hold it. */
  problem(path: ValuePath, message: string): Problem {
    for (let depth = path.length; depth >= 0; depth--) {
      const offset = this.#offset(path.slice(0, depth));
      if (offset !== undefined) {
        const { line, col } = this.#lines.linePos(offset);
        return { file: this.file, line, column: col, message };
      }
    }
    return { file: this.file, message };
  }

  /** Where a value's key (or, in a list, the value) begins; undefined when there is no such value. */
  #offset(path: ValuePath): number | undefined {
    let node: unknown = this.#document.contents;
    let begin = isNode(node) ? node.range?.[0] : undefined;
    for (const step of path) {
      let found: unknown;
      if (isMap(node)) {
        const pair = node.items.find((item) => String(item.key) === String(step));
        found = pair?.key;
        node = pair?.value;
      } else if (isSeq(node)) {
        found = node.items[Number(step)];
        node = found;
      }
      if (!isNode(found)) return undefined;
      begin = found.range?.[0];
    }
    return begin;
  }
}
