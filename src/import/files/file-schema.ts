// Made by npm run generate from the JSON Schemas in db/schemas: not to be edited.

/** What the report of one inspection says. JSON is YAML, so inspection.json may have this shape too. Figures that the report does not give are left out; cells that the source lost are named under lost. place says where in the source a figure stands. */
export type InspectionFile = {
  /** What was read, and its licence. */
  about?: string;
  /** true for an invented inspection. */
  synthetic?: boolean;
  /** The service, by a name that the register knows, or as an object. */
  service: string | {
    name: string;
    area?: string;
    region?: string;
    kind?: string;
    note?: string;
  };
  /** Which programme of the edition it was part of. Left out: the edition's first. */
  programme?: string;
  /** What kind of inspection it was: core, joint, re-inspection, small, … */
  inspection_type?: string;
  /** Where a table has the ratings from. */
  source?: string;
  /** How certain a table is of the ratings. */
  certainty?: string;
  /** What is known of the report. When fieldwork was may be left out where the publication is known. */
  report: {
    title?: string;
    /** a day, a month or a year, as far as it is known: 2021-08-12, 2021-08, 2021 */
    published?: string | number;
    isbn?: string | number;
    /** Address of the report. */
    url?: string;
    lead_inspector?: string;
    fieldwork_from?: string;
    fieldwork_to?: string;
    /** a month like 2021-04 */
    fieldwork_month?: string;
  };
  /** Code of the edition: 2018, 2021, …; left out, it is told by the standards and questions that are named, then by the dates. */
  edition?: string | number;
  /** The samples that were drawn, by the names that the edition has for them. */
  samples?: {
    [key: string]: {
      cases?: number;
      /** Cases that could have been inspected, the inspected ones among them, where that is known. */
      eligible_cases?: number;
      case_manager_interviews?: number;
      place?: string | number;
      [key: string]: number | string | number | undefined;
    };
  };
  /** Another name of samples. The word for kinds of case may follow a sample's name: court_disposals. */
  sample?: {
    [key: string]: {
      cases?: number;
      /** Cases that could have been inspected, the inspected ones among them, where that is known. */
      eligible_cases?: number;
      case_manager_interviews?: number;
      place?: string | number;
      [key: string]: number | string | number | undefined;
    };
  };
  overall?: {
    rating?: string;
    score?: number;
    /** The score in percent of the maximum, where that is how it is published: 58.3, in quotation marks to keep a last 0. */
    score_percent?: number | string;
    out_of?: number;
    /** That the source says there is no overall rating. */
    not_rated?: true;
    lost?: ("rating" | "score")[];
    place?: string | number;
  };
  /** Ratings of standards by code, as published. */
  standard_ratings?: {
    [key: string]: string | {
      rating?: string;
      /** That the source says the standard was not rated. */
      not_rated?: true;
      lost?: ("rating")[];
      place?: string | number;
    };
  };
  /** Ratings of qualitative standards by code, where they are not those under standard_ratings. */
  judgements?: {
    [key: string]: string;
  };
  professional_discretion?: ({
    standard: string | number;
    from: string;
    to: string;
    reason: string;
    place?: string | number;
  })[];
  key_questions?: {
    [key: string]: {
      relevant_cases?: number;
      yes?: number;
      percent_yes?: number;
      not_applicable?: boolean;
      rating?: string;
      lost?: ("relevant_cases" | "yes" | "percent_yes" | "rating")[];
      place?: string | number;
    };
  };
  prompts?: {
    [key: string]: {
      relevant_cases?: number;
      yes?: number;
      percent_yes?: number;
      not_applicable?: boolean;
      rating?: string;
      lost?: ("relevant_cases" | "yes" | "percent_yes" | "rating")[];
      place?: string | number;
    };
  };
  /** Counts that the running text gives for a question, to hold against its printed table. */
  prose_counts?: {
    [key: string]: {
      yes: number;
      of?: number;
      place?: string | number;
    };
  };
  context?: ({
    measure: string;
    breakdown?: string;
    category?: string;
    value?: number;
    /** Unit of value; number when left out. */
    unit?: string;
    percent?: number;
    national_value?: number;
    national_percent?: number;
    comparator?: string;
    comparator_value?: number;
    comparator_percent?: number;
    lost?: ("value" | "percent" | "national_value" | "national_percent" | "comparator_value" | "comparator_percent")[];
    year?: number | string;
    period?: string | number;
    as_at?: string;
    source?: string;
    domain?: string | number;
    standard?: string | number;
    place?: string | number;
  })[];
  /** The recommendations, or how many there are. */
  recommendations?: ({
    number?: number;
    addressed_to: string;
    summary: string;
    domain?: string | number;
    place?: string | number;
  })[] | number;
  findings?: ({
    kind: "strength" | "area for improvement";
    domain?: string | number;
    standard?: string | number;
    summary: string;
    place?: string | number;
  })[];
};

/** local-authorities.yaml of the register */
export type AuthoritiesFile = {
  local_authorities: ({
    name: string;
    other_names?: (string)[];
    /** a code of the Office for National Statistics: E09000003, W06000019 */
    ons_code: string;
    /** the three digits of the Department for Education, in quotation marks: "302" */
    dfe_la_code?: string;
    type: string;
    region: string;
    nation: "England" | "Wales";
    police_area: string;
    from?: string;
    until?: string;
  })[];
};

/** services.yaml of the register */
export type ServicesFile = {
  services: ({
    code: string;
    area: string;
    nation?: "England" | "Wales";
    region?: string;
    note?: string;
    names?: ({
      name: string;
      kind?: string;
      from?: string;
      until?: string;
    })[];
    aliases?: (string)[];
    local_authorities: (string | {
      name: string;
      from?: string;
      until?: string;
    })[];
  })[];
  successions: ({
    predecessor: string;
    successor: string;
    on: string;
    note?: string;
  })[];
};

/** What the columns and words of a table of ratings mean */
export type ColumnMap = {
  /** Our names of columns, each with the table's heading. */
  columns?: {
    service?: string | number;
    published?: string | number;
    overall?: string | number;
    score?: string | number;
    score_percent?: string | number;
    out_of?: string | number;
    edition?: string | number;
    fieldwork_start?: string | number;
    programme?: string | number;
    inspection_type?: string | number;
    report_url?: string | number;
    source?: string | number;
    certainty?: string | number;
    /** Codes of standards, each with the table's heading. */
    standards?: {
      [key: string]: string | number;
    };
  };
  /** The table's words for ratings, each with the edition's word, with not rated or with not known: RI: Requires improvement. */
  ratings?: {
    [key: string]: string;
  };
  /** The table's words for kinds of inspection, each with ours: TRUE: joint. */
  inspection_types?: {
    [key: string]: string;
  };
  /** How dates of three numbers are to be read. Day first unless told otherwise, where the year has four digits; with two, the only order that all dates of the table allow. */
  date_format?: "day first" | "month first";
  /** What a score without a percent sign is; percent is of the maximum. */
  score_is?: "points" | "percent";
  /** The edition of every row that does not name one itself. */
  edition?: string | number;
  /** Headings of columns that are to be passed over. */
  ignore?: (string | number)[];
};

/** How inspection.yaml beside it was read from a published report: every value with its place and how sure it is, and what a person should look at. */
export type ReadingFile = {
  /** Version of this format. */
  format: 1;
  /** Name and version of the program that read the report. */
  generator: string;
  source: {
    /** Path of the report, from this file's folder. */
    file: string;
    kind: "pdf" | "text" | "html";
    sha256: string;
  };
  inspection: {
    file: "inspection.yaml";
    /** Of inspection.yaml as it was written: another one was edited since. */
    sha256: string;
  };
  /** Values by confidence. */
  counts: {
    read: number;
    confirmed: number;
    contradicted: number;
    lost: number;
  };
  values: ({
    /** Where the value goes in inspection.yaml: keys, and positions in lists from 0. A list of inspection.yaml is shorter where an entry was left out. */
    path: (string | number)[];
    /** As it was read; missing when it is lost. A contradicted value is not in inspection.yaml. */
    value?: string | number | boolean;
    /** read: in one place. confirmed: another place, or the report's own arithmetic, says the same. contradicted: another place says otherwise, or it can't be. lost: there is a cell, and nothing legible in it. */
    confidence: "read" | "confirmed" | "contradicted" | "lost";
    place: {
      page?: number;
      line: number;
    };
    confirmed_by?: ({
      page?: number;
      line: number;
    })[];
    /** Why it is contradicted or lost. */
    why?: string;
  })[];
  /** What a person should look at. */
  findings: ({
    kind: "contradiction" | "row without question" | "question without row" | "other";
    /** A code, or a word such as score. */
    about: string;
    message: string;
    places: ({
      page?: number;
      line: number;
    })[];
  })[];
};
