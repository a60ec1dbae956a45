import type { OverallRule, RatedFrom, Rounding, UnratedRule } from '../../vocabulary.js';

/** What an edition's two files say together, as their JSON Schemas have it. Only what reads, checks and makes an edition of them knows it. */
export interface EditionFile {
  edition: string | number;
  title: string;
  reports_from?: string;
  reports_until?: string;
  fieldwork_from?: string;
  fieldwork_until?: string;
  ratings: string[];
  /** Left out: one, of all standards. */
  programmes?: { programme: string; title?: string; standards?: string[] }[];
  /** The first entry is whole; a later one names what it changes, and `programmes` what is not common to all. */
  rules: (RulesEntry & { programmes?: Record<string, Partial<RulesEntry>> })[];
  kind_of_case?: string;
  /** Left out: those that domains name. */
  samples?: SampleEntry[];
  case_attributes?: AttributeEntry[];
  domains: DomainEntry[];
}

export interface SampleEntry {
  sample: string;
  kinds?: (string | KindEntry)[];
}

interface KindEntry {
  kind: string;
  part_of?: string;
  /** Other ways in which files and reports write it. */
  also?: string[];
}

interface AttributeEntry {
  attribute: string;
  about?: string;
  values: (string | { value: string; also?: string[] })[];
}

/** A rule, by its name in rules.yaml. One that is not known is named, so that none is forgotten. */
export type Rule = Exclude<keyof RulesEntry, 'effective_from' | 'note' | 'not_known'>;

/** Rules; what is not known of them is absent. */
export interface RulesEntry {
  effective_from: string;
  note?: string;
  not_known?: Rule[];
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

/** Codes of the standards that count, with their weights. */
export const weightsOf = ({
  counting_standards: counting = [],
}: Partial<RulesEntry>): Record<string, number> =>
  Array.isArray(counting) ? Object.fromEntries(counting.map((code) => [code, 1])) : counting;

/** A kind of case, also where only its name is given. */
export const kindOf = (given: string | KindEntry): KindEntry =>
  typeof given === 'string' ? { kind: given } : given;

/** A value of an attribute, also where it is given alone. */
export const codedValueOf = (given: string | { value: string; also?: string[] }) =>
  typeof given === 'string' ? { value: given } : given;

/** Whether a key question is counted from cases, or judged: as it says, else as its standard is. */
export const basisOf = (standard: StandardEntry, { basis }: QuestionEntry): 'cases' | 'qualitative' =>
  basis ?? standard.basis;
