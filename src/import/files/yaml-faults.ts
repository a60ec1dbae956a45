import {
  type Document,
  isAlias,
  isCollection,
  isMap,
  isNode,
  isScalar,
  Lexer,
  type Node,
  type Pair,
  Parser,
  visit,
} from 'yaml';

/** Something wrong in a YAML document, and the offset at which it stands. */
export interface Fault {
  at: number;
  message: string;
}

const deepest = 100;

/** Where text nests deeper than any file of ours; found out without recursion, of which the rest of the reader is full. */
export function tooDeep(text: string): Fault[] {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    // the parser works only while it is asked for what comes next
    for (const _ of parser.next(lexeme));
    if (parser.stack.length > deepest) {
      return [{ at: parser.offset, message: 'values are nested in each other too deeply here' }];
    }
  }
  return [];
}

/** The first alias of a document whose aliases use each other too often to be written out. */
export function tooManyAliases(document: Document): Fault[] {
  let at = 0;
  visit(document, {
    Alias: (_, alias) => {
      at = alias.range?.[0] ?? 0;
      return visit.BREAK;
    },
  });
  return [{ at, message: 'the aliases (*name) from here on multiply each other: write the values out' }];
}

/**
 * What YAML lets pass and this program can't use: keys that stand twice or are no text, text that no database holds,
 * and aliases that lead nowhere or into themselves.
 */
export function yamlFaults(document: Document): Fault[] {
  const faults: Fault[] = [];
  const say = (node: unknown, message: string) =>
    faults.push({ at: (isNode(node) && node.range?.[0]) || 0, message });
  const anchors = new Map<string, Node>();
  visit(document, (_, node, path) => {
    if (isAlias(node)) {
      const target = anchors.get(node.source);
      if (!target) say(node, `alias *${node.source} has no anchor (&${node.source}) before it`);
      else if (path.includes(target)) say(node, `alias *${node.source} stands inside of what it names`);
      return;
    }
    if (isScalar(node) && typeof node.value === 'string' && !isStorable(node.value)) {
      say(node, 'this text has a character in it that can not be kept (a null, or half of a pair)');
    }
    if ((isScalar(node) || isCollection(node)) && node.anchor) anchors.set(node.anchor, node);
    faults.push(...keyFaults(node));
  });
  return faults;
}

/** The keys of a map that stand twice, or are not plain text. */
function keyFaults(node: unknown): Fault[] {
  const faults: Fault[] = [];
  const seen = new Set<string>();
  for (const pair of isMap(node) ? node.items : []) {
    const key = keyOf(pair);
    const at = (isNode(pair.key) && pair.key.range?.[0]) || 0;
    if (key === undefined) faults.push({ at, message: 'a key has to be plain text' });
    else if (seen.has(key)) faults.push({ at, message: `key "${key}" stands twice` });
    else if (isRewritten(pair))
      faults.push({ at, message: `this key would be read as the number ${key}: put it in quotes` });
    if (key !== undefined) seen.add(key);
  }
  return faults;
}

/** A pair's key as the text that it becomes; undefined when it is a collection or an alias. */
export function keyOf({ key }: Pair): string | undefined {
  if (key === null) return '';
  return isScalar(key) ? String(key.value ?? '') : undefined;
}

/** Whether a key is a number that is not written as it is read: 2.10 is 2.1. */
const isRewritten = ({ key }: Pair): boolean =>
  isScalar(key) && typeof key.value === 'number' && key.source !== String(key.value);

/** PostgreSQL keeps neither a null nor half of a surrogate pair. */
const isStorable = (text: string): boolean => !text.includes('\0') && !/\p{Surrogate}/u.test(text);
