import type { Framework } from '../framework/framework.js';
import { knownEditions } from '../import/edition/edition-file.js';
import { UserError } from '../problem.js';
import { listed } from '../words/nearest.js';
import type { Match } from './align.js';
import { type Claim, claim, merged, type Reading } from './claim.js';
import { factClaims } from './claims/facts.js';
import { figureClaims } from './claims/figures.js';
import { findingClaims, recommendationClaims } from './claims/findings.js';
import { frontPageClaims } from './claims/front-page.js';
import { decisionClaims, ratingClaims } from './claims/ratings.js';
import { sampleClaims } from './claims/samples.js';
import { consistent } from './consistency.js';
import { openReport } from './file/open-report.js';
import { grammarOf } from './grammar.js';
import { essence, isLike } from './likeness.js';
import { type Outline, outlineOf } from './outline.js';
import type { Report } from './report.js';
import { ratingOf } from './rows.js';

/** A report that was read: what it says, and on what that rests. */
export interface ReadReport {
  reading: Reading;
  document: Report;
  edition: Framework;
}

/**
 * Reads a published inspection report: a PDF, a web page or a text. `editions` are folders of editions besides the shipped ones. Throws a
 * UserError for a file that can't be read, is no such report, or is of an edition that is not known.
 */
export async function readReport(
  file: string,
  { editions: further = [] }: { editions?: string[] } = {},
): Promise<ReadReport> {
  const [document, editions] = await Promise.all([openReport(file), knownEditions(further)]);
  return { document, ...readDocument(document, editions) };
}

/** As `readReport`, of a report that is open already. */
export function readDocument(document: Report, editions: readonly Framework[]) {
  const { outline, edition, claims } = whichEdition(document, editions);
  const frontPage = frontPageClaims(outline);
  const area = merged(frontPage).values.find(({ path }) => path.join() === 'service,area')?.value;
  const found = [
    ...[...claims, ...frontPage, ...sampleClaims(outline), ...ratingClaims(outline)],
    ...[...decisionClaims(outline), ...figureClaims(outline)],
    ...factClaims(outline, area === undefined ? undefined : String(area)),
    ...[...recommendationClaims(outline), ...findingClaims(outline)],
  ];
  return { edition, reading: consistent(merged(found), outline.grammar) };
}

/** Share of an edition's standards that its report names at the least: there are programmes that leave some out. */
const enoughStandards = 0.5;
/** So many titles of standards, and words on youth justice, has any report. */
const fewest = 3;

/** An edition that a report was held against, the lines that name its standards, and the codes of these. */
interface Tried {
  edition: Framework;
  outline: Outline;
  titles: Match[];
  named: Set<string>;
}

/**
 * The report held against the edition that it is of: the one whose standards and questions, in their order, are most alike as a whole.
 * Throws a UserError where the report is of no service of youth justice, or of an edition that is not known.
 */
function whichEdition(
  report: Report,
  editions: readonly Framework[],
): { outline: Outline; edition: Framework; claims: Claim[] } {
  const tried = editions.map((edition): Tried => {
    const outline = outlineOf(report, grammarOf(edition));
    const titles = outline.matches.filter(({ expected: { kind } }) => kind === 'standard');
    return { edition, outline, titles, named: new Set(titles.map(({ expected: { code } }) => code)) };
  });
  tried.sort((one, other) => other.outline.total - one.outline.total);
  const [best, ...others] = tried as [Tried, ...Tried[]];
  refuseOther(report, best);
  refuseUnknown(report, best, others);
  // It shows where a standard is named that no other edition has.
  const titleIn = ({ outline }: Tried, code: string) => outline.grammar.standards.get(code)?.title;
  const isOwn = (code: string) => others.every((other) => titleIn(other, code) !== titleIn(best, code));
  const evidence = best.titles.find(({ expected: { code } }) => isOwn(code)) ?? (best.titles[0] as Match);
  const edition = claim(['edition'], best.outline.grammar.edition, evidence.row.line);
  return { ...best, claims: [edition, ...programmeClaims(best)] };
}

/** The programme whose title the report's own has; the usual one, whose title others may begin with, goes without saying. */
function programmeClaims({ outline, edition: { programmes } }: Tried): Claim[] {
  const [usual, ...others] = programmes;
  const said = others.flatMap(({ name: programme, title }) => {
    if (title === null || title.length <= (usual?.title ?? '').length) return [];
    const line = outline.lines.slice(0, 60).find(({ text }) => essence(text).includes(essence(title)));
    return line ? [claim(['programme'], programme, line)] : [];
  });
  return said.slice(0, 1);
}

/** Throws where a report leaves out most of an edition's standards, or rates others. */
function refuseUnknown({ file }: Report, { outline, named }: Tried, others: readonly Tried[]): void {
  const { grammar, rows, matches } = outline;
  const grammars = [grammar, ...others.map((one) => one.outline.grammar)];
  const standards = grammars.flatMap((one) => [...one.standards.values()]);
  const isKnown = (text: string) =>
    standards.some(({ title }) => isLike(text, title) || essence(text).startsWith(essence(title)));
  const used = new Set(matches.map(({ row }) => row.line));
  const shapeOf = (code: string) => code.replaceAll(/\d+/g, '0');
  const shapes = new Set(standards.map(({ code }) => shapeOf(code)));
  const strangers = rows.filter(({ line, code = '', text, values }) => {
    const isTitle = shapes.has(shapeOf(code)) && text.length >= 4 && text.length <= 60;
    const isRated = values.some((value) => ratingOf(value, grammar.ratings));
    return isTitle && isRated && !used.has(line) && !isKnown(text);
  });
  if (strangers.length === 0 && named.size >= grammar.standards.size * enoughStandards) return;
  const missing = [...grammar.standards.values()].filter(({ code }) => !named.has(code));
  const names = missing.map(({ code, title }) => `${code} ${title}`);
  const rated = strangers.map(({ line }) => `"${line.text.slice(0, 60)}"`);
  const what =
    rated.length > 0
      ? `it rates ${listed(rated, 3)}, which no known edition has`
      : `of edition ${grammar.edition}, the nearest, it does not name ${listed(names, 4)}`;
  throw new UserError(
    `${file}: this is no report of an edition that is known (${listed(grammars.map(({ edition }) => edition).sort())}): ${what}. Add the edition's folder (rules.yaml and questions.yaml), or check that the text is whole.`,
  );
}

const youth = /youth (?:offending|justice)|\byo[ts]s?\b|\byjs\b|children and young people/gi;
const adult =
  /probation (?:services?|delivery unit|region)|people? on probation|service users?|community rehabilitation company|unpaid work/gi;

/** Throws where a document is no report on youth offending services, with what was looked for. */
function refuseOther({ file }: Report, { outline, named }: Tried): void {
  const count = (words: RegExp) =>
    outline.lines.reduce((sum, { text }) => sum + (text.match(words)?.length ?? 0), 0);
  const [youths, adults] = [count(youth), count(adult)];
  if (named.size >= fewest && youths >= fewest && adults <= 2 * youths) return;
  const [{ code, title } = { code: '', title: '' }] = outline.grammar.standards.values();
  throw new UserError(
    `${file}: this is no report of an inspection of a youth offending service. Titles of standards such as "${code} ${title}" were looked for, and ${named.size} were found; it speaks ${youths} times of youth offending or youth justice, ${adults} times of probation.`,
  );
}
