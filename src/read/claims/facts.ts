import { type Claim, claim, lost } from '../claim.js';
import type { Outline } from '../outline.js';
import type { Line } from '../report.js';
import { type Figure, figureOf, isNational, measureOf, unitOf } from './fact-words.js';
import { periodIn, type Source, sourceOf } from './sources.js';

/** A fact on its way to a bundle: figures by the field that each goes to. */
interface Fact {
  line: Line;
  measure: string;
  words: Record<string, string | number>;
  figures: Map<string, { figure: Figure; line: Line }>;
}

/** Where facts are read: the report, and the service's area. */
type Context = Outline & { area: string | undefined };

/** A table with a head of categories: a row of the service, and rows of those that it is compared with. */
interface Matrix {
  head: Line;
  categories: string[];
  facts: Fact[];
}

/** More than any report has, and what a bundle may hold. */
const mostFacts = 900;

/** Contextual facts: of the tables and labelled lists of the parts that have no figures of questions. */
export function factClaims(outline: Outline, area: string | undefined): Claim[] {
  const context = { ...outline, area };
  const facts: Fact[] = [];
  const lines = outline.lines.filter((line) => isContextual(line, outline));
  let heading: Line | undefined;
  let matrix: Matrix | undefined;
  for (const [at, line] of lines.entries()) {
    const cells = line.cells.filter((cell) => cell !== '');
    const next = lines[at + 1];
    const figures = cells.map((cell) => figureOf(cell));
    if (isHead(line, next)) matrix = { head: line, categories: line.cells.slice(1), facts: [] };
    else if (matrix && line.cells.length > 1 && line.cells.slice(1).some((cell) => figureOf(cell)))
      facts.push(...rowOfMatrix(context, matrix, line, heading));
    else if (cells.length === 2 && Boolean(figures[0]) !== Boolean(figures[1])) {
      matrix = undefined;
      const [figure, label] = figures[0] ? [figures[0], cells[1]] : [figures[1], cells[0]];
      list(context, facts, { line, label: label as string, figure: figure as Figure, heading });
    } else if (isStacked(line, next, figures[0], outline)) {
      list(context, facts, {
        line: next as Line,
        label: (next as Line).text,
        figure: figures[0] as Figure,
        heading,
      });
    } else if (cells.length === 1 && !line.bullet && line.footnote === undefined && line.text.length <= 90) {
      matrix = undefined;
      heading = line;
    }
  }
  return facts.slice(0, mostFacts).flatMap(claimsOf);
}

function isContextual(line: Line, { where, grammar, begins }: Outline): boolean {
  if (begins.has(line)) return false;
  const { part, domain, standard } = where.get(line) ?? {};
  if (part) return part === 'facts' || part === 'background';
  if (domain === undefined) return false;
  return standard ? !grammar.standards.get(standard)?.isCounted : !grammar.domains.get(domain)?.sample;
}

/** Whether a line is a head: words in its cells, and a row of figures below it. */
const isHead = ({ cells }: Line, next: Line | undefined): boolean =>
  cells.length > 1 &&
  next !== undefined &&
  !cells.some((cell) => cell !== '%' && figureOf(cell)) &&
  cells.slice(1).some((cell) => /\p{L}{2}|^%$/u.test(cell) && cell.length <= 60) &&
  next.cells.slice(1).some((cell) => figureOf(cell));

/** A figure on a line of its own above its label, as the page of key facts has them. */
const isStacked = (
  line: Line,
  next: Line | undefined,
  figure: Figure | undefined,
  { where }: Outline,
): boolean =>
  figure !== undefined &&
  line.cells.length === 1 &&
  where.get(line)?.part === 'facts' &&
  next?.cells.length === 1 &&
  /\p{L}{4}/u.test(next.text) &&
  !figureOf(next.text);

/** A row of a list; a national figure goes beside the service's own above it. */
function list(
  outline: Context,
  facts: Fact[],
  { line, label, figure, heading }: { line: Line; label: string; figure: Figure; heading: Line | undefined },
): void {
  const measure = measureOf(label, outline.area);
  const own = isNational(label) ? facts.findLast((fact) => fact.measure === measure) : undefined;
  if (own) own.figures.set(`national_${figure.kind}`, { figure, line });
  else facts.push(factOf(outline, line, { label, measure, figure, citing: [line, heading] }));
}

function rowOfMatrix(outline: Context, matrix: Matrix, line: Line, heading: Line | undefined): Fact[] {
  const { head, categories, facts } = matrix;
  const label = line.cells[0] ?? '';
  const citing = [line, head, heading];
  const breakdown = (head.cells[0] ?? '')
    .toLowerCase()
    .replace(/^race\//, '')
    .replace(/types$/, 'type');
  const measure = heading ? measureOf(heading.text, outline.area) : breakdown;
  const own = { label, measure, citing };
  if (categories.length === 1) {
    // One column of figures: a row for each category.
    const figure = figureOf(line.cells[1] ?? '', categories[0]);
    return figure ? [factOf(outline, line, { ...own, figure, words: { breakdown, category: label } })] : [];
  }
  const figures = categories.map((_, at) => figureOf(line.cells[at + 1] ?? ''));
  if (facts.length > 0) {
    const whose = isNational(label) ? 'national' : 'comparator';
    for (const [at, fact] of facts.entries()) {
      const figure = figures[at];
      if (!figure || [...fact.figures.keys()].some((key) => key.startsWith(whose))) continue;
      fact.figures.set(`${whose}_${figure.kind}`, { figure, line });
      if (whose === 'comparator') fact.words.comparator = label;
    }
    return [];
  }
  const made = categories.flatMap((category, at) => {
    const figure = figures[at];
    return figure ? [factOf(outline, line, { ...own, figure, words: { breakdown, category } })] : [];
  });
  facts.push(...made);
  return made;
}

function factOf(
  outline: Outline,
  line: Line,
  {
    label,
    measure,
    figure,
    citing,
    words = {},
  }: { label: string; measure: string; figure: Figure; citing: (Line | undefined)[]; words?: Fact['words'] },
): Fact {
  const { domain, standard } = outline.where.get(line) ?? {};
  const unit = figure.kind === 'value' ? (figure.unit ?? unitOf(label)) : undefined;
  const source: Source = { ...sourceOf(outline, citing), ...periodIn(label) };
  return {
    ...{ line, measure },
    words: {
      ...(domain && { domain }),
      ...(standard && { standard }),
      ...words,
      ...(unit && { unit }),
      ...source,
    },
    figures: new Map([[figure.kind, { figure, line }]]),
  };
}

function claimsOf({ line, measure, words, figures }: Fact, at: number): Claim[] {
  return [
    ...Object.entries({ measure, ...words }).map(([key, value]) => claim(['context', at, key], value, line)),
    ...[...figures].map(([key, { figure, line: place }]) =>
      figure.value === undefined
        ? lost(['context', at, key], place, `«${figure.printed}» is no number`)
        : claim(['context', at, key], figure.value, place),
    ),
  ];
}
