import { numbersIn, type PrintedNumber } from '../../numbers.js';
import { clauseAround } from './clause.js';

/** How far numbers of a section are taken for facts: all that count something, only those about children, or none. */
export type Strictness = 'open' | 'cases' | 'survey';

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

interface Accepted {
  value: number;
  kind: 'value' | 'percent';
  unit?: string;
}

/** What a number counts; undefined when it is no fact of the service. */
export function figureOf(number: PrintedNumber, text: string, strictness: Strictness): Accepted | undefined {
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
  const counted = behind.exec(after)?.groups?.noun;
  // "646,400 Sessions were …" has lost the full stop between.
  const noun = /^\p{Lu}\p{Ll}/u.test(counted ?? '') ? undefined : counted?.toLowerCase();
  if (value >= 1000 && !number.isWord && strictness === 'open')
    return {
      value,
      kind: 'value',
      ...unitOfLarge(/^\s+\p{Lu}\p{Ll}/u.test(after) ? undefined : noun, clause),
    };
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
