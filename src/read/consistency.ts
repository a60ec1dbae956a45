import { type InspectionResult, rateInspection } from '../ratings/inspection.js';
import { percentage } from '../ratings/percentage.js';
import type { QuestionEvidence } from '../ratings/question.js';
import type { Edition } from '../ratings/rules.js';
import { rulesFor } from '../ratings/rules.js';
import { type Claim, isSure, type Reading, type Remark } from './claim.js';
import type { Grammar } from './grammar.js';
import type { Place } from './report.js';

// All calls of src/ratings stand in this file: the report's figures are rated by the edition's rules, and held against what it prints.

type Values = Map<string, Claim>;

/** A reading in which what the report's own arithmetic confirms is confirmed, and what can't be is contradicted. */
export function consistent(reading: Reading, grammar: Grammar): Reading {
  const values: Values = new Map(reading.values.map((one) => [one.path.join(' '), { ...one }]));
  const findings = [...reading.findings, ...impossibleFigures(values, grammar), ...impossibleDates(values)];
  if (grammar.rules) {
    const result = rateInspection(grammar.rules, evidenceOf(values, grammar));
    findings.push(...checkPercentages(values, grammar, grammar.rules));
    findings.push(...checkStandards(values, result), ...checkOverall(values, result));
  }
  return { values: [...values.values()], findings };
}

const sure = (values: Values, path: string): Claim | undefined => {
  const found = values.get(path);
  return found && isSure(found) ? found : undefined;
};
const numberAt = (values: Values, path: string): number | null => {
  const value = sure(values, path)?.value;
  return typeof value === 'number' ? value : null;
};
const textAt = (values: Values, path: string): string | undefined => {
  const value = sure(values, path)?.value;
  return value === undefined ? undefined : String(value);
};

function confirm(one: Claim | undefined, by: (Place | undefined)[]): void {
  if (!one) return;
  one.confidence = 'confirmed';
  const places = by.filter((place) => place !== undefined);
  one.confirmedBy = [...(one.confirmedBy ?? []), ...places];
}

function contradict(claims: (Claim | undefined)[], about: string, message: string): Remark {
  const wrong = claims.filter((one) => one !== undefined);
  for (const one of wrong) Object.assign(one, { confidence: 'contradicted', why: message });
  return { kind: 'contradiction', about, message, places: wrong.map(({ place }) => place) };
}

/** Yes is never more than the relevant cases, these never more than the sample; nor are kinds of disposal. */
function impossibleFigures(values: Values, grammar: Grammar): Remark[] {
  const remarks: Remark[] = [];
  for (const [code, question] of grammar.questions) {
    const path = `${question.level === 'prompt' ? 'prompts' : 'key_questions'} ${code}`;
    const [relevant, yes] = [numberAt(values, `${path} relevant_cases`), numberAt(values, `${path} yes`)];
    const cases = casesOf(values, grammar, question.standard);
    const both = [values.get(`${path} relevant_cases`), values.get(`${path} yes`)];
    if (yes !== null && relevant !== null && yes > relevant)
      remarks.push(contradict(both, code, `${code}: yes ${yes} is more than ${relevant} relevant cases`));
    else if (cases !== null && Math.max(relevant ?? 0, yes ?? 0) > cases)
      remarks.push(
        contradict(both, code, `${code}: ${relevant ?? yes} is more than the sample's ${cases} cases`),
      );
  }
  for (const sample of new Set([...grammar.domains.values()].flatMap((domain) => domain.sample ?? []))) {
    const own = [...values].filter(([path, one]) => path.startsWith(`sample ${sample} `) && isSure(one));
    const of = (key: string) => numberAt(values, `sample ${sample} ${key}`) ?? 0;
    // Orders are parts of community sentences.
    const parts = ['youth_rehabilitation_order', 'referral_order'];
    const orders = parts.reduce((sum, key) => sum + of(key), 0);
    const notKinds = ['cases', 'case_manager_interviews', 'community_sentence', ...parts];
    const kinds = own.filter(([, { path }]) => !notKinds.includes(String(path[2])));
    const community = numberAt(values, `sample ${sample} community_sentence`);
    const sum = kinds.reduce((all, [, one]) => all + Number(one.value), 0) + (community ?? orders);
    const cases = numberAt(values, `sample ${sample} cases`);
    const counted = own.filter(([, { path }]) => path[2] !== 'case_manager_interviews').map(([, one]) => one);
    if ((cases !== null && sum > cases) || (community !== null && orders > community))
      remarks.push(
        contradict(
          counted,
          sample,
          `the kinds of ${sample.replaceAll('_', ' ')} sum to ${sum}, of ${cases} cases`,
        ),
      );
    else if (sum === cases && sum > 0) for (const one of counted) confirm(one, []);
  }
  return remarks;
}

/** Nothing is published before fieldwork began, and nothing ends before it begins. */
function impossibleDates(values: Values): Remark[] {
  const [from, to, published] = ['fieldwork_from', 'fieldwork_to', 'published'].map((key) =>
    textAt(values, `report ${key}`),
  );
  const began = from ?? textAt(values, 'report fieldwork_month');
  const remarks: Remark[] = [];
  if (from && to && to < from)
    remarks.push(
      contradict([values.get('report fieldwork_to')], 'fieldwork', `fieldwork ends on ${to}, before ${from}`),
    );
  if (published && began && published < began.slice(0, published.length))
    remarks.push(
      contradict(
        [values.get('report published')],
        'published',
        `published ${published}, before fieldwork in ${began}`,
      ),
    );
  return remarks;
}

const casesOf = (values: Values, grammar: Grammar, standard: string): number | null => {
  const sample = grammar.domains.get(grammar.standards.get(standard)?.domain ?? '')?.sample;
  return sample ? numberAt(values, `sample ${sample} cases`) : null;
};

function evidenceOf(values: Values, grammar: Grammar) {
  const keyQuestions = new Map<string, QuestionEvidence>();
  for (const [code, { level, standard }] of grammar.questions) {
    if (level !== 'key question') continue;
    const of = (field: string) => `key_questions ${code} ${field}`;
    const percent = numberAt(values, of('percent_yes'));
    const published = {
      ...{ relevant: numberAt(values, of('relevant_cases')), yes: numberAt(values, of('yes')), percent },
      noRelevantCase: sure(values, of('not_applicable')) !== undefined,
      percentLost: percent === null && values.has(of('percent_yes')),
    };
    const isAny = ['relevant_cases', 'yes', 'percent_yes', 'not_applicable'].some((one) =>
      values.has(of(one)),
    );
    if (isAny) keyQuestions.set(code, { inspected: casesOf(values, grammar, standard), published });
  }
  const ratings = new Map(
    [...grammar.standards.keys()].flatMap((code) => {
      const rating = textAt(values, `standard_ratings ${code} rating`);
      return rating === undefined ? [] : [[code, rating] as const];
    }),
  );
  const isJudged = ([code]: readonly [string, string]) => !grammar.standards.get(code)?.isCounted;
  return {
    fieldworkStart:
      textAt(values, 'report fieldwork_from') ??
      `${textAt(values, 'report fieldwork_month') ?? '9999-01'}-01`,
    ...{ keyQuestions, prompts: new Map(), publishedStandards: ratings },
    judged: new Map([...ratings].filter(isJudged)),
    decisions: new Map(decisionsIn(values).map((decision) => [decision.standard, decision])),
    publishedOverall: textAt(values, 'overall rating') ?? null,
  };
}

function decisionsIn(values: Values) {
  const all: { standard: string; from: string; to: string; reason: string; claim: Claim }[] = [];
  for (let at = 0; values.has(`professional_discretion ${at} standard`); at++) {
    const of = (key: string) => textAt(values, `professional_discretion ${at} ${key}`) ?? '';
    const claim = values.get(`professional_discretion ${at} from`) as Claim;
    all.push({ standard: of('standard'), from: of('from'), to: of('to'), reason: of('reason'), claim });
  }
  return all;
}

/** A printed rating that its key questions give, or from which a panel's decision leads to it, is confirmed, and they are. */
function checkStandards(values: Values, { standards, keyQuestions }: InspectionResult): Remark[] {
  return standards.flatMap(({ code, computedRating, keyQuestions: asked, drivingKeyQuestion }) => {
    const printed = sure(values, `standard_ratings ${code} rating`);
    if (computedRating === null || !printed) return [];
    const decision = decisionsIn(values).find(({ standard }) => standard === code);
    const places = asked.flatMap((one) => placesOf(values, one));
    const driving = placesOf(values, drivingKeyQuestion ?? '');
    if (
      (decision?.from ?? printed.value) === computedRating &&
      (decision?.to ?? printed.value) === printed.value
    ) {
      confirm(
        printed,
        driving.map(({ place }) => place),
      );
      for (const one of driving) confirm(one, [printed.place]);
      if (decision)
        confirm(
          decision.claim,
          driving.map(({ place }) => place),
        );
      return [];
    }
    const percent = keyQuestions.get(drivingKeyQuestion ?? '')?.percent;
    const message = `${code} is printed ${printed.value}${decision ? ` (by the panel, from ${decision.from})` : ''}; its lowest key question, ${drivingKeyQuestion} with ${percent}%, gives ${computedRating}`;
    return [
      {
        kind: 'contradiction',
        about: code,
        message,
        places: [printed.place, ...places.map(({ place }) => place)],
      },
    ];
  });
}

const placesOf = (values: Values, code: string): Claim[] =>
  ['relevant_cases', 'yes', 'percent_yes'].flatMap(
    (field) => sure(values, `key_questions ${code} ${field}`) ?? [],
  );

/** The printed score is the sum of the printed ratings, and bands give the overall rating. */
function checkOverall(values: Values, { standards, overall, rules }: InspectionResult): Remark[] {
  const score = sure(values, 'overall score');
  const rating = sure(values, 'overall rating');
  const printed = standards.flatMap(({ code }) => sure(values, `standard_ratings ${code} rating`) ?? []);
  const counting = printed.filter(({ path }) => rules.countingStandards.includes(String(path[1])));
  const remarks: Remark[] = [];
  if (score && counting.length === rules.countingStandards.length) {
    const sum = counting.reduce((all, { value }) => all + (rules.scores[String(value)] ?? 0), 0);
    if (sum === score.value) for (const one of [score, ...counting]) confirm(one, []);
    else
      remarks.push({
        ...{ kind: 'contradiction', about: 'score' },
        message: `the score is printed ${score.value}, the printed ratings sum to ${sum}`,
        places: [score.place, ...counting.map(({ place }) => place)],
      });
  }
  if (rating && overall.computedRating !== null) {
    if (rating.value === overall.computedRating) confirm(rating, []);
    else
      remarks.push({
        ...{ kind: 'contradiction', about: 'overall', places: [rating.place] },
        message: `overall is printed ${rating.value}, the ratings give ${overall.computedRating}`,
      });
  }
  return remarks;
}

/** Printed percentages that no whole number of cases gives, however rounded. */
function checkPercentages(values: Values, grammar: Grammar, edition: Edition): Remark[] {
  const { percentageBase } = rulesFor(edition, textAt(values, 'report fieldwork_from') ?? '9999');
  return [...grammar.questions].flatMap(([code, { level, standard }]): Remark[] => {
    const path = `${level === 'prompt' ? 'prompts' : 'key_questions'} ${code} percent_yes`;
    const [printed, cases] = [sure(values, path), casesOf(values, grammar, standard)];
    if (!printed || cases === null || percentageBase[level] !== 'inspected') return [];
    const counts = Array.from({ length: cases + 1 }, (_, yes) => yes);
    const isGiven = counts.some((yes) =>
      (['down', 'up'] as const).some((rounding) => percentage(yes, cases, rounding) === printed.value),
    );
    const message = `${code}: no whole number of the ${cases} inspected cases is ${printed.value}%`;
    return isGiven ? [] : [{ kind: 'contradiction', about: code, message, places: [printed.place] }];
  });
}
