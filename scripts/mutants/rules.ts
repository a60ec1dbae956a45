import { type Draws, draws } from '../../src/simulate/random.js';

/** A change of one place of a file that makes it wrong, or ought to. */
export interface Mutant {
  /** Path in the project. */
  file: string;
  rule: string;
  /** Counted from 1. */
  line: number;
  before: string;
  after: string;
  /** The whole file with the change in it. */
  text: string;
}

interface Rule {
  name: string;
  find: RegExp;
  /** What comes in place of a match; a match may be widened to a whole call by giving its end. */
  change: (match: RegExpExecArray, text: string) => { to: string; end?: number } | undefined;
}

const replaced = (name: string, find: RegExp, to: string): Rule => ({
  name,
  find,
  change: ([match]) => ({ to: match.replace(new RegExp(find.source), to) }),
});

/** Both ways of an exchange of two words or operators. */
const swapped = (name: string, one: string, other: string, around = ['\\b', '\\b']): Rule[] =>
  [
    [one, other],
    [other, one],
  ].map(([from = '', to = '']) => ({
    name,
    find: new RegExp(`${around[0]}${from.replaceAll(/[?|+*().]/g, '\\$&')}${around[1]}`, 'g'),
    change: ([match]) => ({ to: match.replace(from, to) }),
  }));

const spaced = ['(?<= )', '(?= )'];

const comparisons: Rule[] = [
  ...swapped('bound', '<=', '<', spaced),
  ...swapped('bound', '>=', '>', spaced),
  ...swapped('sign', '+', '-', spaced),
  {
    name: 'off by one',
    find: /(?<![\w.$'"-])\d+(?![\w.'"])/g,
    change: ([number]) => ({ to: String(Number(number) + 1) }),
  },
  ...swapped('boolean', 'true', 'false'),
];

const sqlRules: Rule[] = [
  ...comparisons,
  ...swapped('equality', '=', '<>', spaced),
  ...swapped('and or', 'and', 'or'),
  ...swapped('null', 'is null', 'is not null'),
  replaced('inner join', /\bleft join\b/g, 'join'),
  replaced('left join', /(?<!left |full |cross )\bjoin\b(?! lateral)/g, 'left join'),
  replaced('not dropped', /(?<!is )\bnot (?=[a-z(])/g, ''),
  replaced('direction', / desc\b/g, ' asc'),
  replaced('distinct dropped', /\bdistinct (?!from)/g, ''),
  replaced('distinct from', /\bis distinct from\b/g, 'is not distinct from'),
  replaced('filter of where', /(?<=^ *)where .*$/gm, 'where true'),
  replaced('else dropped', /\belse [^\n]*?(?= end\b)/g, 'else null'),
  ...swapped('aggregate', 'min(', 'max(', ['\\b', '']),
  ...swapped('aggregate', 'bool_and', 'bool_or'),
  ...swapped('window', 'lag(', 'lead(', ['\\b', '']),
  ...swapped('low high', 'wilson_low', 'wilson_high'),
  ...swapped('columns', 'yes', 'relevant', ['\\b', '\\b(?! as\\b)']),
  replaced('partition', /partition by (\w+), [\w, ]+/g, 'partition by $1'),
  replaced('round', /\bround\(/g, 'trunc('),
  {
    name: 'filter dropped',
    find: / filter \(/g,
    change: (match, text) => {
      const end = closing(text, match.index + match[0].length - 1);
      return end === undefined ? undefined : { to: '', end };
    },
  },
  {
    name: 'coalesce dropped',
    find: /\bcoalesce\(/g,
    change: (match, text) => {
      const open = match.index + match[0].length - 1;
      const end = closing(text, open);
      if (end === undefined) return undefined;
      const [first = ''] = parts(text.slice(open + 1, end - 1));
      return { to: `(${first})`, end };
    },
  },
];

const typescriptRules: Rule[] = [
  ...comparisons,
  ...swapped('equality', '===', '!==', spaced),
  ...swapped('and or', '&&', '||', spaced),
  ...swapped('some every', '.some(', '.every(', ['', '']),
  ...swapped('least most', 'Math.min', 'Math.max'),
  ...swapped('times', '*', '/', spaced),
  replaced('default dropped', / \?\? (?!\{|\[)[\w.'()]+/g, ''),
  replaced('last first', /\.findLast\(/g, '.find('),
  replaced('not dropped', /(?<=[( ])!(?=[a-z(])/g, ''),
  replaced('filter dropped', /\.filter\((?=\()/g, '.filter(() => true || ('),
];

/** Every mutant of a file, by rule and place; what stands in comments and texts is left alone. */
export function mutantsOf(file: string, source: string): Mutant[] {
  const isSql = file.endsWith('.sql');
  const masked = isSql ? withoutSqlTexts(source) : withoutTypescriptTexts(source);
  const mutants: Mutant[] = [];
  for (const { name, find, change } of isSql ? sqlRules : typescriptRules) {
    for (const match of masked.matchAll(find)) {
      const changed = change(match as RegExpExecArray, masked);
      if (!changed) continue;
      const end = changed.end ?? match.index + match[0].length;
      const text = source.slice(0, match.index) + fromSource(changed.to, source, masked) + source.slice(end);
      if (text === source) continue;
      const from = source.lastIndexOf('\n', match.index - 1) + 1;
      const lineOf = (all: string) => all.slice(from, all.indexOf('\n', from)).trim();
      const line = source.slice(0, match.index).split('\n').length;
      mutants.push({ file, rule: name, line, before: lineOf(source), after: lineOf(text), text });
    }
  }
  return mutants;
}

/** Mutants in the order in which they are to be tried: files in turn, and in each file a rule that was not used before it is used again. */
export function chosen(byFile: ReadonlyMap<string, readonly Mutant[]>, seed: number): Mutant[] {
  const queues = [...byFile].map(([file, mutants]) => inTurns(shuffled(draws(seed, file, 0), mutants)));
  const order: Mutant[] = [];
  for (let turn = 0; queues.some((queue) => queue.length > turn); turn++)
    for (const queue of shuffled(draws(seed, 'turn', turn), queues))
      order.push(...queue.slice(turn, turn + 1));
  return order;
}

function inTurns(mutants: readonly Mutant[]): Mutant[] {
  const used = new Map<string, number>();
  const ranked = mutants.map((mutant) => {
    const times = used.get(mutant.rule) ?? 0;
    used.set(mutant.rule, times + 1);
    return { mutant, times };
  });
  return ranked.sort((a, b) => a.times - b.times).map(({ mutant }) => mutant);
}

function shuffled<T>(random: Draws, values: readonly T[]): T[] {
  const left = [...values];
  return values.map(() => left.splice(random.whole(0, left.length - 1), 1)[0] as T);
}

/** The end of a call whose bracket opens at a place. */
function closing(text: string, open: number): number | undefined {
  let depth = 0;
  for (let at = open; at < text.length; at++) {
    if (text[at] === '(') depth++;
    else if (text[at] === ')' && --depth === 0) return at + 1;
  }
  return undefined;
}

/** Arguments of a call. */
function parts(text: string): string[] {
  let depth = 0;
  const found = [''];
  for (const letter of text) {
    if (letter === '(') depth++;
    if (letter === ')') depth--;
    if (letter === ',' && depth === 0) found.push('');
    else found[found.length - 1] += letter;
  }
  return found;
}

const hidden = '\u0001';
const hide = (text: string) => text.replaceAll(/[^\n]/g, hidden);

const withoutSqlTexts = (source: string) =>
  source
    .replaceAll(/--.*$/gm, hide)
    .replaceAll(/'(?:[^']|'')*'/g, hide)
    .replaceAll(/^comment on .*(?:\n .*)*$/gm, hide);

const withoutTypescriptTexts = (source: string) =>
  source
    .replaceAll(/\/\*[\s\S]*?\*\//g, hide)
    .replaceAll(/\/\/.*$/gm, hide)
    .replaceAll(/^(?:import|export \{)[\s\S]*?;$/gm, hide)
    .replaceAll(/'(?:[^'\\\n]|\\.)*'/g, hide)
    // a loop that never ends is found out by nobody
    .replaceAll(/\b(?:for|while) \(.*$/gm, hide);

/** What a rule took from the masked text, with the texts in it as they were. */
function fromSource(to: string, source: string, masked: string): string {
  if (!to.includes(hidden)) return to;
  const at = masked.indexOf(to.replace(/^\(/, '').replace(/\)$/, ''));
  return at < 0 ? to : `(${source.slice(at, at + to.length - 2)})`;
}
