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
import { type FileRecord, type Given, readSource, type Source, sourceOf } from './source.js';
import { type Fault, keyOf, tooDeep, tooManyAliases, yamlFaults } from './yaml-faults.js';

/** A path to a value inside a file: keys and positions. */
export type ValuePath = readonly (string | number)[];

/** The text of a file, and the record of its bytes. */
export interface SourceText {
  text: string;
  record: FileRecord;
}

/** A YAML (or JSON) file that was read, and where in it each value stands. */
export class YamlFile {
  readonly data: unknown;
  readonly file: string;
  readonly record: FileRecord;
  readonly #text: string;
  readonly #pairs = new WeakMap<YAMLMap, Map<string, Pair>>();
  #parsed: { document: Document; lines: LineCounter } | undefined;

  constructor({ text, record }: SourceText) {
    this.file = record.file;
    this.record = record;
    this.#text = text;
    const json = plainJson(text);
    this.data = json ? json.data : this.#read();
  }

  /** The values of the document. Throws a UserError with every fault of it. */
  #read(): unknown {
    // Only what is not too deep may be given to the rest of the reader, which works by recursion.
    this.#refuse(tooDeep(this.#text));
    const { document } = this.#document;
    const errors = document.errors.map(({ code, message, pos: [at] }) => ({
      at,
      message: code === 'MULTIPLE_DOCS' ? 'a second document begins here: leave one' : message,
    }));
    this.#refuse([...firstOf(errors), ...(errors.length > fewErrors ? [] : yamlFaults(document))]);
    try {
      return document.toJS({ maxAliasCount: 100 });
    } catch (error) {
      if (!(error instanceof ReferenceError)) throw error;
      this.#refuse(tooManyAliases(document));
    }
  }

  /** Parsed when it is first needed: of plain JSON only to say where something is. */
  get #document(): { document: Document; lines: LineCounter } {
    if (!this.#parsed) {
      const lines = new LineCounter();
      let lineStart = 0;
      do {
        lines.addNewLine(lineStart);
        lineStart = this.#text.indexOf('\n', lineStart) + 1;
      } while (lineStart > 0);
      const document = parseDocument(this.#text, {
        prettyErrors: false,
        uniqueKeys: false,
        logLevel: 'error',
      });
      this.#parsed = { document, lines };
    }
    return this.#parsed;
  }

  /** Throws a UserError when there are faults. */
  #refuse(faults: Fault[]): void {
    if (faults.length === 0) return;
    // The document may be what is at fault: places are counted in the text alone, once through it for all of them.
    let [line, lineStart] = [1, 0];
    const problems = faults
      .toSorted((one, other) => one.at - other.at)
      .map(({ at, message }) => {
        for (let end = this.#text.indexOf('\n', lineStart); end >= 0 && end < at; ) {
          line++;
          lineStart = end + 1;
          end = this.#text.indexOf('\n', lineStart);
        }
        return {
          file: this.file,
          line,
          column: at - lineStart + 1,
          message: shortened(`not valid YAML: ${message}`),
        };
      });
    throw new UserError(`${this.file} can't be read.`, undefined, problems);
  }

  /** Reads a file. Throws a UserError when there is none, or when it is not YAML. */
  static async read(file: string): Promise<YamlFile> {
    return new YamlFile(await readText(file));
  }

  /** Reads text that is already here; `file` is what messages call it. */
  static parse(file: string, text: string): YamlFile {
    return new YamlFile(textOf(sourceOf(file, Buffer.from(text))));
  }

  /** A problem at a value; when the value is missing, at what should hold it. */
  problem(path: ValuePath, message: string): Problem {
    for (let depth = path.length; depth > 0; depth--) {
      const offset = this.#offset(path.slice(0, depth));
      if (offset !== undefined)
        return { file: this.file, ...this.#position(offset), message: shortened(message) };
    }
    const { contents } = this.#document.document;
    return {
      file: this.file,
      ...this.#position(contents?.range?.[0] ?? 0),
      message: shortened(message),
    };
  }

  #position(offset: number): { line: number; column: number } {
    const { line, col } = this.#document.lines.linePos(offset);
    return { line: Math.max(line, 1), column: Math.max(col, 1) };
  }

  /** Where a value's key (or, in a list, the value) begins; undefined when there is no such value. */
  #offset(path: ValuePath): number | undefined {
    let node: unknown = this.#document.document.contents;
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

/** So many errors of syntax are told one by one: where a file is no YAML at all, each line has one. */
const fewErrors = 3;

/** The first errors of syntax, and how many there are besides. */
function firstOf(errors: Fault[]): Fault[] {
  const [told, others] = [errors.slice(0, fewErrors), errors.slice(fewErrors)];
  const [next] = others;
  return next
    ? [...told, { at: next.at, message: `${others.length} more from here on, which may follow from these` }]
    : told;
}

/** A message without its middle where that is long: a key or a name of the file's that stands in it may be as long as the file. */
const shortened = (message: string): string =>
  message.length <= 2000 ? message : `${message.slice(0, 1500)} … ${message.slice(-400)}`;

const largest = 10;

/** Reads a text file. Throws a UserError when there is none, or when it is no text in UTF-8. */
export const readText = async (given: Given): Promise<SourceText> => textOf(await readSource(given, largest));

/**
 * The value of a text that is JSON without a key that stands twice, else undefined: YAML's reader, which is slower by far,
 * then says what is wrong.
 */
function plainJson(text: string): { data: unknown } | undefined {
  // What no database keeps (a null, half of a pair) is looked for there, too.
  if (!/^\s*\{/.test(text) || /\\u(0000|d[89a-f])/i.test(text)) return undefined;
  try {
    const data: unknown = JSON.parse(text);
    let keys = 0;
    for (const [, colon] of text.matchAll(/"(?:[^"\\]|\\.)*"\s*(:)?/g)) if (colon) keys++;
    return countKeys(data, 0) === keys ? { data } : undefined;
  } catch {
    return undefined;
  }
}

function countKeys(value: unknown, depth: number): number {
  if (depth > 100) throw new RangeError('too deep');
  if (value === null || typeof value !== 'object') return 0;
  const inside = Object.values(value).reduce((sum: number, one) => sum + countKeys(one, depth + 1), 0);
  return Array.isArray(value) ? inside : inside + Object.keys(value).length;
}

/** The text of a file's bytes. Throws a UserError, with the line, when they are not UTF-8. */
function textOf({ bytes, record }: Source): SourceText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), record };
  } catch {
    const { file } = record;
    const [before = ''] = bytes.toString('utf8').split('\uFFFD');
    throw new UserError(`${file} can't be read.`, undefined, [
      { file, line: before.split('\n').length, message: 'not text in UTF-8: save the file as UTF-8' },
    ]);
  }
}
