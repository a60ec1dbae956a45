import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { didYouMean } from '../../nearest.js';
import { type Problem, UserError } from '../../problem.js';
import type { Rounding, UnratedRule } from '../../vocabulary.js';
import { refuseForeign } from '../files/own-file.js';
import { shapeOf } from '../files/shape.js';
import { readText, type SourceText, YamlFile } from '../files/yaml-file.js';

/** The shape of an edition's two files together, as their JSON Schemas have it. */
export interface EditionFile {
  edition: string | number;
  title: string;
  /** When it was in use (ISO days), which tells the edition of a report where nothing else does; never without reports_from. */
  reports_from?: string;
  reports_until?: string;
  fieldwork_from?: string;
  fieldwork_until?: string;
  ratings: string[];
  rules: RulesEntry[];
  domains: DomainEntry[];
}

export interface RulesEntry {
  effective_from: string;
  note?: string;
  percentage_base: Record<'key question' | 'prompt', 'relevant' | 'inspected'>;
  rounding: Rounding;
  band_on: 'rounded' | 'exact';
  confidence_level: number;
  bands: { from_percent: number; rating: string }[];
  discretion: { points_from_boundary: number; differing_judgements: number; small_sample: number };
  scores: Record<string, number>;
  counting_standards: string[];
  overall_bands: { from_score: number; rating: string }[];
  limiting_judgements: {
    standards: string[];
    at_or_below: string;
    minimum_standards?: number;
    overall_at_most: string;
  }[];
  unrated_standard: UnratedRule;
}

export interface DomainEntry {
  code: string;
  title: string;
  sample?: string;
  standards: StandardEntry[];
}

export interface StandardEntry {
  code: string;
  title: string;
  statement?: string;
  basis: 'cases' | 'qualitative';
  key_questions?: QuestionEntry[];
}

export interface QuestionEntry {
  code: string;
  text: string;
  applies_when?: string;
  applies_to_disposals?: string[];
  from?: string;
  until?: string;
  prompts?: QuestionEntry[];
}

/** The two files of an edition, to say where a problem is. */
export interface EditionFiles {
  rules: YamlFile;
  questions: YamlFile;
}

const checkRules = shapeOf('edition-rules.schema.json');
const checkQuestions = shapeOf('edition-questions.schema.json');
const wholeRules = [
  'percentage_base rounding band_on confidence_level bands discretion scores counting_standards overall_bands',
  'limiting_judgements unrated_standard',
].flatMap((names) => names.split(' '));

/** What is listed and compared beside the standards, under these names in place of a standard's code. */
const beside = ['overall', 'score'];

/** More than any edition has, and few enough for one statement to write results of all of them. */
const mostCodes = 5000;

/** Whether a folder holds an edition. */
export async function isEditionFolder(folder: string): Promise<boolean> {
  return (await readdir(folder).catch((): string[] => [])).includes('rules.yaml');
}

/** An edition's two files, read; what they say is not yet looked at. */
export interface OpenEdition {
  folder: string;
  rules: SourceText;
  questions: SourceText;
}

/** Opens an edition's folder: rules.yaml and questions.yaml. Throws a UserError when one can't be read. */
export async function openEdition(folder: string): Promise<OpenEdition> {
  const files = ['rules.yaml', 'questions.yaml'].map((name) => path.join(folder, name)) as [string, string];
  for (const file of files) refuseForeign(folder, file);
  const [rules, questions] = await Promise.all(files.map(readText));
  return { folder, rules: rules as SourceText, questions: questions as SourceText };
}

/** Reads an edition's folder. Throws a UserError with every problem that is found. */
export const readEdition = async (folder: string): Promise<{ edition: EditionFile } & EditionFiles> =>
  toEdition(await openEdition(folder));

/** Makes an edition of files that were opened. Throws a UserError like readEdition. */
export function toEdition({ folder, ...sources }: OpenEdition): { edition: EditionFile } & EditionFiles {
  const [rules, questions] = [new YamlFile(sources.rules), new YamlFile(sources.questions)];
  const problems = [...checkRules(rules), ...checkQuestions(questions)];
  if (problems.length > 0) {
    throw new UserError(
      `${folder}: the edition is not as it has to be; nothing was loaded.`,
      undefined,
      problems,
    );
  }
  const both = { ...(rules.data as object), ...(questions.data as object) } as EditionFile;
  return { edition: checkedEdition(both, rules, questions), rules, questions };
}

/** Amendments made whole, and everything that the schema can't say checked. */
export function checkedEdition(edition: EditionFile, rules: YamlFile, questions: YamlFile): EditionFile {
  const problems: Problem[] = [];
  const whole: RulesEntry[] = [];
  for (const [at, entry] of edition.rules.entries()) {
    const merged = { ...whole[at - 1], ...entry } as RulesEntry;
    const missing = wholeRules.filter((key) => !(key in merged));
    if (missing.length === 0) problems.push(...rulesProblems(edition, merged, at, rules));
    else if (at === 0) {
      problems.push(
        rules.problem(['rules', at], `rules from ${entry.effective_from}: ${missing.join(', ')} missing`),
      );
    }
    const before = whole[at - 1];
    if (before && before.effective_from >= entry.effective_from) {
      problems.push(
        rules.problem(
          ['rules', at, 'effective_from'],
          'an amendment has to be later than the rules before it',
        ),
      );
    }
    whole.push(merged);
  }
  problems.push(...questionsProblems(edition, questions));
  if (problems.length > 0) {
    throw new UserError(
      `Edition ${edition.edition} contradicts itself; nothing was loaded.`,
      undefined,
      problems,
    );
  }
  return { ...edition, edition: String(edition.edition), rules: whole };
}

function rulesProblems(edition: EditionFile, entry: RulesEntry, at: number, file: YamlFile): Problem[] {
  const problems: Problem[] = [];
  const standards = edition.domains.flatMap((domain) => domain.standards.map(({ code }) => code));
  // What an amendment does not say itself was checked where it is said.
  const own: object = edition.rules[at] as RulesEntry;
  const say = (key: string, message: string) =>
    key in own && problems.push(file.problem(['rules', at, key], message));
  const checkRating = (key: string, rating: string) => {
    if (!edition.ratings.includes(rating)) {
      say(
        key,
        `"${rating}" is not on the scale${didYouMean(rating, edition.ratings)}: ${edition.ratings.join(', ')}`,
      );
    }
  };
  const checkStandard = (key: string, code: string) => {
    if (!standards.includes(code))
      say(key, `"${code}" is no standard of this edition${didYouMean(code, standards)}`);
  };
  const checkBands = (key: string, bands: { from: number; rating: string }[]) => {
    for (const { rating } of bands) checkRating(key, rating);
    const ascending = bands.every((band, i) => {
      const before = bands[i - 1];
      return (
        !before ||
        (before.from < band.from &&
          edition.ratings.indexOf(before.rating) < edition.ratings.indexOf(band.rating))
      );
    });
    if (bands[0]?.from !== 0 || !ascending)
      say(key, 'the bands have to begin at 0 and to ascend, a better rating with each');
  };
  checkBands(
    'bands',
    entry.bands.map(({ from_percent, rating }) => ({ from: from_percent, rating })),
  );
  checkBands(
    'overall_bands',
    entry.overall_bands.map(({ from_score, rating }) => ({ from: from_score, rating })),
  );
  for (const rating of Object.keys(entry.scores)) checkRating('scores', rating);
  for (const rating of edition.ratings)
    if (!(rating in entry.scores)) say('scores', `the score of "${rating}" is missing`);
  const scale = edition.ratings.flatMap((rating) =>
    rating in entry.scores ? [entry.scores[rating] as number] : [],
  );
  if (scale.some((score, at) => score < (scale[at - 1] ?? score)) || (scale.at(-1) ?? 0) <= (scale[0] ?? 0))
    say('scores', 'the scores have to rise with the ratings');
  const most = entry.counting_standards.length * Math.max(...scale);
  const last = entry.overall_bands.at(-1);
  if (last && scale.length === edition.ratings.length && last.from_score > most) {
    // An amendment that says nothing of the bands may lower the maximum.
    const key = ['overall_bands', 'counting_standards', 'scores'].find((one) => one in own) ?? '';
    say(
      key,
      `"${last.rating}" begins at ${last.from_score} points, but the standards that count give ${most} at most`,
    );
  }
  for (const code of entry.counting_standards) checkStandard('counting_standards', code);
  for (const limit of entry.limiting_judgements) {
    for (const code of limit.standards) checkStandard('limiting_judgements', code);
    checkRating('limiting_judgements', limit.at_or_below);
    checkRating('limiting_judgements', limit.overall_at_most);
    if ((limit.minimum_standards ?? 1) > limit.standards.length)
      say(
        'limiting_judgements',
        `minimum_standards is ${limit.minimum_standards}, but the limit names ${limit.standards.length}: it could never hold`,
      );
  }
  return problems;
}

function questionsProblems(edition: EditionFile, file: YamlFile): Problem[] {
  const problems: Problem[] = [];
  const seen = new Set<string>();
  const unique = (kind: string, code: string, at: (string | number)[]) => {
    const key = `${kind} ${code}`;
    if (seen.has(key)) problems.push(file.problem(at, `${key} stands twice`));
    seen.add(key);
  };
  const checkQuestion = ({ code, from, until }: QuestionEntry, at: (string | number)[]) => {
    unique('question', code, at);
    if (from && until && from >= until)
      problems.push(
        file.problem([...at, 'until'], `question ${code} ends on ${until}, before it begins on ${from}`),
      );
  };
  for (const [d, domain] of edition.domains.entries()) {
    unique('domain', domain.code, ['domains', d]);
    for (const [s, standard] of domain.standards.entries()) {
      const at = ['domains', d, 'standards', s];
      unique('standard', standard.code, at);
      if (beside.includes(standard.code.toLowerCase()))
        problems.push(
          file.problem(at, `standard ${standard.code}: ${beside.join(' and ')} are no codes of standards`),
        );
      if (standard.basis === 'cases' && (standard.key_questions ?? []).length === 0)
        problems.push(
          file.problem(
            at,
            `standard ${standard.code} is judged on cases, but has no key questions to rate it from`,
          ),
        );
      if (standard.basis === 'cases' && !domain.sample) {
        problems.push(
          file.problem(at, `standard ${standard.code} is judged on cases, but its domain names no sample`),
        );
      }
      for (const [k, question] of (standard.key_questions ?? []).entries()) {
        const below = [...at, 'key_questions', k];
        checkQuestion(question, below);
        for (const [p, prompt] of (question.prompts ?? []).entries())
          checkQuestion(prompt, [...below, 'prompts', p]);
      }
    }
  }
  if (seen.size > mostCodes)
    problems.push(file.problem(['domains'], `there are more than ${mostCodes} standards and questions`));
  return problems;
}
