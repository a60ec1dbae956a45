import {
  type Framework,
  type FrameworkQuestion,
  type FrameworkStandard,
  isRated,
  type Sample,
} from '../framework/framework.js';
import { groupBy } from '../group-by.js';
import type { Edition } from '../ratings/rules.js';
import { essence, type Wording, wordingOf } from './likeness.js';

// All that the reader knows of the shape of an edition stands in this file.

/** A line that a report of an edition is expected to have. */
export interface Expected {
  kind: 'overall' | 'domain' | 'standard' | 'statement' | 'key question' | 'heading' | 'prompt';
  /** Of the domain, standard, key question (also of its heading) or prompt. */
  code: string;
  domain?: string;
  standard?: string;
  wordings: Wording[];
}

/** What the reports of an edition print, compiled from its files. */
export interface Grammar {
  edition: string;
  /** Lowest first. */
  ratings: readonly string[];
  /** In the order in which reports have it: contents, ratings page, sections, annexe; a report may leave any of it out. */
  expected: Expected[];
  /** By code; a standard is counted whose rating comes from figures alone. */
  standards: Map<string, { code: string; title: string; domain: string; isCounted: boolean }>;
  /** By domain: its standards, and the sample that its cases are of. */
  domains: Map<string, { standards: string[]; sample: Sample | undefined }>;
  samples: Sample[];
  /** By code: the standards of key questions and prompts that have figures. */
  questions: Map<string, { level: 'key question' | 'prompt'; standard: string }>;
  /** For src/ratings; undefined where the edition has no rules to compute with. */
  rules: Edition | undefined;
}

/** Compiles an edition. Reports also word a key question as standards of the same title in other domains word theirs in its place. */
export function grammarOf(edition: Framework): Grammar {
  const asked = edition.standards.flatMap((standard) =>
    countedOf(standard).map((one) => ({ place: placeOf(one, standard), wording: wordingOf(one.text) })),
  );
  const byPlace = groupBy(asked, ({ place }) => place);
  const samples = [...edition.samples.values()];
  const standards: Grammar['standards'] = new Map();
  const domains: Grammar['domains'] = new Map();
  const questions: Grammar['questions'] = new Map();
  const titles: Expected[] = [];
  const sections: Expected[] = [];
  for (const { code: domain, title: domainTitle, sample, standards: own } of edition.domains.values()) {
    const ofDomain = edition.samples.get(sample ?? '');
    domains.set(domain, { standards: own.map(({ code }) => code), sample: ofDomain });
    const begin: Expected = { kind: 'domain', code: domain, domain, wordings: [wordingOf(domainTitle)] };
    titles.push(begin);
    sections.push(begin);
    for (const standard of own) {
      const { code, title, statement, keyQuestions: asked } = standard;
      const expect = (kind: Expected['kind'], of: string, wordings: Wording[]): Expected => ({
        ...{ kind, code: of, domain, standard: code, wordings },
      });
      const counted = countedOf(standard);
      const isCounted = counted.length > 0 && counted.length === asked.length;
      standards.set(code, { code, title, domain, isCounted });
      const named = expect('standard', code, [title, `${title} ${domainTitle}`].map(wordingOf));
      titles.push(named);
      sections.push(named, ...(statement ? [expect('statement', code, [wordingOf(statement)])] : []));
      const worded = counted.map((question) => ({
        ...question,
        wordings: (byPlace.get(placeOf(question, standard)) ?? []).map(({ wording }) => wording),
      }));
      sections.push(...worded.map((one) => expect('key question', one.code, one.wordings)));
      for (const { code: question, wordings, prompts } of worded) {
        questions.set(question, { level: 'key question', standard: code });
        sections.push(expect('heading', question, wordings));
        for (const prompt of prompts) {
          questions.set(prompt.code, { level: 'prompt', standard: code });
          sections.push(expect('prompt', prompt.code, [wordingOf(prompt.text)]));
        }
      }
    }
  }
  const overall = ['Overall rating', 'Overall'].map(wordingOf);
  const first: Expected = { kind: 'overall', code: 'overall', wordings: overall };
  return {
    ...{ edition: edition.code, ratings: edition.ratings, standards, domains, samples, questions },
    expected: [...titles, first, ...titles, ...sections, ...sections],
    rules: isRated(edition) ? edition : undefined,
  };
}

/** The place of a key question: its standard's title, and which of its questions it is. */
const placeOf = ({ code }: FrameworkQuestion, { title, keyQuestions: asked }: FrameworkStandard) =>
  `${essence(title)} ${asked.findIndex((one) => one.code === code)}`;

/** A standard's key questions that have figures. */
const countedOf = ({ keyQuestions }: FrameworkStandard): FrameworkQuestion[] =>
  keyQuestions.filter(({ basis }) => basis === 'cases');
