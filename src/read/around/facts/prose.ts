import type { ReportLine } from '../../report-document.js';
import type { Section, Sections } from '../../structure/sections.js';
import { numbersIn, type PrintedNumber } from '../numbers.js';
import { type Sentence, sentencesOf } from '../sentences.js';
import type { Fact } from './fact.js';
import { periodIn } from './source.js';

/** How far numbers of a section are taken for facts: all that count something, only those about children, or none. */
type Strictness = 'open' | 'cases' | 'survey';

/** What a count may be of: people, places and things of a service and its area. */
const counted = [
  'children|young people|girls|boys|families|parents|carers|people|residents|pupils|victims|adults',
  'staff|volunteers|mentors|(?:case )?managers|practitioners|workers|officers|nurses|therapists|members|posts|vacancies',
  'hubs?|offices|sites|centres|bases|buildings|locations|boards|boroughs|districts|councils|authorities|towns|wards',
  'teams|services|schools|providers|courts|prisons|projects|programmes|panels|meetings|focus groups|sessions',
  'responses|respondents|referrals|incidents|offences|murders|homicides|interventions|placements|hours|cases?|orders',
].join('|');
const behind = new RegExp(
  `^\\s+(?:(?:of (?:the|its|their|these|those)|[\\p{L}'’-]+)\\s+){0,3}?(?<noun>${counted})\\b`,
  'iu',
);

/** What is counted and is no fact of a service: the framework's own things, and stretches of time. */
const notFacts =
  /^\s*[-‑–]?\s*(?:(?:of the|broad|core|key|main|following|different|separate|qualitative|overall|specific|identified)\s+){0,3}(?:standards?|questions?|domains?|areas?|ratings?|recommendations?|elements?|factors?|aspects?|ways?|reasons?|types?|themes?|priorit|levels?|principles?|strands?|stages?|points?|criteria|judgements?|days?|weeks?|months?|years?|hours?|minutes?|quarters?|times|exceptions?|examples?|other hand|another|side|occasions?|sides|pages?)\b/i;
const labelled =
  /(?:domains?|standards?|annexe?|sections?|tiers?|outcome|wave|phase|level|band|stage|covid|paragraph|chapter|table|figure|page|aim|article|part|step|version|year|post|key stage|no\.?|number|section|rule|act|form)[\s-]*$/i;
const ages =
  /(?:aged?|ages|aged between|under|over the age of|turn(?:s|ed|ing)?|reach(?:es|ed)?)\s+(?:(?:\w+|\d+)\s+(?:to|and|or|-|–)\s+)?$/i;
const ageBehind =
  /^\s*(?:[-–]?years?[- ]olds?|years? of age|(?:to|and|or|-|–)\s*\w+\s*[-–]?\s*years?(?:[- ]old|[- ]range)?|\+|and under|and over|or (?:over|under|older|younger))/i;
/** Rules of rating, not findings. */
const rules =
  /confidence level|margin of error|rated as|per cent or more|between \d+ per cent and|less than \d+ per cent|\bscored\b|scale|sample size/i;
/** What the inspection did, which is no fact of the service. */
const inspecting =
  /\b(?:we (?:also )?(?:interviewed|inspected|examined|conducted|held|looked|took|spoke|met|were|completed|reviewed|observed|visited|made|have|saw|could)|inspectors? (?:interviewed|examined|spoke|met|were))\b|\bto inspectors?\b/i;
/** A judgement of casework: its figures are results of questions. */
const judged =
  /sufficien|effective|met the needs|well enough|\bfocus|adequate|appropriate|considered|consideration|address|\breview|planning|assess(?:ment|ments|ed the)|identified (?:and|all)|deliver|reasonable|satisfactor|congruen|in \d+ per cent of cases|involved|taken into account|enforcement|compliance/i;
const months = /(?:January|February|March|April|May|June|July|August|September|October|November|December)$/i;

/** Facts in the running text of a section. `isCaseBased` says whether a standard's text is about results of cases. */
export function proseFacts(
  section: Section,
  used: ReadonlySet<ReportLine>,
  isCaseBased: (section: Section) => boolean,
): Fact[] {
  const strictness = strictnessOf(section, isCaseBased);
  if (strictness === undefined) return [];
  const lines = section.lines.filter((line, at) => at > 0 && !used.has(line) && !isListed(section, at));
  return sentencesOf(lines).flatMap((sentence) => factsIn(sentence, section, strictness));
}

/** Facts that footnotes of facts and standards tell: shares, and ranges that a figure of a table was taken from. */
export function footnoteFacts(sections: readonly Section[], { footnotes }: Sections): Fact[] {
  const cited = new Map<ReportLine, Section>();
  const places = ['facts', 'background', 'standard'];
  const all = [...footnotes.values()].flat();
  for (const section of sections.filter(({ kind }) => places.includes(kind)))
    for (const { marks, place } of section.lines)
      for (const { mark } of marks) {
        const definition = all.find(
          (line) =>
            line.footnote === mark &&
            (line.place.page ?? 0) >= (place.page ?? 0) &&
            line.place.line >= (place.page === undefined ? place.line : 0),
        );
        if (definition && !cited.has(definition)) cited.set(definition, section);
      }
  return [...cited].flatMap(([line, section]) =>
    sentencesOf([line]).flatMap((sentence) => [
      ...factsIn(sentence, section, 'open').filter(({ figures }) => figures.percent !== undefined),
      ...rangeIn(sentence, section),
    ]),
  );
}

/** "an average of nine to 13": both its ends. */
function rangeIn({ text, line }: Sentence, section: Section): Fact[] {
  const range =
    /\b(?:average|range|between)\b[^.]{0,30}?\b(?:of |from |between )(\w[\w-]*) (?:to|and) (\w[\w-]*)/i.exec(
      text,
    );
  if (!range) return [];
  const ends = [range[1], range[2]].map((end) => numbersIn(end ?? '')[0]);
  return ends.flatMap((end, at) =>
    end
      ? [
          {
            line,
            words: {
              measure: measureOf(text, range.index),
              category: at === 0 ? 'lower end' : 'upper end',
              ...placeOf(section),
            },
            figures: { value: { value: end.value, line } },
          },
        ]
      : [],
  );
}

function strictnessOf(section: Section, isCaseBased: (section: Section) => boolean): Strictness | undefined {
  switch (section.kind) {
    case 'background':
    case 'facts':
    case 'foreword':
      return 'open';
    case 'standard':
      return isCaseBased(section) ? 'cases' : 'open';
    case 'domain':
      return section.domain === '1' ? 'open' : 'cases';
    case 'methodology':
      return 'survey';
    default:
      return undefined;
  }
}

/** Strengths and areas for improvement are findings; their figures stand in the text as well. */
function isListed({ lines }: Section, at: number): boolean {
  if (lines[at]?.bullet !== true) return false;
  const heading = lines.slice(0, at).findLast((line) => line.bullet !== true);
  return (
    /^(?:strengths?|areas? for improvement)\W*$/i.test(heading?.text ?? '') || lines[at]?.bullet === true
  );
}

function factsIn(sentence: Sentence, section: Section, strictness: Strictness): Fact[] {
  const { text } = sentence;
  const found: { start: number; value: number; kind: 'value' | 'percent'; unit?: string }[] = [];
  for (const number of numbersIn(text)) {
    const figure = figureOf(number, text, strictness);
    if (figure) found.push({ start: number.start, ...figure });
  }
  if (strictness === 'open') found.push(...special(text, section));
  return found
    .sort((one, other) => one.start - other.start)
    .map(({ start, value, kind, unit }) => {
      const line = sentence.lineAt(start);
      return {
        line,
        words: {
          measure: measureOf(text, start),
          ...(unit && { unit }),
          ...periodOf(text, start),
          ...placeOf(section),
        },
        figures: { [kind]: { value, line } },
      };
    });
}

/** The time that a figure is of: said beside it, or where its sentence begins. */
function periodOf(text: string, at: number): ReturnType<typeof periodIn> {
  const beside = periodIn(clauseAround(text, at));
  if (beside.period !== undefined) return beside;
  const beginning = /^(?:in|for|during|over|at|between|from)\b[^,]{4,70},/i.exec(text)?.[0];
  if (beginning === undefined) return {};
  const year = /^in (20\d\d),$/i.exec(beginning)?.[1];
  return year === undefined ? periodIn(beginning) : { year: Number(year) };
}

const placeOf = ({ kind, domain, standard }: Section) =>
  kind === 'domain' || kind === 'standard'
    ? { ...(domain && { domain }), ...(standard && { standard }) }
    : {};

interface Accepted {
  value: number;
  kind: 'value' | 'percent';
  unit?: string;
}

/** What a number counts; undefined when it is no fact of the service. */
function figureOf(number: PrintedNumber, text: string, strictness: Strictness): Accepted | undefined {
  const { start, end, value } = number;
  const [before, after] = [text.slice(0, start), text.slice(end)];
  const clause = clauseAround(text, start);
  if (rules.test(clause)) return undefined;
  if (number.isOrdinal) {
    const isRank = /^[ -](?:most|highest|lowest|largest|smallest|biggest|busiest)\b/i.test(after);
    return isRank && strictness === 'open' ? { value, kind: 'value', unit: 'rank' } : undefined;
  }
  if (number.isPercent) {
    if (value > 100 || strictness === 'survey') return undefined;
    if (strictness === 'cases') {
      const isProfile = /\brisk\b|\boffence|\bconcerns?\b|\bethnic|\bgirls\b|\bboys\b/i.test(clause);
      if (!isProfile || judged.test(clause.replace(/were assessed (?:as|to)/i, ''))) return undefined;
    }
    return { value, kind: 'percent' };
  }
  if (/\bper\s+$/i.test(before)) return undefined;
  if (labelled.test(before) || ages.test(before) || ageBehind.test(after) || notFacts.test(after))
    return undefined;
  if (/^(?:19|20)\d\d$/.test(number.text) || months.test(before.trim())) return undefined;
  if (/^\s+(?:to|of)\s+\d/.test(after) && number.isWord) return undefined;
  const noun = behind.exec(after)?.groups?.noun?.toLowerCase();
  if (value >= 1000 && !number.isWord && strictness === 'open')
    return { value, kind: 'value', ...unitOfLarge(noun, clause) };
  const ofTotal = /^\s+of (?:the )?([\w-]+) /i.exec(after);
  const total = ofTotal ? numbersIn(ofTotal[1] as string)[0] : undefined;
  const nounOfTotal = total
    ? behind.exec(after.slice((ofTotal as RegExpExecArray)[0].length - 1))?.groups?.noun?.toLowerCase()
    : undefined;
  const unit = nounOfTotal ?? noun;
  if (unit === undefined || value === 0) return undefined;
  if (strictness === 'survey') {
    const isAsked = /\bsurvey(?:ed)?\b|\bmeetings\b|\bfocus groups\b|\bvolunteers\b/i.test(clause);
    return isAsked && !/case files|cases|interview/i.test(unit) && !/(?:one|two)-week/i.test(number.text)
      ? { value, kind: 'value', unit }
      : undefined;
  }
  const isDefinite =
    /\b(?:the|these|those|both|all|our|other)\s+$/i.test(before) && !/\bof the\s+$/i.test(before);
  if (isDefinite) return undefined;
  if (strictness === 'cases')
    return ofCases(unit, clauseAround(text, start, true), text) ? { value, kind: 'value', unit } : undefined;
  if (/\b(?:inspected|examined|reviewed|sample of)\s+$/i.test(before)) return undefined;
  if (inspecting.test(clause) && !/^responses?$/.test(unit)) return undefined;
  if (value === 1 && !/^\s+(?:case|child|court) (?:that|who) was\b/i.test(after)) return undefined;
  // "three of the five cases inspected": what the three is of is the sample.
  if (/^\s+(?:\w+ )?cases? (?:inspected|we inspected|in the sample)/i.test(after)) return undefined;
  return { value, kind: 'value', unit };
}

const unitOfLarge = (noun: string | undefined, clause: string): { unit?: string } => {
  if (noun !== undefined) return { unit: noun };
  return /\bpopulation\b/i.test(clause) ? { unit: 'people' } : {};
};

/** In text about results of cases: what is said of the children or of their circumstances, not of the work. */
function ofCases(unit: string, clause: string, sentence: string): boolean {
  if (/^(?:children|young people|boys|girls)$/.test(unit)) return !judged.test(clause);
  if (!/^cases?$/.test(unit)) return false;
  return (
    /desistance factor|factors? (?:related|linked) to desistance|relevant factor/i.test(sentence) &&
    !judged.test(clause)
  );
}

/** Facts that are said without a number that counts: all of the staff, the first of a rank, marks out of ten. */
function special(
  text: string,
  { kind }: Section,
): { start: number; value: number; kind: 'value' | 'percent'; unit?: string }[] {
  const found: ReturnType<typeof special> = [];
  const add = (
    pattern: RegExp,
    value: (match: RegExpExecArray) => number | undefined,
    kind: 'value' | 'percent',
    unit?: string,
  ) => {
    const match = pattern.exec(text);
    const printed = match && value(match);
    if (match && printed !== undefined && printed !== null)
      found.push({ start: match.index, value: printed, kind, ...(unit === undefined ? {} : { unit }) });
  };
  if (kind === 'standard')
    add(
      /^All (?:of the )?(?:\w+ )?(?:staff|case managers|managers|practitioners|volunteers|board members) (?:said|told|felt|agreed|described)\b/,
      () => 100,
      'percent',
    );
  add(
    /\b(?:is|has|was) the (?:joint )?(?:[\p{L}'’]+['’]s? )?(?:joint )?(?:largest|smallest|highest|lowest|most populous|least populous|most deprived)\b/iu,
    () => 1,
    'value',
    'rank',
  );
  add(/\((\d{1,2})\/10\)/, (match) => Number(match[1]), 'value', 'out of 10');
  add(/\b(?:a|one) (?:[\p{L}-]+ )?(?:office|hub|site|base|centre)\b(?= and )/iu, () => 1, 'value', 'offices');
  add(
    /\bfor up to (\w+) years?\b/i,
    (match) => (/^an?$/.test(match[1] as string) ? 1 : numbersIn(match[1] as string)[0]?.value),
    'value',
    'years',
  );
  return found;
}

const border =
  /;\s|,\s(?=(?:and|but|although|while|whereas|with|which|of which|including)\b)|\s(?:although|whereas|but)\s/g;
const anyBorder = /[;,]\s|\s(?:although|whereas|but)\s/g;

/** The part of a sentence that a number stands in; a narrow one ends at every comma. */
function clauseAround(text: string, at: number, isNarrow = false): string {
  const borders = [...text.matchAll(isNarrow ? anyBorder : border)].map(({ index }) => index);
  const from = borders.findLast((one) => one < at) ?? 0;
  const to = borders.find((one) => one > at) ?? text.length;
  return text.slice(from, to).replace(/^[;,\s]+/, '');
}

const longest = 180;

/** The sentence's own words for what is counted. */
function measureOf(text: string, at: number): string {
  const clause = clauseAround(text, at).replace(/[.\s]+$/, '');
  const whole = clause.length < 25 ? text.replace(/[.\s]+$/, '') : clause;
  if (whole.length <= longest) return whole;
  const offset = Math.max(0, Math.min(whole.length - longest, whole.indexOf(text.slice(at, at + 12)) - 60));
  const cut = whole.slice(offset, offset + longest);
  return `${offset > 0 ? '… ' : ''}${cut.replace(/^\S*\s/, '').replace(/\s\S*$/, '')} …`;
}
