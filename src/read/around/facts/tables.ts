import { distance } from 'fastest-levenshtein';
import { plain } from '../../../names.js';
import type { ReadFinding } from '../../reading.js';
import type { ReportLine } from '../../report-document.js';
import type { Section, Sections } from '../../structure/sections.js';
import { isRunningHead } from '../furniture.js';
import { hasNear, isNear } from '../near.js';
import { type CellFigure, cellFigure, isNotApplicable } from './cells.js';
import type { Fact, Figure } from './fact.js';
import { isPlainDefinition, periodIn, plainMark, type Source, sourceAbout, sourceOf } from './source.js';

/** Whom a figure is of: the service, England and Wales, or somebody else that it is compared with. */
type Whose = 'service' | 'national' | 'other';

interface Row {
  line: ReportLine;
  label: string;
  figures: CellFigure[];
}

const nationally = /\b(?:england and wales|national(?:ly)?|england & wales)\b/i;

/** Words of labels of facts, to be known with a letter wrong. */
const labelWords = [
  'first time entrant entrants reoffending rate rates total population youth current caseload community sentences custody licence',
  'caution conditional resolution other court disposal headcount equivalent average manager vacancy unfilled posts percentage staff',
  'mental health issues substance misuse national england wales children spend budget financial previous volunteers',
]
  .flatMap((line) => line.split(' '))
  .filter((word) => word.length >= 5);

/** Whether a label speaks of England and Wales, with letters wrong perhaps. */
const isNational = (label: string): boolean =>
  nationally.test(label) || hasNear(label, 'england and wales') || hasNear(label, 'national average');

/** A label without the words that say that it is national. */
function withoutNational(label: string): string {
  const exact = label.replace(nationally, '');
  if (exact !== label) return exact;
  const words = label.split(/\s+/);
  for (const wanted of ['england and wales', 'national average'])
    for (let from = 0; from < words.length; from++)
      for (const count of [3, 2, 4])
        if (
          isNear(
            words
              .slice(from, from + count)
              .join(' ')
              .toLowerCase(),
            wanted,
          )
        )
          return [...words.slice(0, from), ...words.slice(from + count)].join(' ');
  return label;
}

/** Facts that stand in tables, of one section; `area` is the service's. */
export function tableFacts(
  section: Section,
  parts: Sections,
  area: string | undefined,
): { facts: Fact[]; findings: ReadFinding[]; used: Set<ReportLine> } {
  const table = new TableReader(section, parts, area);
  table.read();
  return { facts: table.facts, findings: table.findings, used: table.used };
}

class TableReader {
  readonly facts: Fact[] = [];
  readonly findings: ReadFinding[] = [];
  /** Lines that were read as parts of tables. */
  readonly used = new Set<ReportLine>();
  #heading: ReportLine | undefined;
  #headingOfMatrix: ReportLine | undefined;
  #head: { line: ReportLine; breakdown: string; categories: string[] } | undefined;
  #matrix: { whose: Whose; row: Row }[] = [];
  readonly #at: { domain?: string; standard?: string };
  readonly #areaWords: string[];
  /** Without what only a page's end has put among them. */
  readonly #lines: readonly ReportLine[];

  constructor(
    readonly section: Section,
    readonly parts: Sections,
    area: string | undefined,
  ) {
    const { kind, domain, standard } = section;
    this.#at =
      kind === 'standard' || kind === 'domain'
        ? { ...(domain && { domain }), ...(standard && { standard }) }
        : {};
    this.#areaWords = area === undefined ? [] : plain(area).split(' ');
    const { lines } = section;
    this.#lines = lines.filter((line, at) => {
      const next = lines[at + 1];
      const isPageNumber = /^\d{1,3}$/.test(line.text) && next !== undefined && isRunningHead(next);
      return !isRunningHead(line) && !isPageNumber && !isPlainDefinition(line);
    });
  }

  read(): void {
    const lines = this.#lines;
    for (let at = 0; at < lines.length; at++) {
      const line = lines[at] as ReportLine;
      const next = lines[at + 1];
      if (this.used.has(line)) continue;
      // A table that goes on over a page's end has its head again.
      if (this.#head && line.text === this.#head.line.text) continue;
      if (this.#isHead(line, next)) this.#beginMatrix(line);
      else if (this.#matrixRow(line)) continue;
      else {
        const row = this.#row(line, lines, at);
        if (row) {
          this.#closeMatrix();
          at += row.lines - 1;
          this.#listed(row.row);
        } else if (!this.#measureAlone(lines, at)) {
          if (isShortHeading(line)) {
            this.#closeMatrix();
            this.#heading = line;
          }
        }
      }
    }
    this.#closeMatrix();
  }

  /** A label with the field's words and the area's spelt right, and the base of a rate. */
  #spelt(label: string): string {
    const words = [...labelWords, ...this.#areaWords.filter((word) => word.length >= 5)];
    return label.replace(/\bper 1[\d,.]{5,8}(?!\d)/i, 'per 100,000').replaceAll(/\p{L}{5,}/gu, (word) => {
      const lower = word.toLowerCase();
      if (words.includes(lower) || words.includes(lower.replace(/s$/, ''))) return word;
      const [best, ...others] = words.filter((one) => isNear(lower, one, 1));
      if (best === undefined || others.length > 0) return word;
      return /^\p{Lu}/u.test(word) || this.#areaWords.includes(best)
        ? best.charAt(0).toUpperCase() + best.slice(1)
        : best;
    });
  }

  /** A head: words in every cell, and a row of figures below it. */
  #isHead(line: ReportLine, next: ReportLine | undefined): boolean {
    if (!next || line.cells.length < 2) return false;
    const cells = line.cells.slice(1);
    if (line.cells.some((cell) => cellFigure(cell) && cell !== '%')) return false;
    if (!cells.some((cell) => /\p{L}{2}|^%$/u.test(cell))) return false;
    if (cells.some((cell) => cell.length > 60) || cells.every((cell) => cell === '')) return false;
    if (/relevant cases|number ['"]?yes|% ['"]?yes/i.test(line.text)) return false;
    return next.cells.slice(1).some((cell) => cellFigure(cell) !== undefined);
  }

  #beginMatrix(line: ReportLine): void {
    this.#closeMatrix();
    const [first = '', ...categories] = line.cells;
    // "Demographics of children sentencedAge": a heading that the conversion has put into the table.
    const glued = /^(.{12,}?\p{Ll})(Age|Race\/ethnicity|Gender)$/u.exec(first);
    if (glued) this.#heading = { ...line, text: glued[1] as string };
    this.#head = { line, breakdown: breakdownOf(glued?.[2] ?? first), categories };
    this.used.add(line);
  }

  /** A row below a head with a figure for each of its categories; one that ends the table is none. */
  #matrixRow(line: ReportLine): boolean {
    const head = this.#head;
    if (!head) return false;
    const [label = '', ...cells] = line.cells;
    const isList =
      head.categories.length === 1 && /^(?:%|number|no\.?|count|total)$/i.test(head.categories[0] ?? '');
    const figures = cells.map((cell) => cellFigure(cell));
    if (label === '' || cellFigure(label) || !figures.some(Boolean)) return false;
    const placed = isList ? cells : this.#placed(label, cells);
    if (!placed) return false;
    this.used.add(line);
    if (isList) {
      const [figure] = figures;
      if (figure)
        this.#add(
          line,
          { measure: this.#measureOf(head.line), breakdown: head.breakdown, category: label },
          figure,
          [line, head.line, this.#heading],
        );
      return true;
    }
    const ownFigures = placed.map(
      (cell): CellFigure =>
        cellFigure(cell) ?? {
          value: undefined,
          kind: 'percent',
          printed: isNotApplicable(cell) ? 'n/a' : cell,
        },
    );
    const row: Row = { line, label, figures: ofOneKind(ownFigures) };
    this.#matrix.push({ whose: this.#whose(label), row });
    return true;
  }

  /**
   * A row's cells under the categories of the head, in the head's columns; undefined when it is no row of this table. Where it has fewer
   * than the head and nothing says which is missing, none of them is legible.
   */
  #placed(label: string, cells: readonly string[]): string[] | undefined {
    const categories = this.#head?.categories ?? [];
    const columns = categories.flatMap((category, at) => (category === '' ? [] : [at]));
    const filled = cells.filter((cell) => cell !== '');
    const isOwnOrNational = this.#whose(label) !== 'other' && label.split(/\s+/).length <= 8;
    const isNumbers = filled.every((cell) => cellFigure(cell) || isNotApplicable(cell));
    if (filled.length === columns.length) {
      const isInColumns = columns.every((at) => (cells[at] ?? '') !== '');
      const inOrder = isInColumns || isNumbers ? filled : undefined;
      return (
        inOrder &&
        categories.map((category, at) => (category === '' ? 'n/a' : (inOrder[columns.indexOf(at)] as string)))
      );
    }
    if (filled.length > columns.length || (filled.length < 2 && !isOwnOrNational)) return undefined;
    // An empty cell among the others says which one is missing.
    const isWhole = cells.length === categories.length && filled.length < cells.length;
    return categories.map((category, at) => (category === '' ? 'n/a' : isWhole ? (cells[at] as string) : ''));
  }

  /** Puts the rows of a matrix together: the service's figures, with those that stand beside them. */
  #closeMatrix(): void {
    const [head, rows] = [this.#head, this.#matrix];
    this.#matrix = [];
    this.#head = undefined;
    if (!head || rows.length === 0) return;
    this.#headingOfMatrix = this.#heading;
    for (const { row } of rows) this.#checkSum(row);
    const own =
      rows.find(({ whose }) => whose === 'service') ?? rows.find(({ whose }) => whose !== 'national');
    if (!own) return;
    const beside = rows.filter((row) => row !== own);
    for (const [at, category] of head.categories.entries()) {
      const figure = own.row.figures[at] as CellFigure;
      if (figure.printed === 'n/a') continue;
      const words = { measure: this.#measureOf(undefined), breakdown: head.breakdown, category };
      const citing = [own.row.line, head.line, this.#heading];
      const others = beside.length > 0 ? beside : [undefined];
      for (const other of others) {
        const fact = this.#add(own.row.line, words, figure, citing);
        if (!other) continue;
        const besideIt = other.row.figures[at];
        if (!besideIt || besideIt.printed === 'n/a') continue;
        const whose = other.whose === 'national' ? 'national' : 'comparator';
        if (whose === 'comparator') fact.words.comparator = other.row.label;
        fact.figures[`${whose}_${figure.kind}`] = figureOf(besideIt, other.row.line);
      }
    }
  }

  /** Percentages of all categories are a hundred, but for rounding. */
  #checkSum(row: Row): void {
    const figures = row.figures.filter(({ printed }) => printed !== 'n/a');
    if (figures.length < 2 || figures.some(({ kind }) => kind !== 'percent')) return;
    const legible = figures.filter(({ value }) => value !== undefined);
    const sum = legible.reduce((total, { value }) => total + (value as number), 0);
    if (legible.length < figures.length && sum <= 101) return;
    const isRight =
      legible.length === figures.length && Math.abs(sum - 100) <= Math.max(1, figures.length - 1);
    for (const figure of legible) {
      if (!isRight) checked.set(figure, 'doubtful');
      // What rounding leaves open is no confirmation.
      else if (sum === 100) checked.set(figure, 'confirmed');
    }
    if (!isRight)
      this.findings.push({
        kind: 'contradiction',
        about: row.label,
        message: `the percentages of this row sum to ${sum}`,
        places: [row.line.place],
      });
  }

  #whose(label: string): Whose {
    if (isNational(label)) return 'national';
    if (/\bpopulation\b|\bregion|\blondon\b(?! borough)|\bfamily\b|\baverage\b/i.test(label)) return 'other';
    const words = plain(this.#spelt(label)).split(' ');
    const isOwn = this.#areaWords.length > 0 && this.#areaWords.every((word) => words.includes(word));
    return isOwn || /\b(?:YOS|YOT|YJS|YJP|service)\b/i.test(label) ? 'service' : 'other';
  }

  /** A row of a list: a figure and its label, in either order, in two cells or on two lines. */
  #row(line: ReportLine, lines: readonly ReportLine[], at: number): { row: Row; lines: number } | undefined {
    const cells = line.cells.filter((cell) => cell !== '');
    const [first = '', second = ''] = cells;
    if (cells.length === 2) {
      const [one, other] = [rankOrFigure(first), rankOrFigure(second)];
      if (one && !other && isLabel(second)) return { row: { line, label: second, figures: [one] }, lines: 1 };
      if (other && !one && isLabel(first)) return { row: { line, label: first, figures: [other] }, lines: 1 };
      return undefined;
    }
    if (cells.length !== 1 || this.section.kind !== 'facts') return undefined;
    const figure = rankOrFigure(first);
    const next = lines[at + 1];
    if (
      figure &&
      next &&
      next.cells.length === 1 &&
      isLabel(next.text) &&
      !rankOrFigure(next.text) &&
      this.#cleaned(next.text) !== ''
    )
      return { row: { line, label: next.text, figures: [figure] }, lines: 2 };
    // "127 First-time entrant rate per 100,000", its cells lost.
    const joined = /^([£\d][\d,.]*%?)(?:\s+(?=\p{L})|(?=\p{Lu}\p{Ll}))(.{7,})$/u.exec(first);
    const own = joined && cellFigure(joined[1] as string);
    if (own && isLabel(joined[2] as string))
      return { row: { line, label: joined[2] as string, figures: [own] }, lines: 1 };
    return undefined;
  }

  #listed({ line, label: printed, figures }: Row): void {
    const [figure] = figures as [CellFigure];
    // "Additional caseload dataTotal current caseload": a heading that the conversion has put into the table.
    const glued = /^(\p{Lu}[\p{Ll} -]{11,}\p{Ll})(\p{Lu}\p{Ll}+ .{6,})$/u.exec(printed);
    if (glued) this.#heading = { ...line, text: glued[1] as string };
    const label = this.#spelt(glued?.[2] ?? printed);
    this.used.add(line);
    const before = this.#pairOf(label);
    if (before) {
      before.figures[figure.kind === 'percent' ? 'national_percent' : 'national_value'] = figureOf(
        figure,
        line,
      );
      return;
    }
    const labelLine = this.#lines[this.#lines.indexOf(line) + 1];
    const citing = labelLine?.text === printed ? [line, labelLine] : [line];
    this.#add(line, { measure: this.#cleaned(label) }, figure, [...citing, ...this.#headingOfLists()], label);
  }

  /** The heading of a list: one that a table of shares stands under has its own source, and is not that of a list behind it. */
  #headingOfLists(): (ReportLine | undefined)[] {
    return this.#heading === this.#headingOfMatrix ? [] : [this.#heading];
  }

  /** The service's own figure that a national one stands below. */
  #pairOf(label: string): Fact | undefined {
    if (!isNational(label)) return undefined;
    const wanted = plain(withoutNational(label).replace(/\b(?:average|in|for)\b/gi, ''));
    return this.facts.findLast(({ words, line }) => {
      const own = plain(
        this.#withoutArea(this.#spelt(line.text).replaceAll(/[£\d,.]+%?/g, ' ')).replace(
          /\b(?:in|for)\b/gi,
          '',
        ),
      );
      const measure = plain(`${words.measure}`);
      return (
        distance(
          wanted.replaceAll(/\d+/g, '').replaceAll(/\s+/g, ' ').trim(),
          own.replaceAll(/\s+/g, ' ').trim(),
        ) <= 4 || distance(wanted, measure) <= 3
      );
    });
  }

  /**
   * A measure without a figure in its line, whose figures are said of the service and of England and Wales on lines below it:
   * where none is there it is lost.
   */
  #measureAlone(lines: readonly ReportLine[], at: number): boolean {
    const line = lines[at] as ReportLine;
    if (this.section.kind !== 'facts' || line.cells.length > 1 || line.text.length > 90) return false;
    if (!/\b(?:entrants?|reoffending|re-offending|population|custody|rates?)\b/i.test(line.text))
      return false;
    const below = lines.slice(at + 1, at + 7);
    const names = below.filter((one) => one.text.length < 60);
    const own = names.find(
      (one) => this.#whose(one.text) === 'service' && /\b(?:YOS|YOT|YJS|YJP)\b/.test(one.text),
    );
    const national = names.find((one) => isNational(one.text) && one !== own);
    if (!own || !national || below.indexOf(own) > 2) return false;
    const beyond = below.findIndex((one) => /\b(?:entrants?|reoffending|re-offending)\b/i.test(one.text));
    if (beyond >= 0 && beyond < below.indexOf(national)) return false;
    const near = (one: ReportLine): CellFigure | undefined => {
      const index = lines.indexOf(one);
      const above = lines[index - 1];
      if (above && cellFigure(above.text)) this.used.add(above);
      const inLine = /(?<!\d)([\d,.]+%?)\s*$/.exec(one.text)?.[1];
      const figures = [inLine ?? '', lines[index - 1]?.text ?? ''].map((text) => cellFigure(text));
      return figures.find(Boolean);
    };
    const lost: CellFigure = { value: undefined, kind: 'value', printed: '' };
    const figure = near(own) ?? lost;
    const besideIt = near(national) ?? lost;
    const kind = figure.kind === besideIt.kind || besideIt === lost ? figure.kind : besideIt.kind;
    const fact = this.#add(
      line,
      { measure: this.#cleaned(line.text) },
      { ...figure, kind },
      [line, this.#heading],
      line.text,
    );
    fact.figures[`national_${kind}`] = figureOf(besideIt, national);
    for (const one of [line, own, national]) this.used.add(one);
    return true;
  }

  #add(
    line: ReportLine,
    words: Pick<Fact['words'], 'measure' | 'breakdown' | 'category'>,
    figure: CellFigure,
    citing: (ReportLine | undefined)[],
    label = words.measure,
  ): Fact {
    const cited = sourceOf(this.parts, citing);
    const source: Source = {
      ...(cited.source === undefined && this.section.kind === 'facts'
        ? sourceAbout(this.parts, this.section, label)
        : {}),
      ...cited,
    };
    const own = periodIn(label);
    // What the row says of its time is nearer than what a footnote says.
    if (own.period !== undefined) Object.assign(source, own);
    else if (own.year !== undefined && source.period === undefined) source.year = own.year;
    const unit = figure.kind === 'value' ? (figure.unit ?? unitOf(label)) : undefined;
    const fact: Fact = {
      line,
      words: { ...words, ...(unit === undefined ? {} : { unit }), ...source, ...this.#at },
      figures: { [figure.kind]: figureOf(figure, line) },
    };
    this.facts.push(fact);
    return fact;
  }

  /** What a matrix or a list under a head is about: the heading above it. */
  #measureOf(head: ReportLine | undefined): string {
    const text = this.#heading?.text.replace(/[:\s]+$/, '') ?? '';
    if (text !== '') return lowered(text.replace(/\s+information$/i, ''));
    return head?.cells[0] ?? 'caseload';
  }

  #cleaned(label: string): string {
    const [mark] = plainMark(this.parts, { cells: [label] });
    const unmarked = mark === undefined ? label : label.slice(0, -mark.length).trim();
    return lowered(
      this.#withoutArea(unmarked)
        .replace(/\s*\bper 100,?000\b/i, '')
        .replace(/,?\s*of which:?$/i, '')
        .replace(/[\s:]+$/, ''),
    );
  }

  #withoutArea(label: string): string {
    if (this.#areaWords.length === 0) return label;
    const area = this.#areaWords.map((word) => (word === 'and' ? '(?:and|&)' : word)).join('\\W+');
    return label
      .replace(new RegExp(`\\s*\\b(?:in|of|for)?\\s*${area}(?:\\s+(?:YOS|YOT|YJS))?(?=\\W|$)`, 'i'), '')
      .trim();
  }
}

/** Figures of a row that are shares but for one or two without their sign: those have lost it. */
function ofOneKind(figures: readonly CellFigure[]): CellFigure[] {
  const told = figures.filter(({ value }) => value !== undefined);
  const shares = told.filter(({ kind }) => kind === 'percent').length;
  if (shares * 2 < told.length || shares === 0) return [...figures];
  return figures.map((one) =>
    one.kind === 'percent'
      ? one
      : { ...one, kind: 'percent', value: (one.value ?? 101) <= 100 ? one.value : undefined },
  );
}

const lowered = (text: string) =>
  /^\p{Lu}\p{Ll}/u.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;

/** What the arithmetic of its row says of a figure. */
const checked = new WeakMap<CellFigure, 'confirmed' | 'doubtful'>();

function figureOf(figure: CellFigure, line: ReportLine): Figure {
  const { value, printed } = figure;
  if (value === undefined)
    return {
      value,
      line,
      confidence: 'lost',
      why: printed === '' ? 'nothing is legible' : `«${printed}» is no number`,
    };
  const confidence = checked.get(figure);
  if (confidence === 'doubtful')
    return { value, line, confidence, why: 'the percentages of its row do not sum to 100' };
  return confidence ? { value, line, confidence } : { value, line };
}

const isLabel = (text: string): boolean => /\p{L}{3}/u.test(text) && text.length <= 220;

const isShortHeading = (line: ReportLine): boolean =>
  line.cells.length === 1 &&
  !line.bullet &&
  line.text.length <= 90 &&
  (line.heading !== undefined || line.bold === true || !/[.,;]$/.test(line.text));

/** A figure, or a rank ("2nd highest"). */
function rankOrFigure(cell: string): CellFigure | undefined {
  const rank = /^(\d{1,3})(?:st|nd|rd|th) (?:highest|lowest|largest|smallest)$/i.exec(cell.trim());
  if (rank) return { value: Number(rank[1]), kind: 'value', unit: 'rank', printed: cell };
  return cellFigure(cell);
}

function breakdownOf(head: string): string {
  const text = head.replace(/[:\s]+$/, '').toLowerCase();
  return text.includes('ethnicity') ? 'ethnicity' : text.replace(/ types$/, ' type') || 'category';
}

const units: [RegExp, string][] = [
  [/per 100,?000/i, 'rate per 100,000'],
  [/\b(?:spend|budget|expenditure|cost)\b/i, 'pounds'],
  [/average caseload|caseload per|per case manager/i, 'cases'],
  [/full[- ]time equivalent|\bFTE\b|headcount/i, 'full-time equivalent'],
  [/\bdays\b/i, 'days'],
  [/\bvolunteers\b/i, 'volunteers'],
  [/population/i, 'people'],
  [/caseload/i, 'cases'],
  [/\bchildren\b/i, 'children'],
];

const unitOf = (label: string): string | undefined => units.find(([pattern]) => pattern.test(label))?.[1];
