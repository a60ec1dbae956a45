import { type Claim, claim, lost } from '../claim.js';
import type { Outline } from '../outline.js';
import type { Line } from '../report.js';
import { type Figure, figureOf, isNational, measureOf, unitOf } from './fact-words.js';
import { periodIn, sourceOf } from './sources.js';

/** Whose a figure is, as the keys of a bundle begin. */
type Whose = '' | 'national_' | 'comparator_';

/** A fact: its words with their line, and figures with theirs. */
interface Fact {
  line: Line;
  words: Record<string, string | number | undefined>;
  figures: Map<Whose, { figure: Figure; line: Line; label?: string }>;
}

interface NewFact {
  label: string;
  figure: Figure;
  words: Fact['words'];
  /** Lines whose footnotes may say where it is from. */
  citing: (Line | undefined)[];
}

/** More than any report has, and what a bundle may hold. */
const mostFacts = 900;
/** A longer text is no label of a figure. */
const longestLabel = 160;

/** Contextual facts: of the tables and labelled lists of the parts that have no figures of questions. */
export function factClaims(outline: Outline, area: string | undefined): Claim[] {
  const reader = new FactReader(outline, area);
  const lines = outline.lines.filter((line) => isContextual(line, outline));
  for (const [at, line] of lines.entries())
    if (reader.facts.length < mostFacts) reader.read(line, lines[at + 1]);
  return reader.facts.slice(0, mostFacts).flatMap(claimsOf);
}

function isContextual(line: Line, { where, grammar, begins }: Outline): boolean {
  const { part, domain = '' } = where.get(line) ?? {};
  if (begins.has(line)) return false;
  if (part) return part === 'facts' || part === 'background';
  const found = grammar.domains.get(domain);
  return found !== undefined && !found.sample;
}

function claimsOf({ line, words, figures }: Fact, at: number): Claim[] {
  const said = Object.entries(words).flatMap(([key, value]) =>
    value === undefined ? [] : [claim(['context', at, key], value, line)],
  );
  const counted = [...figures].flatMap(([whose, { figure, line: own, label }]) => {
    const { kind, value, printed } = figure;
    const path = ['context', at, `${whose}${kind}`];
    return [
      ...(label === undefined ? [] : [claim(['context', at, 'comparator'], label, own)]),
      value === undefined ? lost(path, own, `«${printed}» is no number`) : claim(path, value, own),
    ];
  });
  return [...said, ...counted];
}

/** Reads tables line by line: lists of figures with labels, and tables with a head of categories. */
class FactReader {
  readonly facts: Fact[] = [];
  private heading: Line | undefined;
  /** The head of the table that is being read, and the facts of its first row by column. */
  private table: { head: Line; facts: Map<number, Fact> } | undefined;

  constructor(
    private readonly outline: Outline,
    private readonly area: string | undefined,
  ) {}

  read(line: Line, next: Line | undefined): void {
    const cells = line.cells.filter((cell) => cell !== '');
    const [one, other] = cells.map((cell) => figureOf(cell));
    if (isHead(line, next)) this.table = { head: line, facts: new Map() };
    else if (this.table && hasFigures(line)) this.readRow(line, this.table);
    else if (cells.length === 2 && Boolean(one) !== Boolean(other)) {
      this.table = undefined;
      this.readItem(line, cells[one ? 1 : 0] as string, (one ?? other) as Figure);
    } else if (one && next && isLabelBelow(next)) this.readItem(next, next.text, one);
    else if (cells.length === 1 && !line.bullet && line.footnote === undefined && line.text.length <= 90) {
      this.table = undefined;
      this.heading = line;
    }
  }

  /** A figure of a list; a national one goes beside the service's own above it. */
  private readItem(line: Line, label: string, figure: Figure): void {
    if (label.length > longestLabel) return;
    const measure = measureOf(label, this.area);
    const own = isNational(label) && this.facts.findLast(({ words }) => words.measure === measure);
    if (own) own.figures.set('national_', { figure, line });
    else this.add(line, { label, figure, words: { measure }, citing: [line, this.heading] });
  }

  private readRow(line: Line, { head, facts }: { head: Line; facts: Map<number, Fact> }): void {
    const [name = '', ...categories] = head.cells;
    const [label = '', ...cells] = line.cells;
    const breakdown = name
      .toLowerCase()
      .replace(/^race\//, '')
      .replace(/types$/, 'type');
    const measure = this.heading ? measureOf(this.heading.text, this.area) : breakdown;
    const isFirst = facts.size === 0;
    const whose = isNational(label) ? 'national_' : 'comparator_';
    // A row with fewer cells than its head has lost one: whose the others are can't be told.
    if (cells.length !== categories.length) return;
    for (const [at, printed] of categories.entries()) {
      const figure = figureOf(cells[at] ?? '', printed);
      const fact = facts.get(at);
      // One column of figures has a row for each category.
      const isOneColumn = categories.length === 1;
      if (figure && (isFirst || isOneColumn)) {
        const words = { measure, breakdown, category: isOneColumn ? label : printed };
        const added = this.add(line, { label, figure, words, citing: [line, head, this.heading] });
        if (!isOneColumn) facts.set(at, added);
      } else if (figure && fact && !fact.figures.has(whose)) {
        fact.figures.set(whose, { figure, line, ...(whose === 'comparator_' && { label }) });
      }
    }
  }

  private add(line: Line, { label, figure, words, citing }: NewFact): Fact {
    const { domain, standard } = this.outline.where.get(line) ?? {};
    const unit = figure.kind === 'value' ? (figure.unit ?? unitOf(label)) : undefined;
    const said = { ...words, domain, standard, unit, ...sourceOf(this.outline, citing), ...periodIn(label) };
    const fact: Fact = { line, words: said, figures: new Map([['', { figure, line }]]) };
    this.facts.push(fact);
    return fact;
  }
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
