import { type Claim, claim, claims, lost } from '../claim.js';
import type { Outline } from '../outline.js';
import type { Line } from '../report.js';
import { type Figure, figureOf, isNational, measureOf, periodIn, sourceOf, unitOf } from './fact-words.js';

/** Whose a figure is, as the keys of a bundle begin. */
type Whose = '' | 'national_' | 'comparator_';

interface Fact {
  line: Line;
  words: Record<string, string | number | undefined>;
  figures: Map<Whose, { figure: Figure; line: Line; label?: string }>;
}

/** More than any report has, and what a bundle may hold. */
const mostFacts = 900;
/** A longer text is no label of a figure. */
const longestLabel = 160;

/**
 * Contextual facts of the parts that have no figures of questions: of lists of figures with labels, and of tables with a head of
 * categories. `area` is the service's, which is left out of what is measured.
 */
export function factClaims(outline: Outline, area: string | undefined): Claim[] {
  const facts: Fact[] = [];
  let heading: Line | undefined;
  /** The head of the table that is being read, and the facts of its first row by column. */
  let table: { head: Line; firsts: Map<number, Fact> } | undefined;

  const add = (line: Line, label: string, figure: Figure, words: Fact['words'], head?: Line): Fact => {
    const { domain, standard } = outline.where.get(line) ?? {};
    const unit = figure.kind === 'value' ? (figure.unit ?? unitOf(label)) : undefined;
    const source = sourceOf(outline, [line, head, heading]);
    const said = { ...words, domain, standard, unit, ...source, ...periodIn(label) };
    const fact: Fact = { line, words: said, figures: new Map([['', { figure, line }]]) };
    facts.push(fact);
    return fact;
  };

  /** A figure of a list; a national one goes beside the service's own above it. */
  const readItem = (line: Line, label: string, figure: Figure) => {
    if (label.length > longestLabel) return;
    const measure = measureOf(label, area);
    const own = isNational(label) && facts.findLast(({ words }) => words.measure === measure);
    if (own) own.figures.set('national_', { figure, line });
    else add(line, label, figure, { measure });
  };

  const readRow = (line: Line, { head, firsts }: NonNullable<typeof table>) => {
    const [name = '', ...categories] = head.cells;
    const [label = '', ...cells] = line.cells;
    // A row with fewer cells than its head has lost one: whose the others are can't be told.
    if (cells.length !== categories.length) return;
    const breakdown = name
      .toLowerCase()
      .replace(/^race\//, '')
      .replace(/types$/, 'type');
    const measure = heading ? measureOf(heading.text, area) : breakdown;
    const isFirst = firsts.size === 0;
    const whose = isNational(label) ? 'national_' : 'comparator_';
    for (const [at, printed] of categories.entries()) {
      const figure = figureOf(cells[at] ?? '', printed);
      const first = firsts.get(at);
      if (!figure) continue;
      // One column of figures has a row for each category.
      if (categories.length === 1) add(line, label, figure, { measure, breakdown, category: label }, head);
      else if (isFirst)
        firsts.set(at, add(line, label, figure, { measure, breakdown, category: printed }, head));
      else if (first && !first.figures.has(whose))
        first.figures.set(whose, { figure, line, ...(whose === 'comparator_' && { label }) });
    }
  };

  const lines = outline.lines.filter((line) => isContextual(line, outline));
  for (const [at, line] of lines.entries()) {
    if (facts.length >= mostFacts) break;
    const next = lines[at + 1];
    const cells = line.cells.filter((cell) => cell !== '');
    const [one, other] = cells.map((cell) => figureOf(cell));
    if (isHead(line, next)) table = { head: line, firsts: new Map() };
    else if (table && hasFigures(line)) readRow(line, table);
    else if (cells.length === 2 && Boolean(one) !== Boolean(other)) {
      table = undefined;
      readItem(line, cells[one ? 1 : 0] as string, (one ?? other) as Figure);
    } else if (one && next && isLabelBelow(next)) readItem(next, next.text, one);
    else if (cells.length === 1 && !line.bullet && line.footnote === undefined && line.text.length <= 90) {
      table = undefined;
      heading = line;
    }
  }
  return facts.slice(0, mostFacts).flatMap(claimsOf);
}

function isContextual(line: Line, { where, grammar, begins }: Outline): boolean {
  const { part, domain = '' } = where.get(line) ?? {};
  if (begins.has(line)) return false;
  if (part) return part === 'facts' || part === 'background';
  const found = grammar.domains.get(domain);
  return found !== undefined && !found.sample;
}

function claimsOf({ line, words, figures }: Fact, at: number): Claim[] {
  const counted = [...figures].flatMap(([whose, { figure, line: own, label }]) => {
    const { kind, value, printed } = figure;
    const path = ['context', at, `${whose}${kind}`];
    return [
      ...claims(['context', at], { comparator: label }, own),
      value === undefined ? lost(path, own, `«${printed}» is no number`) : claim(path, value, own),
    ];
  });
  return [...claims(['context', at], words, line), ...counted];
}

const hasFigures = ({ cells }: Line): boolean => cells.slice(1).some((cell) => figureOf(cell));

/** Whether a line is a head: words in its cells, and a row of figures below it. */
const isHead = ({ cells }: Line, next: Line | undefined): boolean =>
  next !== undefined &&
  hasFigures(next) &&
  !cells.some((cell) => cell !== '%' && figureOf(cell)) &&
  cells.slice(1).some((cell) => /\p{L}{2}|^%$/u.test(cell) && cell.length <= 60);

/** A figure may stand on a line of its own above its label, as on a page of key facts. */
const isLabelBelow = ({ cells, text }: Line): boolean =>
  cells.length === 1 && /\p{L}{4}/u.test(text) && text.length <= 120 && !figureOf(text);
