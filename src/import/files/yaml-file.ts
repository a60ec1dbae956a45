import {
  type Document,
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  LineCounter,
  type Pair,
  Parser,
  parseDocument,
  visit,
  type YAMLMap,
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

/** So many errors of syntax are told one by one: where a file is no YAML at all, each line has one. */
const fewErrors = 3;

/** A YAML (or JSON) file that was read, and where in it each value stands. */
export class YamlFile {
  readonly data: unknown;
  readonly file: string;
  readonly record: FileRecord;
  readonly #text: string;
  readonly #pairs = new WeakMap<YAMLMap, Map<string, Pair>>();
  #parsed: Document | undefined;
  #lineStarts: LineCounter | undefined;

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
    const document = this.#document;
    const errors = document.errors.map(({ code, message, pos: [at] }) => ({
      at,
      message: code === 'MULTIPLE_DOCS' ? 'a second document begins here: leave one' : message,
    }));
    const [next] = errors.slice(fewErrors);
    const others = `${errors.length - fewErrors} more from here on, which may follow from these`;
    this.#refuse([
      ...errors.slice(0, fewErrors),
      ...(next ? [{ at: next.at, message: others }] : yamlFaults(document)),
    ]);
    return document.toJS();
  }

  /** Parsed when it is first needed: of plain JSON only to say where something is. */
  get #document(): Document {
    const options = { prettyErrors: false, uniqueKeys: false, logLevel: 'error' } as const;
    this.#parsed ??= parseDocument(this.#text, options);
    return this.#parsed;
  }

  /** Throws a UserError when there are faults. */
  #refuse(faults: Fault[]): void {
    if (faults.length === 0) return;
    const problems = faults
      .toSorted((one, other) => one.at - other.at)
      .map(({ at, message }) => this.#problemAt(at, `not valid YAML: ${message}`));
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
    const document = this.#document;
    let at = document.contents?.range?.[0] ?? 0;
    let node: unknown = document.contents;
    for (const step of path) {
      // A value of a map is at its key.
      const pair = this.#pairsOf(node)?.get(String(step));
      const found: unknown = pair ? pair.key : isSeq(node) ? node.items[Number(step)] : undefined;
      if (!isNode(found)) break;
      at = found.range?.[0] ?? at;
      node = pair ? pair.value : found;
    }
    return this.#problemAt(at, message);
  }

  /** A message without its middle where that is long: a key or a name of the file's that stands in it may be as long as the file. */
  #problemAt(at: number, message: string): Problem {
    if (!this.#lineStarts) {
      this.#lineStarts = new LineCounter();
      this.#lineStarts.addNewLine(0);
      for (const { index } of this.#text.matchAll(/\n/g)) this.#lineStarts.addNewLine(index + 1);
    }
    const { line, col } = this.#lineStarts.linePos(at);
    const short = message.length <= 2000 ? message : `${message.slice(0, 1500)} … ${message.slice(-400)}`;
    return { file: this.file, line: Math.max(line, 1), column: Math.max(col, 1), message: short };
  }

  /** A map's pairs by key; kept, because a long list of problems asks for them again and again. */
  #pairsOf(node: unknown): Map<string, Pair> | undefined {
    if (!isMap(node)) return undefined;
    const byKey = this.#pairs.get(node) ?? new Map(node.items.map((pair) => [keyOf(pair) ?? '', pair]));
    this.#pairs.set(node, byKey);
    return byKey;
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

/** What YAML lets pass and this program can't use: keys that stand twice or are no text, aliases, and text that no database holds. */
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
    const seen = new Set<string>();
    for (const pair of isMap(node) ? node.items : []) {
      const key = keyOf(pair);
      if (key === undefined) say(pair.key, 'a key has to be plain text');
      else if (seen.has(key)) say(pair.key, `key "${key}" stands twice`);
      // 2.10 is read as 2.1
      else if (isScalar(pair.key) && typeof pair.key.value === 'number' && pair.key.source !== key)
        say(pair.key, `this key would be read as the number ${key}: put it in quotes`);
      if (key !== undefined) seen.add(key);
    }
  });
  return faults;
}

/** A pair's key as the text that it becomes; undefined when it is a collection or an alias. */
function keyOf({ key }: Pair): string | undefined {
  if (key === null) return '';
  return isScalar(key) ? String(key.value ?? '') : undefined;
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
