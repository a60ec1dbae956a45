// What an inspection file may hold. Its JSON Schema (db/schemas) is what is checked; these are the same in types.

/** The shape of inspection.yaml, as its JSON Schema has it. Codes and dates may be numbers in the file; read them as text. */
export interface InspectionFile {
  about?: string;
  synthetic?: boolean;
  service: string | ServiceEntry;
  report: ReportEntry;
  /** Told by what is named, then by the dates, where it is left out. */
  edition?: string | number;
  inspection_type?: string;
  source?: string;
  certainty?: string;
  programme?: string;
  /** By the edition's names of its samples; `sample` is another name of it. */
  samples?: Record<string, SampleEntry>;
  sample?: Record<string, SampleEntry>;
  overall?: OverallEntry;
  standard_ratings?: Record<string, string | RatingEntry>;
  judgements?: Record<string, string>;
  professional_discretion?: {
    standard: string | number;
    from: string;
    to: string;
    reason: string;
    place?: Place;
  }[];
  key_questions?: Record<string, ResultEntry>;
  prompts?: Record<string, ResultEntry>;
  prose_counts?: Record<string, { yes: number; of?: number; place?: Place }>;
  context?: ContextEntry[];
  recommendations?:
    | number
    | { number?: number; addressed_to: string; summary: string; domain?: string | number; place?: Place }[];
  findings?: {
    kind: string;
    domain?: string | number;
    standard?: string | number;
    summary: string;
    place?: Place;
  }[];
}

export type Place = string | number;

export interface RatingEntry {
  rating?: string;
  not_rated?: true;
  lost?: string[];
  place?: Place;
}

export interface OverallEntry extends RatingEntry {
  score?: number;
  score_percent?: number | string;
  out_of?: number;
}

export interface ServiceEntry {
  name: string;
  area?: string;
  region?: string;
  kind?: string;
  note?: string;
  local_authorities?: string[];
}

export interface ReportEntry {
  title?: string;
  published?: string | number;
  isbn?: string | number;
  url?: string;
  lead_inspector?: string;
  fieldwork_from?: string;
  fieldwork_to?: string;
  fieldwork_month?: string;
}

export type SampleEntry = {
  cases?: number;
  eligible_cases?: number;
  case_manager_interviews?: number;
  place?: Place;
} & Record<string, number | Place | undefined>;

export interface ResultEntry {
  relevant_cases?: number;
  yes?: number;
  percent_yes?: number;
  not_applicable?: boolean;
  lost?: ('relevant_cases' | 'yes' | 'percent_yes' | 'rating')[];
  /** Of a key question that is judged: it has no figures. */
  rating?: string;
  place?: Place;
}

export interface ContextEntry {
  measure: string;
  breakdown?: string;
  category?: string;
  value?: number;
  unit?: string;
  percent?: number;
  national_value?: number;
  national_percent?: number;
  comparator?: string;
  comparator_value?: number;
  comparator_percent?: number;
  lost?: string[];
  year?: number | string;
  period?: string | number;
  as_at?: string;
  source?: string;
  domain?: string | number;
  standard?: string | number;
  place?: Place;
}
