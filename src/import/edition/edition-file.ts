import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { UserError } from '../../problem.js';
import type { OverallRule, RatedFrom, Rounding, UnratedRule } from '../../vocabulary.js';
import { refuseForeign } from '../files/own-file.js';
import { shapeOf } from '../files/shape.js';
import { readText, type SourceText, YamlFile } from '../files/yaml-file.js';
import { checkedEdition } from './check-edition.js';

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
  /** The usual one first. Once an edition was checked there is one at least, and each names its standards. */
  programmes: ProgrammeEntry[];
  /** Once an edition was checked: those of one programme after the other, each whole. */
  rules: RulesEntry[];
  kind_of_case?: string;
  /** Once an edition was checked: those that domains name too. */
  samples: SampleEntry[];
  case_attributes?: AttributeEntry[];
  domains: DomainEntry[];
}

export interface ProgrammeEntry {
  programme: string;
  title?: string;
  standards: string[];
}

export interface SampleEntry {
  sample: string;
  kinds?: (string | KindEntry)[];
}

export interface KindEntry {
  kind: string;
  part_of?: string;
  /** Other ways in which files and reports write it. */
  also?: string[];
}

export interface AttributeEntry {
  attribute: string;
  about?: string;
  values: (string | { value: string; also?: string[] })[];
}

/** A rule, by its name in rules.yaml. One that is not known is named, so that none is forgotten. */
export type Rule = Exclude<
  keyof RulesEntry,
  'effective_from' | 'note' | 'programme' | 'programmes' | 'not_known'
>;

/** Rules; what is not known of them is absent. */
export interface RulesEntry {
  /** Once an edition was checked: the programme that they are of. */
  programme?: string;
  effective_from: string;
  note?: string;
  not_known?: Rule[];
  programmes?: Record<string, Partial<RulesEntry>>;
  percentage_base?: Record<'key question' | 'prompt', 'relevant' | 'inspected'>;
  rounding?: Rounding;
  band_on?: 'rounded' | 'exact';
  confidence_level?: number;
  bands?: { from_percent: number; rating: string }[];
  discretion?: { points_from_boundary: number; differing_judgements: number; small_sample: number };
  scores?: Record<string, number>;
  /** With their weights, where these differ. */
  counting_standards?: string[] | Record<string, number>;
  overall?: OverallRule;
  overall_bands?: { from_score: number; rating: string }[];
  limiting_judgements?: {
    standards: string[];
    at_or_below: string;
    minimum_standards?: number;
    overall_at_most: string;
  }[];
  unrated_standard?: UnratedRule;
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
  rated_from?: RatedFrom;
  key_questions?: QuestionEntry[];
}

export interface QuestionEntry {
  code: string;
  text: string;
  applies_when?: string;
  applies_to_kinds?: string[];
  not_asked_where?: Record<string, string[]>;
  basis?: 'cases' | 'qualitative';
  from?: string;
  until?: string;
  prompts?: QuestionEntry[];
}

/** The files of an edition, to say where a problem is. */
export interface EditionFiles {
  rules: YamlFile;
  questions: YamlFile;
  /** What became of its questions, or of those before them. */
  crosswalk: YamlFile | undefined;
  /** Key questions that ask the same of two samples. */
  pairs: YamlFile | undefined;
}

const checkRules = shapeOf('edition-rules.schema.json');
const checkQuestions = shapeOf('edition-questions.schema.json');
/** Whether a folder holds an edition. */
export async function isEditionFolder(folder: string): Promise<boolean> {
  return (await readdir(folder).catch((): string[] => [])).includes('rules.yaml');
}

/** An edition's files, read; what they say is not yet looked at. */
export interface OpenEdition {
  folder: string;
  rules: SourceText;
  questions: SourceText;
  crosswalk: SourceText | undefined;
  pairs: SourceText | undefined;
}

/**
 * Opens an edition's folder: rules.yaml and questions.yaml, and where they are there, crosswalk.yaml and pairs.yaml. Throws a UserError
 * when one can't be read.
 */
export async function openEdition(folder: string): Promise<OpenEdition> {
  const there = await readdir(folder).catch((): string[] => []);
  const read = (name: string): Promise<SourceText> => {
    const file = path.join(folder, name);
    refuseForeign(folder, file);
    return readText(file);
  };
  const readIfThere = async (name: string) => (there.includes(name) ? read(name) : undefined);
  const [rules, questions, crosswalk, pairs] = await Promise.all([
    read('rules.yaml'),
    read('questions.yaml'),
    readIfThere('crosswalk.yaml'),
    readIfThere('pairs.yaml'),
  ]);
  return { folder, rules, questions, crosswalk, pairs };
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
  const further = (source: SourceText | undefined) => source && new YamlFile(source);
  return {
    edition: checkedEdition(both, rules, questions),
    ...{ rules, questions, crosswalk: further(sources.crosswalk), pairs: further(sources.pairs) },
  };
}

/** Codes of the standards that count, with their weights. */
export const weightsOf = ({ counting_standards: counting = [] }: RulesEntry): Record<string, number> =>
  Array.isArray(counting) ? Object.fromEntries(counting.map((code) => [code, 1])) : counting;

/** A kind of case, also where only its name is given. */
export const kindOf = (given: string | KindEntry): KindEntry =>
  typeof given === 'string' ? { kind: given } : given;

/** A value of an attribute, also where it is given alone. */
export const codedValueOf = (given: string | { value: string; also?: string[] }) =>
  typeof given === 'string' ? { value: given, also: [] } : given;

/** Whether a key question is counted from cases, or judged: as it says, else as its standard is. */
export const basisOf = (standard: StandardEntry, { basis }: QuestionEntry): 'cases' | 'qualitative' =>
  basis ?? standard.basis;
