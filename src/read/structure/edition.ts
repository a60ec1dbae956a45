import type { EditionFile } from '../../import/edition/edition-file.js';
import { listed } from '../../nearest.js';
import { UserError } from '../../problem.js';
import { expectedLines } from '../figures/expected.js';
import { rowsOf } from '../figures/rows.js';
import type { ReadFinding, ReadValue } from '../reading.js';
import type { ReportDocument, ReportLine } from '../report-document.js';
import { namingOf, subjectsOf } from './subjects.js';
import { essence, likeness } from './wording.js';

/** The edition that a report is of, and what speaks for it. */
export interface RecognisedEdition {
  edition: EditionFile;
  value: ReadValue;
  findings: ReadFinding[];
}

/** Share of an edition's standards that its report names at the least, damaged or not. */
const enoughStandards = 0.7;

/**
 * Which edition a report is of, by its content: the standards that it names, and the questions that only one edition words so. Throws a
 * UserError where the report is of no service of youth justice, or of an edition that is not known.
 */
export function recogniseEdition(
  document: ReportDocument,
  editions: readonly EditionFile[],
): RecognisedEdition {
  const lines = document.lines.filter(({ noise }) => noise === undefined);
  const subjects = subjectsOf(editions);
  const ratings = [...new Set(editions.flatMap((each) => each.ratings))];
  const namings = lines.flatMap((line, at) => {
    const naming = namingOf(line, at, subjects, ratings);
    return naming && naming.by !== 'statement' ? [naming] : [];
  });
  const named = new Map<string, ReportLine>();
  for (const { candidates, line, by } of namings) {
    for (const { subject } of by === 'code' ? candidates.slice(0, 1) : candidates)
      if (subject.kind === 'standard' && !named.has(keyOf(subject))) named.set(keyOf(subject), line);
  }
  checkKind(document, lines, editions, named);
  const questions = ownQuestions(editions);
  const rows = [...new Set(rowsOf(lines).map((row) => row.essence))];
  const scored = editions
    .map((edition) => {
      const standards = edition.domains.flatMap((domain) => domain.standards);
      const present = standards.filter((standard) => named.has(keyOf(standard)));
      const own = present.filter(
        (standard) =>
          !editions.some(
            (other) =>
              other !== edition &&
              other.domains.some((domain) =>
                domain.standards.some((each) => keyOf(each) === keyOf(standard)),
              ),
          ),
      );
      const wordings = questions.get(edition) ?? [];
      const asked = wordings.filter((wording) => rows.some((row) => isSame(row, wording))).length;
      return {
        edition,
        share: present.length / standards.length,
        own,
        asked,
        missing: standards.filter((standard) => !named.has(keyOf(standard))),
        // A standard that only one edition has says more than a question's wording.
        score: 10 * (present.length / standards.length) + 3 * own.length + Math.min(asked, 20) / 4,
      };
    })
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (!best) throw new UserError('No edition of the framework is known, so no report can be read.');
  const strangers = strangeStandards(lines, editions);
  if (best.share < enoughStandards || strangers.length > 0) {
    const what =
      strangers.length > 0
        ? `it rates ${listed(
            strangers.map(({ text }) => `"${text.slice(0, 60)}"`),
            3,
          )}, which no known edition has`
        : `of edition ${best.edition.edition}, the nearest, ${listed(
            best.missing.map(({ code, title }) => `${code} ${title}`),
            4,
          )} ${best.missing.length === 1 ? 'was' : 'were'} not found`;
    throw new UserError(
      `${document.file}: this is no report of an edition that is known (${listed(editions.map(({ edition }) => String(edition)))}): ${what}. Add the edition's folder (rules.yaml and questions.yaml), or check that the text is whole.`,
    );
  }
  const isClear = !second || best.score - second.score >= 2;
  const evidence = best.own[0] && named.get(keyOf(best.own[0]));
  const place = (evidence ?? lines[0])?.place ?? { line: 1 };
  return {
    edition: best.edition,
    value: {
      path: ['edition'],
      value: String(best.edition.edition),
      confidence: isClear ? (best.own.length > 0 && best.asked > 0 ? 'confirmed' : 'read') : 'doubtful',
      place,
      ...(!isClear && { why: `the content fits edition ${second?.edition.edition} as well` }),
    },
    findings: [],
  };
}

const keyOf = ({ code, title }: { code: string; title: string }) => `${code} ${essence(title)}`;
const isSame = (one: string, other: string) =>
  Math.abs(one.length - other.length) <= 0.08 * other.length && likeness(one, other, 0.93) >= 0.93;

/** Wordings of questions that one edition has and no other comes near. */
function ownQuestions(editions: readonly EditionFile[]): Map<EditionFile, string[]> {
  const all = new Map(
    editions.map((edition) => [
      edition,
      new Set(
        expectedLines(edition)
          .filter(({ kind }) => kind === 'prompt' || kind === 'key question')
          .flatMap(({ wordings }) => wordings.slice(0, 1)),
      ),
    ]),
  );
  return new Map(
    [...all].map(([edition, wordings]) => [
      edition,
      [...wordings].filter((wording) =>
        [...all].every(
          ([other, theirs]) => other === edition || ![...theirs].some((each) => isSame(each, wording)),
        ),
      ),
    ]),
  );
}

/** Rows with a rating under a number of a standard that no edition has, or has with quite another title. */
function strangeStandards(lines: readonly ReportLine[], editions: readonly EditionFile[]): ReportLine[] {
  const standards = editions.flatMap(({ domains }) => domains.flatMap((domain) => domain.standards));
  const ratings = new Set(editions.flatMap((edition) => edition.ratings.map(essence)));
  return lines.filter(({ cells, text }) => {
    const filled = cells.map((cell) => cell.trim()).filter(Boolean);
    const code = /^([1-9])\.([1-9])\.?\s+/.exec(text);
    const last = filled.findLastIndex((cell) => ratings.has(essence(cell)));
    if (!code || last < 1) return false;
    const title = essence(
      filled
        .slice(0, last)
        .join(' ')
        .replace(/^[1-9]\.[1-9]\.?\s+/, ''),
    );
    if (title.length < 4 || title.length > 60) return false;
    return !standards.some((standard) => likeness(title, essence(standard.title), 0.5) >= 0.5);
  });
}

const youth = /youth (?:offending|justice)|\byo[ts]s?\b|\byjs\b|children and young people/gi;
const adult =
  /probation (?:services?|delivery unit|region)|people? on probation|service users?|community rehabilitation company|unpaid work/gi;

/** Throws where a document is no report on youth offending services, with what was looked for. */
function checkKind(
  { file }: ReportDocument,
  lines: readonly ReportLine[],
  editions: readonly EditionFile[],
  named: ReadonlyMap<string, ReportLine>,
): void {
  let youths = 0;
  let adults = 0;
  for (const { text } of lines) {
    youths += text.match(youth)?.length ?? 0;
    adults += text.match(adult)?.length ?? 0;
  }
  const fewest = Math.min(
    ...editions.map(({ domains }) => domains.reduce((sum, domain) => sum + domain.standards.length, 0)),
  );
  const found = [...named.keys()].length;
  const isOfAdults = adults > 2 * youths;
  if (!isOfAdults && youths >= 3 && found * 3 >= fewest) return;
  const looked = [
    isOfAdults
      ? `it speaks ${adults} times of probation services or people on probation, and ${youths} times of youth offending or youth justice`
      : youths < 3
        ? 'no words on youth offending or youth justice services were found'
        : undefined,
    found * 3 < fewest
      ? `${found === 0 ? 'none' : `only ${found}`} of the standards' titles were found`
      : undefined,
  ].filter(Boolean);
  throw new UserError(
    `${file}: this is no report of an inspection of a youth offending service: ${looked.join('; ')}. Standards such as "1.1 Governance and leadership" with their ratings were looked for.`,
  );
}
