import type { Sample } from '../framework/framework.js';
import { type InspectionResult, rateInspection } from '../ratings/inspection.js';
import type { QuestionEvidence } from '../ratings/question.js';
import { rulesFor } from '../ratings/rules.js';
import { type Claim, isSure, type Reading, type Remark, remark } from './claim.js';
import type { Grammar } from './grammar.js';
import type { Place } from './report.js';

// All calls of src/ratings stand in this file: the report's figures are rated by the edition's rules, and held against what it prints.

/** What a report says, by the words of each path. */
class Said {
  readonly all: Map<string, Claim>;
  readonly remarks: Remark[] = [];

  constructor({ values }: Reading) {
    this.all = new Map(values.map((one) => [one.path.join(' '), { ...one }]));
  }

  sure(path: string): Claim | undefined {
    const found = this.all.get(path);
    return found && isSure(found) ? found : undefined;
  }

  number(path: string): number | null {
    const value = this.sure(path)?.value;
    return typeof value === 'number' ? value : null;
  }

  text(path: string): string | undefined {
    const value = this.sure(path)?.value;
    return value === undefined ? undefined : String(value);
  }

  confirm(claims: readonly (Claim | undefined)[], by: readonly Place[] = []): void {
    for (const one of claims)
      if (one)
        Object.assign(one, { confidence: 'confirmed', confirmedBy: [...(one.confirmedBy ?? []), ...by] });
  }

  /** That something does not go together: the claims stay, and a person looks at them. */
  differ(about: string, message: string, claims: readonly (Claim | undefined)[]): void {
    this.remarks.push(remark('contradiction', about, message, claims));
  }

  /** That something can't be: the claims are taken back. */
  refute(about: string, message: string, paths: readonly string[]): void {
    const claims = paths.map((path) => this.all.get(path));
    this.differ(about, message, claims);
    for (const one of claims) if (one) Object.assign(one, { confidence: 'contradicted', why: message });
  }
}

/** A reading in which what the report's own arithmetic confirms is confirmed, and what can't be is contradicted. */
export function consistent(reading: Reading, grammar: Grammar): Reading {
  const said = new Said(reading);
  checkFigures(said, grammar);
  for (const sample of grammar.samples) checkSample(said, sample);
  checkDates(said);
  if (grammar.rules) {
    const result = rateInspection(grammar.rules, evidenceOf(said, grammar));
    checkStandards(said, result);
    checkOverall(said, result);
  }
  return { values: [...said.all.values()], findings: [...reading.findings, ...said.remarks] };
}

/** The questions that have figures: these, the path of their claims, and the cases of their sample. */
function questionsOf(said: Said, { questions, standards, domains }: Grammar) {
  return [...questions].map(([code, { level, standard }]) => {
    const sample = domains.get(standards.get(standard)?.domain ?? '')?.sample;
    const path = `${level === 'prompt' ? 'prompts' : 'key_questions'} ${code}`;
    const of = (field: string) => said.number(`${path} ${field}`);
    const figures = { relevant: of('relevant_cases'), yes: of('yes'), percent: of('percent_yes') };
    return { code, level, path, figures, cases: sample ? said.number(`samples ${sample.name} cases`) : null };
  });
}

/** Yes is never more than the relevant cases, these never more than the sample; a percentage is one of a whole number of cases. */
function checkFigures(said: Said, grammar: Grammar): void {
  const { percentageBase } = grammar.rules ? rulesFor(grammar.rules, dayOf(said)) : {};
  for (const { code, level, path, figures, cases } of questionsOf(said, grammar)) {
    const { relevant, yes, percent } = figures;
    const most = Math.max(relevant ?? 0, yes ?? 0);
    const paths = [`${path} relevant_cases`, `${path} yes`];
    if (relevant !== null && most > relevant)
      said.refute(code, `${code}: yes ${yes} is more than ${relevant} relevant cases`, paths);
    else if (cases !== null && most > cases)
      said.refute(code, `${code}: ${most} is more than the sample's ${cases} cases`, paths);
    if (percent === null || !cases || percentageBase?.[level] !== 'inspected') continue;
    // However it was rounded, it is less than one away from the share that it stands for.
    const nearest = (100 * Math.round((percent * cases) / 100)) / cases;
    const message = `${code}: no whole number of the ${cases} inspected cases is ${percent}%`;
    if (Math.abs(nearest - percent) >= 1) said.differ(code, message, [said.sure(`${path} percent_yes`)]);
  }
}

/** Kinds sum to no more than the cases, and parts of a kind to no more than it; where they sum to the cases, they are confirmed. */
function checkSample(said: Said, { name, kinds: known }: Sample): void {
  const of = (what: string) => said.number(`samples ${name} ${what}`);
  const sum = (counts: readonly (number | null)[]) =>
    counts.reduce<number>((all, one) => all + (one ?? 0), 0);
  const kinds = [...known.keys()];
  const partsOf = (whole: string) => sum(kinds.filter((kind) => known.get(kind) === whole).map(of));
  const [wholes, cases] = [kinds.filter((kind) => !known.get(kind)), of('cases')];
  const all = sum(wholes.map((kind) => of(kind) ?? partsOf(kind)));
  const paths = ['cases', ...kinds].map((what) => `samples ${name} ${what}`);
  const message = `the kinds of ${name} sum to ${all}, of ${cases} cases`;
  const isBeyond = wholes.some((kind) => partsOf(kind) > (of(kind) ?? Number.POSITIVE_INFINITY));
  if (isBeyond || (cases !== null && all > cases)) said.refute(name, message, paths);
  else if (all === cases && all > 0) said.confirm(paths.map((path) => said.sure(path)));
}

/** Nothing is published before fieldwork began. */
function checkDates(said: Said): void {
  const published = said.text('report published');
  const began = said.text('report fieldwork_from') ?? said.text('report fieldwork_month');
  if (published && began && published < began.slice(0, published.length))
    said.refute('published', `published ${published}, before fieldwork in ${began}`, ['report published']);
}

/** A day of fieldwork, to choose the rules by; a late one where the report gives none. */
const dayOf = (said: Said) =>
  said.text('report fieldwork_from') ?? `${said.text('report fieldwork_month') ?? '9999-01'}-01`;

function evidenceOf(said: Said, grammar: Grammar) {
  const keyQuestions = questionsOf(said, grammar).flatMap(({ code, level, path, figures, cases }) => {
    const fields = ['relevant_cases', 'yes', 'percent_yes', 'not_applicable'];
    if (level === 'prompt' || !fields.some((field) => said.all.has(`${path} ${field}`))) return [];
    const noRelevantCase = said.sure(`${path} not_applicable`) !== undefined;
    const percentLost = figures.percent === null && said.all.has(`${path} percent_yes`);
    const published = { ...figures, noRelevantCase, percentLost };
    return [[code, { inspected: cases, published }] as [string, QuestionEvidence]];
  });
  const printed = [...grammar.standards.keys()].flatMap((code): [string, string][] => {
    const rating = said.text(`standard_ratings ${code} rating`);
    return rating === undefined ? [] : [[code, rating]];
  });
  return {
    ...{ fieldworkStart: dayOf(said), keyQuestions: new Map(keyQuestions), prompts: new Map() },
    publishedStandards: new Map(printed),
    judged: new Map(printed.filter(([code]) => !grammar.standards.get(code)?.isCounted)),
    decisions: new Map(decisionsIn(said).map((one) => [one.standard, one])),
    publishedOverall: said.text('overall rating') ?? null,
  };
}

function decisionsIn(said: Said) {
  const count = [...said.all.keys()].filter((path) => /^professional_discretion \d+ standard$/.test(path));
  return count.map((_, at) => {
    const of = (key: string) => said.text(`professional_discretion ${at} ${key}`) ?? '';
    const claim = said.sure(`professional_discretion ${at} from`);
    return { standard: of('standard'), from: of('from'), to: of('to'), reason: of('reason'), claim };
  });
}

/** A printed rating that its key questions give, or from which a panel's decision leads to it, is confirmed, and they are. */
function checkStandards(said: Said, { standards, keyQuestions }: InspectionResult): void {
  for (const { code, computedRating, drivingKeyQuestion } of standards) {
    const printed = said.sure(`standard_ratings ${code} rating`);
    if (computedRating === null || !printed) continue;
    const decision = decisionsIn(said).find(({ standard }) => standard === code);
    const driving = ['relevant_cases', 'yes', 'percent_yes'].flatMap(
      (field) => said.sure(`key_questions ${drivingKeyQuestion} ${field}`) ?? [],
    );
    const { from, to } = decision ?? { from: printed.value, to: printed.value };
    if (from === computedRating && to === printed.value) {
      const places = driving.map(({ place }) => place);
      said.confirm([printed, decision?.claim], places);
      said.confirm(driving, [printed.place]);
      continue;
    }
    const percent = keyQuestions.get(drivingKeyQuestion ?? '')?.percent;
    const panel = decision ? ` (by the panel, from ${from})` : '';
    const message = `${code} is printed ${printed.value}${panel}; its lowest key question, ${drivingKeyQuestion} with ${percent}%, gives ${computedRating}`;
    said.differ(code, message, [printed, ...driving]);
  }
}

/** The printed score is the sum of the printed ratings, and its band the overall rating. */
function checkOverall(said: Said, { standards, overall, rules }: InspectionResult): void {
  const score = said.sure('overall score');
  const rating = said.sure('overall rating');
  const counting = standards
    .filter(({ code }) => rules.countingStandards.includes(code))
    .flatMap(({ code }) => said.sure(`standard_ratings ${code} rating`) ?? []);
  if (score && counting.length === rules.countingStandards.length) {
    const sum = counting.reduce((all, { value }) => all + (rules.scores[String(value)] ?? 0), 0);
    const message = `the score is printed ${score.value}, the printed ratings sum to ${sum}`;
    if (sum === score.value) said.confirm([score, ...counting]);
    else said.differ('score', message, [score, ...counting]);
  }
  if (!rating || overall.computedRating === null) return;
  const message = `overall is printed ${rating.value}, the ratings give ${overall.computedRating}`;
  if (rating.value === overall.computedRating) said.confirm([rating]);
  else said.differ('overall', message, [rating]);
}
