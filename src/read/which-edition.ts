import type { EditionFile } from '../import/edition/edition-file.js';
import { listed } from '../nearest.js';
import { UserError } from '../problem.js';
import { type Claim, claim } from './claim.js';
import { grammarOf } from './grammar.js';
import { essence, isLike } from './likeness.js';
import { type Outline, outlineOf } from './outline.js';
import type { Line, Report } from './report.js';
import { ratingOf } from './rows.js';

/** Share of an edition's standards that its report names at the least: there are programmes that leave some out. */
const enoughStandards = 0.5;

/**
 * The report held against the edition that it is of: the one whose standards and questions, in their order, are most alike as a whole.
 * Throws a UserError where the report is of no service of youth justice, or of an edition that is not known.
 */
export function whichEdition(
  report: Report,
  editions: readonly EditionFile[],
): { outline: Outline; edition: EditionFile; claims: Claim[] } {
  const tried = editions
    .map((edition) => {
      const others = editions.filter((other) => other !== edition);
      const outline = outlineOf(report, grammarOf(edition, others));
      return { edition, outline, named: namedStandards(outline) };
    })
    .sort((one, other) => other.outline.total - one.outline.total);
  const [best] = tried;
  if (!best) throw new UserError('No edition of the framework is known, so no report can be read.');
  const { outline, named, edition } = best;
  refuseOther(report, outline.lines, named.size);
  const { standards } = outline.grammar;
  const strangers = strangeStandards(outline, tried);
  if (named.size < standards.size * enoughStandards || strangers.length > 0) {
    const missing = [...standards.values()].filter(({ code }) => !named.has(code));
    const titles = strangers.map(({ text }) => `"${text.slice(0, 60)}"`);
    const what =
      strangers.length > 0
        ? `it rates ${listed(titles, 3)}, which no known edition has`
        : `of edition ${outline.grammar.edition}, the nearest, ${listed(
            missing.map(({ code, title }) => `${code} ${title}`),
            4,
          )} ${missing.length === 1 ? 'was' : 'were'} not found`;
    throw new UserError(
      `${report.file}: this is no report of an edition that is known (${listed(editions.map((one) => String(one.edition)))}): ${what}. Add the edition's folder (rules.yaml and questions.yaml), or check that the text is whole.`,
    );
  }
  const evidence = ownEvidence(outline, tried) ?? [...named.values()][0] ?? (outline.lines[0] as Line);
  return { outline, edition, claims: [claim(['edition'], outline.grammar.edition, evidence)] };
}

/** The lines that name standards, by the code of each. */
const namedStandards = ({ matches }: Outline): Map<string, Line> =>
  new Map(
    matches.flatMap(({ row, expected }) =>
      expected.kind === 'standard' ? [[expected.code, row.line] as const] : [],
    ),
  );

/** A line that names a standard which no other edition has. */
function ownEvidence(
  { grammar, matches }: Outline,
  tried: readonly { outline: Outline }[],
): Line | undefined {
  const others = tried.map((one) => one.outline.grammar).filter((other) => other !== grammar);
  const isOwn = (code: string) =>
    others.every((other) => other.standards.get(code)?.title !== grammar.standards.get(code)?.title);
  return matches.find(({ expected: { kind, code } }) => kind === 'standard' && isOwn(code))?.row.line;
}

/** Rows with a rating under a number and a title that no edition has. */
function strangeStandards(
  { rows, grammar, matches }: Outline,
  tried: readonly { outline: Outline }[],
): Line[] {
  const used = new Set(matches.map(({ row }) => row.line));
  const titles = tried.flatMap(({ outline }) =>
    [...outline.grammar.standards.values()].map(({ title }) => title),
  );
  const isKnown = (text: string) =>
    titles.some((title) => isLike(text, title) || essence(text).startsWith(essence(title)));
  return rows.flatMap(({ line, code, text, values }) => {
    const isRated = values.some((value) => ratingOf(value, grammar.ratings));
    const isStandard = /^[A-Z]?\d\.\d$/.test(code ?? '') && text.length >= 4 && text.length <= 60;
    return isStandard && isRated && !used.has(line) && !isKnown(text) ? [line] : [];
  });
}

const youth = /youth (?:offending|justice)|\byo[ts]s?\b|\byjs\b|children and young people/gi;
const adult =
  /probation (?:services?|delivery unit|region)|people? on probation|service users?|community rehabilitation company|unpaid work/gi;

/** Throws where a document is no report on youth offending services, with what was looked for. */
function refuseOther({ file }: Report, lines: readonly Line[], named: number): void {
  const count = (words: RegExp) => lines.reduce((sum, { text }) => sum + (text.match(words)?.length ?? 0), 0);
  const [youths, adults] = [count(youth), count(adult)];
  const isOfAdults = adults > 2 * youths;
  const fewest = 3;
  if (!isOfAdults && youths >= 3 && named >= fewest) return;
  const looked = [
    isOfAdults
      ? `it speaks ${adults} times of probation services or people on probation, and ${youths} times of youth offending or youth justice`
      : youths < 3 && 'no words on youth offending or youth justice services were found',
    named < fewest && `${named === 0 ? 'none' : `only ${named}`} of the standards' titles were found`,
  ].filter(Boolean);
  throw new UserError(
    `${file}: this is no report of an inspection of a youth offending service: ${looked.join('; ')}. Standards such as "1.1 Governance and leadership" with their ratings were looked for.`,
  );
}
