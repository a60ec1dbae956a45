import type { EditionFile } from '../../import/edition/edition-file.js';
import type { Place, ReportLine } from '../report-document.js';
import { standardHeadings } from '../structure/headings.js';
import { ratingAtEnd, ratingIn } from '../structure/ratings-words.js';
import type { Section, Sections } from '../structure/sections.js';
import { essence, likeness } from '../structure/wording.js';

/** Where a rating was found. */
export type RatingSource = 'ratings page' | 'heading' | 'annexe' | 'prose';

/** A rating, as one place of a report says it. */
export interface RatingSeen {
  source: RatingSource;
  rating: string;
  /** 1 when it is spelt as on the scale. */
  likeness: number;
  place: Place;
  line: ReportLine;
}

/** All ratings of a report. */
export interface RatingsSeen {
  /** By standard: every place that says it. Empty where a cell or line for it is there, and nothing legible in it. */
  standards: Map<string, RatingSeen[]>;
  overall: RatingSeen[];
  score?: { text: string; score?: number; outOf?: number; place: Place };
  /** Standards that are said not to be rated. */
  unrated: Set<string>;
}

/** Reads the ratings page, the ratings of headings and annexe, and what the prose says of them. */
export function readRatings({ sections }: Sections, edition: EditionFile): RatingsSeen {
  const seen: RatingsSeen = { standards: new Map(), overall: [], unrated: new Set() };
  const { ratings } = edition;
  const titles = new Map(
    edition.domains.flatMap(({ standards }) => standards.map(({ code, title }) => [code, title] as const)),
  );
  const add = (code: string, found: RatingSeen | undefined) => {
    if (found && titles.has(code)) seen.standards.set(code, [...(seen.standards.get(code) ?? []), found]);
  };
  for (const section of sections) {
    if (section.kind === 'ratings') {
      eachStandard(section.lines, edition, 3, (code, lines) => {
        if (lines.some(isNotRated)) seen.unrated.add(code);
        add(code, ratingOf(lines, ratings, 'ratings page'));
      });
      readOverall(section, edition, seen);
    }
    if (section.kind === 'data annexe') {
      eachStandard(section.lines, edition, 2, (code, lines) => add(code, ratingOf(lines, ratings, 'annexe')));
    }
    if (section.kind === 'standard' && section.standard) {
      add(section.standard, ratingOf(section.lines.slice(0, 8), ratings, 'heading'));
      add(section.standard, proseRating(section.lines, titles.get(section.standard) ?? '', ratings));
    }
    if (section.kind === 'foreword' || section.kind === 'summary') {
      for (const line of section.lines) {
        const found = overallInProse(line, ratings);
        if (found) seen.overall.push(found);
      }
    }
  }
  // The sentence that opens the findings says it best.
  seen.overall.sort((a, b) => order.indexOf(a.source) - order.indexOf(b.source));
  return seen;
}

const order: RatingSource[] = ['ratings page', 'heading', 'annexe', 'prose'];
const isNotRated = ({ text }: ReportLine) => /\bnot\s+rated\b|\bno rating\b/i.test(text);

/** Each standard that lines name, with its line and at most `most` behind it before the next one. */
function eachStandard(
  lines: readonly ReportLine[],
  edition: EditionFile,
  most: number,
  call: (code: string, lines: ReportLine[]) => void,
): void {
  const headings = standardHeadings(lines, [edition]);
  for (const [at, line] of lines.entries()) {
    const code = headings.get(line);
    if (code === undefined) continue;
    const behind = lines.slice(at + 1, at + most);
    const next = behind.findIndex(
      (other) => headings.has(other) || /^\W*[1-9]\s?\.(?:\s|$)/.test(other.text),
    );
    call(code, [line, ...(next < 0 ? behind : behind.slice(0, next))]);
  }
}

/** The first rating of lines: a cell of its own, the end of a heading, or a line of its own. */
function ratingOf(
  lines: readonly ReportLine[],
  ratings: readonly string[],
  source: RatingSource,
): RatingSeen | undefined {
  for (const [at, line] of lines.entries()) {
    const cell = line.cells.map((each) => ratingIn(each, ratings)).find(Boolean);
    const end = at === 0 && line.text.length <= 110 ? ratingAtEnd(line.text, ratings) : undefined;
    const inside = at === 0 && line.text.length > 60 ? ratingBetween(line.text, ratings) : undefined;
    const found = cell ?? end ?? inside;
    if (found) return { source, rating: found.rating, likeness: found.likeness, place: line.place, line };
  }
  return undefined;
}

/** A rating in a heading with the statement run together behind it: "2.2 Planning Outstanding Planning is well-informed, …". */
function ratingBetween(text: string, ratings: readonly string[]) {
  const words = text.split(/\s+/).slice(0, 10);
  for (let at = 1; at < words.length; at++) {
    for (const length of [2, 1]) {
      const found = ratingIn(words.slice(at, at + length).join(' '), ratings);
      const isWhole = found && found.rating.split(' ').length === length && found.likeness >= 0.8;
      if (isWhole && /^[A-Z]/.test(words[at] as string)) return found;
    }
  }
  return undefined;
}

/** "29/36" with a digit or the stroke damaged is a score that can't be read. */
const scoreText = /(\S{1,3})\s?\/\s?(\S{2,3})(?=\s|$)/;

function readOverall(section: Section, { ratings }: EditionFile, seen: RatingsSeen): void {
  const first = section.lines.findIndex(({ text }) => /^\W*1\s?[.,]/.test(text));
  const head = section.lines.slice(0, first < 0 ? 12 : first);
  for (const [at, line] of head.entries()) {
    if (/\d{4}/.test(line.text) && !/\//.test(line.text)) continue;
    const score = scoreText.exec(line.text) ?? /score\D{0,3}\s*((\S{1,6}))\s*$/i.exec(line.text);
    if (score && /\d/.test(score[0]) && !seen.score) {
      const isWhole = /^\d{1,2}\s?\/\s?\d{1,2}$/.test(score[0].trim());
      const [own, of] = score[0].split('/').map(Number);
      seen.score = {
        text: score[0].trim(),
        place: line.place,
        ...(isWhole && { score: own as number, outOf: of as number }),
      };
    }
    const label = essence(line.text).slice(0, 13);
    if (likeness(label, 'overallrating') < 0.7) continue;
    const cell = line.cells.map((each) => ratingIn(each, ratings)).find(Boolean);
    const found = cell ?? ratingAtEnd(line.text, ratings);
    const next = head[at + 1];
    const below = !found && next ? ratingIn(next.text, ratings) : undefined;
    if (found ?? below)
      seen.overall.push({
        source: 'ratings page',
        rating: (found ?? below)!.rating,
        likeness: (found ?? below)!.likeness,
        place: found ? line.place : (next as ReportLine).place,
        line: found ? line : (next as ReportLine),
      });
  }
}

const sentences = (text: string): string[] => text.split(/(?<=[.!?]['"]?)\s+/);
const scale = (ratings: readonly string[]) => ratings.join('|');

/** "Overall, Barnet YOS is rated as 'Good'", "an overall rating of 'Outstanding'". */
function overallInProse(line: ReportLine, ratings: readonly string[]): RatingSeen | undefined {
  for (const sentence of sentences(line.text)) {
    if (!/\boverall\b/i.test(sentence)) continue;
    const said = new RegExp(
      `\\brat(?:ed|ing)\\b\\s*(?:as|of|is|was)?:?\\s*['"]?(${scale(ratings)})\\b`,
      'i',
    ).exec(sentence);
    const rating = said && ratings.find((each) => each.toLowerCase() === said[1]?.toLowerCase());
    if (rating) {
      // A sentence that begins with it is the finding itself; a foreword repeats it.
      const source = /^\W*overall\b/i.test(sentence) ? 'heading' : 'prose';
      return { source, rating, likeness: 1, place: line.place, line };
    }
  }
  return undefined;
}

/** "Assessment was rated as 'Good'", "This led to a rating of 'Good' for this standard". */
function proseRating(
  lines: readonly ReportLine[],
  title: string,
  ratings: readonly string[],
): RatingSeen | undefined {
  const quoted = `['"](${scale(ratings)})['"]`;
  const start = title.split(' ')[0] ?? '';
  const forms = [
    new RegExp(`^${start}\\b.{0,40}?\\b(?:rated as|a rating of)\\s*${quoted}`, 'i'),
    new RegExp(`\\brating of\\s*${quoted}\\s*for this standard`, 'i'),
  ];
  for (const line of lines) {
    if (line.text.length < 30 || line.cells.length > 1) continue;
    for (const sentence of sentences(line.text)) {
      const said = forms.map((form) => form.exec(sentence)).find(Boolean);
      const rating = said && ratings.find((each) => each.toLowerCase() === said[1]?.toLowerCase());
      if (rating) return { source: 'prose', rating, likeness: 1, place: line.place, line };
    }
  }
  return undefined;
}
