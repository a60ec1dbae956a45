import { type SampleKey, sampleKeys } from '../import/bundle/inspection-file.js';
import type {
  EditionFile,
  QuestionEntry,
  RulesEntry,
  StandardEntry,
} from '../import/edition/edition-file.js';
import type { Edition, Rules } from '../ratings/rules.js';
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

export interface GrammarStandard {
  code: string;
  title: string;
  domain: string;
  /** Whether its rating comes from figures of key questions. */
  isCounted: boolean;
}

/** What the reports of an edition print, compiled from its files. */
export interface Grammar {
  edition: string;
  /** Lowest first. */
  ratings: string[];
  /** In the order in which reports have it: contents, ratings page, sections, annexe; a report may leave any of it out. */
  expected: Expected[];
  standards: Map<string, GrammarStandard>;
  /** By domain: its standards, and the sample that its cases are of. */
  domains: Map<string, { standards: string[]; sample?: SampleKey }>;
  /** By code: the standards of key questions and prompts that have figures. */
  questions: Map<string, { level: 'key question' | 'prompt'; standard: string }>;
  /** For src/ratings; undefined where the edition has no rules to compute with. */
  rules?: Edition;
}

/**
 * Compiles an edition. Reports also word a key question as standards of the same title in other domains or editions (`others`) word
 * theirs in its place.
 */
export function grammarOf(edition: EditionFile, others: readonly EditionFile[] = []): Grammar {
  const twins = wordingsByPlace([edition, ...others]);
  const standards = new Map<string, GrammarStandard>();
  const domains: Grammar['domains'] = new Map();
  const questions: Grammar['questions'] = new Map();
  const titles: Expected[] = [];
  const sections: Expected[] = [];
  for (const domain of edition.domains) {
    const sample = sampleKeyOf(domain.sample);
    const codes = domain.standards.map(({ code }) => code);
    domains.set(domain.code, { standards: codes, ...(sample && { sample }) });
    const title: Expected = {
      ...{ kind: 'domain', code: domain.code, domain: domain.code, wordings: [wordingOf(domain.title)] },
    };
    titles.push(title);
    sections.push(title);
    for (const standard of domain.standards) {
      const isCounted = isCase(standard);
      standards.set(standard.code, {
        ...{ code: standard.code, title: standard.title, domain: domain.code, isCounted },
      });
      const within = { domain: domain.code, standard: standard.code };
      const own: Expected = {
        ...{ ...within, kind: 'standard', code: standard.code },
        wordings: [standard.title, `${standard.title} ${domain.title}`].map(wordingOf),
      };
      titles.push(own);
      sections.push(own);
      if (standard.statement)
        sections.push({
          ...{ ...within, kind: 'statement', code: standard.code, wordings: [wordingOf(standard.statement)] },
        });
      if (!isCounted) continue;
      const asked = standard.key_questions ?? [];
      const lines = asked.map(({ code, text }, at) => ({
        ...{ ...within, code },
        wordings: [wordingOf(text), ...(twins.get(`${essence(standard.title)} ${at}`) ?? [])],
      }));
      sections.push(...lines.map((line): Expected => ({ ...line, kind: 'key question' })));
      for (const [at, { code, prompts = [] }] of asked.entries()) {
        questions.set(code, { level: 'key question', standard: standard.code });
        sections.push({ ...(lines[at] as (typeof lines)[number]), kind: 'heading' });
        for (const prompt of prompts) {
          questions.set(prompt.code, { level: 'prompt', standard: standard.code });
          sections.push({
            ...{ ...within, kind: 'prompt', code: prompt.code, wordings: [wordingOf(prompt.text)] },
          });
        }
      }
    }
  }
  const overall: Expected = {
    kind: 'overall',
    code: 'overall',
    wordings: ['Overall rating', 'Overall'].map(wordingOf),
  };
  const rules = ratingsEditionOf(edition);
  return {
    ...{ edition: String(edition.edition), ratings: edition.ratings, standards, domains, questions },
    expected: [...titles, overall, ...titles, ...sections, ...sections],
    ...(rules && { rules }),
  };
}

/** Whether a standard is rated from key questions that have figures. */
const isCase = ({ basis, key_questions: asked = [] }: StandardEntry) => basis === 'cases' && asked.length > 0;

const sampleKeyOf = (sample: string | undefined): SampleKey | undefined =>
  (Object.keys(sampleKeys) as SampleKey[]).find((key) => sampleKeys[key] === sample);

/** Wordings of case-based key questions by their standard's title and their place in it. */
function wordingsByPlace(editions: readonly EditionFile[]): Map<string, Wording[]> {
  const byPlace = new Map<string, Wording[]>();
  const standards = editions.flatMap(({ domains }) => domains.flatMap((domain) => domain.standards));
  for (const standard of standards.filter(isCase))
    for (const [at, { text }] of (standard.key_questions ?? []).entries()) {
      const key = `${essence(standard.title)} ${at}`;
      byPlace.set(key, [...(byPlace.get(key) ?? []), wordingOf(text)]);
    }
  return byPlace;
}

/** An edition as src/ratings takes it; undefined where it has no bands or scores. */
function ratingsEditionOf(edition: EditionFile): Edition | undefined {
  const isWhole = (entry: Partial<RulesEntry>) => entry.bands && entry.scores && entry.overall_bands;
  const rules = (edition.rules ?? []).filter(isWhole).map((entry) => rulesOf(entry, edition.ratings));
  if (rules.length === 0) return undefined;
  const asked = ({ code, from, until }: QuestionEntry) => ({ code, from, until });
  const standards = edition.domains.flatMap((domain) =>
    domain.standards.map((standard) => ({
      ...{ code: standard.code, basis: standard.basis },
      keyQuestions: (standard.key_questions ?? []).map(asked),
    })),
  );
  return { code: String(edition.edition), standards, rules };
}

const rulesOf = (entry: RulesEntry, ratings: string[]): Rules => ({
  effectiveFrom: entry.effective_from,
  ratings,
  percentageBase: entry.percentage_base,
  rounding: entry.rounding,
  bandOn: entry.band_on,
  // No interval is asked for here.
  z: 0,
  bands: entry.bands.map(({ from_percent, rating }) => ({ fromPercent: from_percent, rating })),
  discretion: {
    points: entry.discretion.points_from_boundary,
    judgements: entry.discretion.differing_judgements,
    sample: entry.discretion.small_sample,
  },
  scores: entry.scores,
  countingStandards: entry.counting_standards,
  overallBands: entry.overall_bands.map(({ from_score, rating }) => ({ fromScore: from_score, rating })),
  limits: entry.limiting_judgements.map((limit) => ({
    standards: limit.standards,
    atOrBelow: limit.at_or_below,
    minimumStandards: limit.minimum_standards ?? 1,
    overallAtMost: limit.overall_at_most,
  })),
  unratedStandard: entry.unrated_standard,
});
