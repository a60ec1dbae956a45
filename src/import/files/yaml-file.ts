import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  Parser,
  parseDocument,
  visit,
} from 'yaml';
import { type Problem, UserError } from '../../problem.js';
import { type FileRecord, type Given, readSource, type Source, sourceOf } from './source.js';

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
  readonly #lines = new LineCounter();
  #parsed: Document | undefined;

  constructor({ text, record }: SourceText) {
    this.file = record.file;
    this.record = record;
    this.#text = text;
    this.#lines.addNewLine(0);
    for (const { index } of text.matchAll(/\n/g)) this.#lines.addNewLine(index + 1);
    const json = plainJson(text);
    this.data = json ? json.data : this.#read();
  }

  /** The values of the document. Throws a UserError with every fault of it, or with the first where it is no YAML. */
  #read(): unknown {
    // Only what is not too deep may be given to the rest of the reader, which works by recursion.
    this.#refuse(tooDeep(this.#text));
    const document = this.#document;
    const [error, ...others] = document.errors;
    if (error) {
      const what =
        error.code === 'MULTIPLE_DOCS' ? 'a second document begins here: leave one' : error.message;
      const more = others.length > 0 ? `; ${others.length} more from here on, which may follow from it` : '';
      this.#refuse([{ at: error.pos[0], message: what + more }]);
    }
    this.#refuse(yamlFaults(document));
    return document.toJS();
  }

  /** Parsed when it is first needed: of plain JSON only to say where something is. Keys are text, as they are written: 2.10 is not 2.1. */
  get #document(): Document {
    const options = { prettyErrors: false, uniqueKeys: false, stringKeys: true, logLevel: 'error' } as const;
    this.#parsed ??= parseDocument(this.#text, options);
    return this.#parsed;
  }

  /** Throws a UserError when there are faults. */
  #refuse(faults: Fault[]): void {
    if (faults.length === 0) return;
    const problems = faults.map(({ at, message }) => this.#problemAt(at, `not valid YAML: ${message}`));
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
    let node: unknown = this.#document.contents;
    let at = (isNode(node) && node.range?.[0]) || 0;
    for (const step of path) {
      // A value of a map is at its key.
      const isOf = ({ key }: { key: unknown }) => isScalar(key) && key.value === String(step);
      const pair = isMap(node) ? node.items.find(isOf) : undefined;
      const found: unknown = pair ? pair.key : isSeq(node) ? node.items[Number(step)] : undefined;
      if (!isNode(found)) break;
      at = found.range?.[0] ?? at;
      node = pair ? pair.value : found;
    }
    return this.#problemAt(at, message);
  }

  /** A message without its middle where that is long: a key or a name of the file's that stands in it may be as long as the file. */
  #problemAt(at: number, message: string): Problem {
    const { line, col } = this.#lines.linePos(at);
    const short = message.length <= 2000 ? message : `${message.slice(0, 1500)} … ${message.slice(-400)}`;
    return { file: this.file, line, column: col, message: short };
  }
}

/** Something wrong in a YAML document, and the offset at which it stands. */
interface Fault {
  at: number;
  message: string;
}

const deepest = 100;

/** Where text nests deeper than any file of ours; found out without recursion, of which the rest of the reader is full. */
function tooDeep(text: string): Fault[] {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    // the parser works only while it is asked for what comes next
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > deepest)
      return [{ at: parser.offset, message: 'values are nested in each other too deeply here' }];
  }
  return [];
}

/** What YAML lets pass and this program can't use: keys that stand twice, the first alias, and text that no database holds. */
function yamlFaults(document: Document): Fault[] {
  const faults: Fault[] = [];
  let hasAlias = false;
  const say = (node: unknown, message: string) =>
    faults.push({ at: (isNode(node) && node.range?.[0]) || 0, message });
  visit(document, (_, node) => {
    // They may lead nowhere, into themselves, or to millions of values.
    if (isAlias(node) && !hasAlias) say(node, `an alias (*${node.source}) is not taken: write the value out`);
    hasAlias ||= isAlias(node);
    // PostgreSQL keeps neither a null nor half of a surrogate pair.
    if (isScalar(node) && typeof node.value === 'string' && /\0|\p{Surrogate}/u.test(node.value))
      say(node, 'this text has a character in it that can not be kept (a null, or half of a pair)');
    const seen = new Set<unknown>();
    for (const { key } of isMap(node) ? node.items : []) {
      const name = isScalar(key) ? key.value : key;
      if (seen.has(name)) say(key, `key "${name}" stands twice`);
      seen.add(name);
    }
  });
  return faults;
}

/** In megabytes. */
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
    return countKeys(data) === keys ? { data } : undefined;
  } catch {
    return undefined;
  }
}

function countKeys(value: unknown, depth = 0): number {
  if (depth > deepest) throw new RangeError('too deep');
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
