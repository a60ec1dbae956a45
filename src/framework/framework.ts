import { holdsOn, type Period } from '../days.js';
import type { Edition, Question, Standard } from '../ratings/rules.js';

/**
 * An edition as everything here knows it: what ratings depend on (Edition), and beyond that its words, its samples, the cases that it
 * asks about, and the keys by which the database has its parts.
 */
export interface Framework extends Edition {
  title: string;
  /** When reports of it were published, and its fieldwork was; each end null when it is not known. */
  inUse: { reports: Period; fieldwork: Period };
  /** Lowest first. */
  ratings: readonly string[];
  /** What kinds of case are called: the column of cases.csv, and the attribute that cases are grouped by. */
  kindOfCase: string;
  /** By name, in the edition's order. */
  samples: ReadonlyMap<string, Sample>;
  /** What is recorded of a case besides its kind, in the edition's order. */
  attributes: readonly CaseAttribute[];
  /** In the edition's order; the first is that of an inspection that names none. */
  programmes: readonly { name: string; title: string | null }[];
  /** By code, in the edition's order. */
  domains: ReadonlyMap<string, { title: string; sample: string | null }>;
  standards: readonly FrameworkStandard[];
  /** Key questions and prompts by code, in the edition's order. */
  questions: ReadonlyMap<string, FrameworkQuestion>;
}

export interface Sample {
  id: number;
  name: string;
  /** Kinds of case, with the coarser kind that each is part of; empty where the edition names none. */
  kinds: ReadonlyMap<string, string | null>;
  /** By kind of case: other ways in which files write it. */
  alsoWritten: ReadonlyMap<string, readonly string[]>;
}

export interface CaseAttribute {
  name: string;
  about: string | null;
  values: readonly { value: string; alsoWritten: readonly string[] }[];
}

export interface FrameworkStandard extends Standard {
  title: string;
  domain: string;
}

export interface FrameworkQuestion extends Question {
  id: number;
  level: string;
  standard: string;
  text: string;
  /** In words: the cases it is asked of, where that is not all of them. */
  appliesWhen: string | null;
  /** NULL for a question that is judged. */
  sample: string | null;
  sampleId: number | null;
  /** The only kinds of case that it is asked of, a prompt's by its key question where it has none of its own; null when of all. */
  kinds: ReadonlySet<string> | null;
  /** Values of attributes that a case may not have for it to be asked, a prompt's by its key question too. */
  notAsked: readonly { attribute: string; value: string }[];
}

/** The standard of a code; undefined when the edition has none. */
export const standardOf = ({ standards }: Framework, code: string): FrameworkStandard | undefined =>
  standards.find((standard) => standard.code === code);

/** Whether an edition asks a question in fieldwork that began on a day. */
export const isAskedOn = (question: FrameworkQuestion, day: string): boolean => holdsOn(question, day);
