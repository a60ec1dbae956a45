import { type Claim, claim, lost } from '../claim.js';
import type { Outline } from '../outline.js';
import type { Line } from '../report.js';
import { type Figure, figureOf, isNational, measureOf, unitOf } from './fact-words.js';
import { periodIn, sourceOf } from './sources.js';

/** A fact as far as it was read: what is claimed of it, and of whom it has figures already. */
interface Fact {
  at: number;
  measure: string;
  whose: Set<string>;
}

/** More than any report has, and what a bundle may hold. */
const mostFacts = 900;

/** Contextual facts: of the tables and labelled lists of the parts that have no figures of questions. */
export function factClaims(outline: Outline, area: string | undefined): Claim[] {
  const reader = new FactReader(outline, area);
  const lines = outline.lines.filter((line) => isContextual(line, outline));
  for (const [at, line] of lines.entries()) reader.read(line, lines[at + 1]);
  return reader.claims.filter(({ path }) => Number(path[1]) < mostFacts);
}

function isContextual(line: Line, { where, grammar, begins }: Outline): boolean {
  if (begins.has(line)) return false;
  const { part, domain, standard } = where.get(line) ?? {};
  if (part) return part === 'facts' || part === 'background';
  if (domain === undefined) return false;
  return standard ? !grammar.standards.get(standard)?.isCounted : !grammar.domains.get(domain)?.sample;
}

/** Reads tables line by line: lists of figures with labels, and matrices with a head of categories. */
class FactReader {
  readonly claims: Claim[] = [];
  private readonly facts: Fact[] = [];
  private heading: Line | undefined;
  /** The table that is being read, and the facts of its first row. */
  private matrix: { head: Line; facts: (Fact | undefined)[] } | undefined;

  constructor(
    private readonly outline: Outline,
    private readonly area: string | undefined,
  ) {}

  read(line: Line, next: Line | undefined): void {
    const cells = line.cells.filter((cell) => cell !== '');
    const [one, other] = cells.map((cell) => figureOf(cell));
    const isRow = line.cells.slice(1).some((cell) => figureOf(cell));
    if (isHead(line, next)) this.matrix = { head: line, facts: [] };
    else if (this.matrix && isRow) this.readRow(line, this.matrix.head, this.matrix.facts);
    else if (cells.length === 2 && Boolean(one) !== Boolean(other)) {
      this.matrix = undefined;
      const figure = (one ?? other) as Figure;
      this.list(line, cells[one ? 1 : 0] as string, figure);
    } else if (one && next && isLabelBelow(next)) this.list(next, next.text, one);
    else if (cells.length === 1 && !line.bullet && line.footnote === undefined && line.text.length <= 90) {
      this.matrix = undefined;
      this.heading = line;
    }
  }

  /** A row of a list; a national figure goes beside the service's own above it. */
  private list(line: Line, label: string, figure: Figure): void {
    const measure = measureOf(label, this.area);
    const own = isNational(label) ? this.facts.findLast((fact) => fact.measure === measure) : undefined;
    if (own) this.figure(own, 'national', figure, line);
    else this.add(line, { label, measure, figure, citing: [line, this.heading] });
  }

  private readRow(line: Line, head: Line, facts: (Fact | undefined)[]): void {
    const [name = '', ...categories] = head.cells;
    const [label = '', ...cells] = line.cells;
    const breakdown = name
      .toLowerCase()
      .replace(/^race\//, '')
      .replace(/types$/, 'type');
    const measure = this.heading ? measureOf(this.heading.text, this.area) : breakdown;
    const isFirst = facts.length === 0;
    const whose = isNational(label) ? 'national' : 'comparator';
    // A row with fewer cells than its head has lost one: whose the others are can't be told.
    if (cells.length !== categories.length) return;
    for (const [at, category] of categories.entries()) {
      const figure = figureOf(cells[at] ?? '', category);
      if (!figure) continue;
      const fact = { label, measure, figure, citing: [line, head, this.heading] };
      // One column of figures has a row for each category.
      if (categories.length === 1) this.add(line, { ...fact, words: { breakdown, category: label } });
      else if (isFirst) facts[at] = this.add(line, { ...fact, words: { breakdown, category } });
      else if (facts[at] && !facts[at].whose.has(whose)) {
        this.figure(facts[at], whose, figure, line);
        if (whose === 'comparator')
          this.claims.push(claim(['context', facts[at].at, 'comparator'], label, line));
      }
    }
  }

  private add(
    line: Line,
    {
      label,
      measure,
      figure,
      citing,
      words = {},
    }: {
      label: string;
      measure: string;
      figure: Figure;
      citing: (Line | undefined)[];
      words?: Record<string, string>;
    },
  ): Fact {
    const fact: Fact = { at: this.facts.length, measure, whose: new Set() };
    this.facts.push(fact);
    const { domain, standard } = this.outline.where.get(line) ?? {};
    const unit = figure.kind === 'value' ? (figure.unit ?? unitOf(label)) : undefined;
    const source = { ...sourceOf(this.outline, citing), ...periodIn(label) };
    for (const [key, value] of Object.entries({ measure, domain, standard, ...words, unit, ...source }))
      if (value !== undefined) this.claims.push(claim(['context', fact.at, key], value, line));
    this.figure(fact, '', figure, line);
    return fact;
  }

  private figure({ at, whose }: Fact, of: string, { kind, value, printed }: Figure, line: Line): void {
    whose.add(of);
    const path = ['context', at, of === '' ? kind : `${of}_${kind}`];
    this.claims.push(
      value === undefined ? lost(path, line, `«${printed}» is no number`) : claim(path, value, line),
    );
  }
}

/** Whether a line is a head: words in its cells, and a row of figures below it. */
const isHead = ({ cells }: Line, next: Line | undefined): boolean =>
  cells.length > 1 &&
  next !== undefined &&
  !cells.some((cell) => cell !== '%' && figureOf(cell)) &&
  cells.slice(1).some((cell) => /\p{L}{2}|^%$/u.test(cell) && cell.length <= 60) &&
  next.cells.slice(1).some((cell) => figureOf(cell));

/** A figure may stand on a line of its own above its label, as on a page of key facts. */
const isLabelBelow = ({ cells, text }: Line): boolean =>
  cells.length === 1 && /\p{L}{4}/u.test(text) && text.length <= 120 && !figureOf(text);
