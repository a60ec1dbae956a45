// What an inspection file may hold. Its JSON Schema (db/schemas) is what is checked, and says what each key means.

/** What may be a number in the file, and is read as text: a code, a year, a page. */
export type Place = string | number;

type Texts<Key extends string> = Partial<Record<Key, string>>;
type Numbers<Key extends string> = Partial<Record<Key, number>>;
type Codes<Key extends string> = Partial<Record<Key, Place>>;

/** The shape of inspection.yaml, as its JSON Schema has it. */
export interface InspectionFile
  extends Texts<'about' | 'inspection_type' | 'source' | 'certainty' | 'programme'>,
    Codes<'edition'> {
  synthetic?: boolean;
  service: string | ServiceEntry;
  report: ReportEntry;
  samples?: Record<string, SampleEntry>;
  /** Another name of samples. */
  sample?: Record<string, SampleEntry>;
  overall?: OverallEntry;
  standard_ratings?: Record<string, string | RatingEntry>;
  judgements?: Record<string, string>;
  professional_discretion?: (Record<'from' | 'to' | 'reason', string> & { standard: Place; place?: Place })[];
  key_questions?: Record<string, ResultEntry>;
  prompts?: Record<string, ResultEntry>;
  prose_counts?: Record<string, { yes: number; of?: number; place?: Place }>;
  context?: ContextEntry[];
  recommendations?:
    | number
    | (Record<'addressed_to' | 'summary', string> & { number?: number } & Codes<'domain' | 'place'>)[];
  findings?: (Record<'kind' | 'summary', string> & Codes<'domain' | 'standard' | 'place'>)[];
}

export interface RatingEntry extends Texts<'rating'>, Codes<'place'> {
  not_rated?: true;
  lost?: string[];
}

export interface OverallEntry extends RatingEntry, Numbers<'score' | 'out_of'>, Codes<'score_percent'> {}

export interface ServiceEntry extends Texts<'area' | 'region' | 'kind' | 'note'> {
  name: string;
}

export interface ReportEntry
  extends Texts<'title' | 'url' | 'lead_inspector' | 'fieldwork_from' | 'fieldwork_to' | 'fieldwork_month'>,
    Codes<'published' | 'isbn'> {}

export type SampleEntry = Numbers<'cases' | 'eligible_cases' | 'case_manager_interviews'> &
  Codes<'place'> &
  Record<string, Place | undefined>;

export interface ResultEntry extends Numbers<'relevant_cases' | 'yes' | 'percent_yes'>, Codes<'place'> {
  not_applicable?: boolean;
  lost?: ('relevant_cases' | 'yes' | 'percent_yes' | 'rating')[];
  /** Of a key question that is judged: it has no figures. */
  rating?: string;
}

export interface ContextEntry
  extends Texts<'breakdown' | 'category' | 'unit' | 'comparator' | 'as_at' | 'source'>,
    Numbers<'value' | 'percent' | `${'national' | 'comparator'}_${'value' | 'percent'}`>,
    Codes<'year' | 'period' | 'domain' | 'standard' | 'place'> {
  measure: string;
  lost?: string[];
}
