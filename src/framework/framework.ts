import { holdsOn, type Period } from '../days.js';
import { exitCode, UserError } from '../problem.js';
import type { Edition, Question, Rounding, Rules, Standard } from '../ratings/rules.js';
import { didYouMean, listed } from '../words/nearest.js';

/**
 * An edition as everything here knows it, whether its files or the database are read: what ratings depend on (Edition), and beyond that
 * its words, its samples, the cases that it asks about. Keys are those of the database; in files nothing has one yet, and they are 0.
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
  inspects: ReadonlyMap<string, ReadonlySet<string>>;
  /** By code, in the edition's order. */
  domains: ReadonlyMap<string, Domain>;
  standards: readonly FrameworkStandard[];
  /** Key questions and prompts by code, in the edition's order. */
  questions: ReadonlyMap<string, FrameworkQuestion>;
  rules: readonly FrameworkRules[];
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

export interface Domain {
  code: string;
  title: string;
  sample: string | null;
  standards: FrameworkStandard[];
}

export interface FrameworkStandard extends Standard {
  title: string;
  statement: string | null;
  domain: string;
  keyQuestions: FrameworkQuestion[];
}

export interface FrameworkQuestion extends Question {
  id: number;
  level: string;
  standard: string;
  /** Of a prompt, the code of its key question. */
  parent: string | null;
  basis: 'cases' | 'qualitative';
  text: string;
  /** In words: the cases it is asked of, where that is not all of them. */
  appliesWhen: string | null;
  /** NULL for a question that is judged. */
  sample: string | null;
  sampleId: number | null;
  /** What it says itself of the cases that it is asked of; what follows is so of a prompt by its key question, too. */
  own: { kinds: readonly string[]; notAsked: readonly ValueOfCase[] };
  /** The only kinds of case that it is asked of; null when of all. */
  kinds: ReadonlySet<string> | null;
  /** Values of attributes that a case may not have for it to be asked. */
  notAsked: readonly ValueOfCase[];
  prompts: FrameworkQuestion[];
}

export interface ValueOfCase {
  attribute: string;
  value: string;
}

/** Rules, with what figures show and ratings do not hang on. */
export interface FrameworkRules extends Rules {
  programme: string;
  note: string | null;
  confidenceLevel: number | null;
  /** How percentages are rounded by the rules themselves; where they don't say it, `rounding` is that of all other figures. */
  ownRounding: Rounding | null;
}

/** All that an edition is, in lists: what files say, rating.write_edition writes and rating.edition_document has. */
export interface EditionDocument
  extends Pick<Framework, 'code' | 'title' | 'inUse' | 'ratings' | 'kindOfCase' | 'attributes'> {
  samples: { id: number; name: string; kinds: { kind: string; partOf: string | null; also: string[] }[] }[];
  programmes: { name: string; title: string | null; standards: string[] }[];
  domains: Omit<Domain, 'standards'>[];
  standards: Omit<FrameworkStandard, 'keyQuestions'>[];
  /** A key question before its prompts. */
  questions: Omit<FrameworkQuestion, 'kinds' | 'notAsked' | 'prompts'>[];
  rules: Omit<FrameworkRules, 'ratings'>[];
}

/** Puts an edition together. */
export function frameworkOf(document: EditionDocument): Framework {
  const { samples, programmes, domains, rules, ...lists } = document;
  const questions = new Map<string, FrameworkQuestion>();
  for (const one of lists.questions) {
    const above = questions.get(one.parent ?? '');
    const kinds = one.own.kinds.length > 0 ? new Set(one.own.kinds) : (above?.kinds ?? null);
    const notAsked = [...(above?.notAsked ?? []), ...one.own.notAsked];
    const question: FrameworkQuestion = { ...one, kinds, notAsked, prompts: [] };
    questions.set(one.code, question);
    above?.prompts.push(question);
  }
  const standards = lists.standards.map((standard) => ({
    ...standard,
    keyQuestions: [...questions.values()].filter(
      ({ level, standard: of }) => level === 'key question' && of === standard.code,
    ),
  }));
  return {
    ...{ ...lists, questions, standards },
    samples: new Map(
      samples.map(({ id, name, kinds }) => [
        name,
        {
          ...{ id, name },
          kinds: new Map(kinds.map(({ kind, partOf }) => [kind, partOf])),
          alsoWritten: new Map(kinds.map(({ kind, also }) => [kind, also])),
        },
      ]),
    ),
    programmes: programmes.map(({ name, title }) => ({ name, title })),
    inspects: new Map(programmes.map(({ name, standards: inspected }) => [name, new Set(inspected)])),
    domains: new Map(
      domains.map((domain) => [
        domain.code,
        { ...domain, standards: standards.filter((one) => one.domain === domain.code) },
      ]),
    ),
    rules: rules.map((one) => ({ ...one, ratings: lists.ratings })),
  };
}

/** The edition of a code. Throws a UserError that says which there are when it is not among them. */
export function editionNamed(known: ReadonlyMap<string, Framework>, code: string): Framework {
  const edition = known.get(code);
  if (edition) return edition;
  const there = `${didYouMean(code, known.keys())}: there are ${listed(known.keys())}.`;
  throw new UserError(`There is no edition "${code}"${there}`, exitCode.call);
}

/** The standard of a code; undefined when the edition has none. */
export const standardOf = ({ standards }: Framework, code: string): FrameworkStandard | undefined =>
  standards.find((standard) => standard.code === code);

/** Whether an edition asks a question in fieldwork that began on a day. */
export const isAskedOn = (question: FrameworkQuestion, day: string): boolean => holdsOn(question, day);

/** Whether something can be computed under an edition: bands or points are known. */
export const isRated = ({ rules }: Framework): boolean =>
  rules.some(({ bands, scores }) => bands.length > 0 || Object.keys(scores).length > 0);
