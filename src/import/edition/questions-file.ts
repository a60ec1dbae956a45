import type { EditionDocument } from '../../framework/framework.js';
import type { RatedFrom } from '../../vocabulary.js';
import { plain, unknownWords } from '../bundle/case-codes.js';
import { plainKind } from '../bundle/sample-entries.js';
import type { Claims } from '../files/claims.js';
import type { ValuePath } from '../files/yaml-file.js';

/** What questions.yaml says, as its JSON Schema has it. */
export interface QuestionsFile {
  kind_of_case?: string;
  /** Left out: those that domains name. */
  samples?: { sample: string; kinds?: (string | KindEntry)[] }[];
  case_attributes?: { attribute: string; about?: string; values: (string | ValueEntry)[] }[];
  domains: { code: string; title: string; sample?: string; standards: StandardEntry[] }[];
}

interface KindEntry {
  kind: string;
  part_of?: string;
  /** Other ways in which files and reports write it. */
  also?: string[];
}

interface ValueEntry {
  value: string;
  also?: string[];
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
  /** Whether a key question is counted from cases, or judged; left out, it is as its standard is. */
  basis?: 'cases' | 'qualitative';
  from?: string;
  until?: string;
  prompts?: QuestionEntry[];
}

/** Whose cases an edition looks at. */
type Cases = Pick<EditionDocument, 'kindOfCase' | 'samples' | 'attributes'>;
type Asked = Pick<EditionDocument, 'domains' | 'standards' | 'questions'>;

/** More than any edition has. */
const mostQuestions = 5000;

/**
 * What questions.yaml says of an edition, with everything that it may leave out. What its schema can't say of it is claimed.
 * Without bands (`isRated`) there is nothing to rate a standard by.
 */
export function readQuestions(file: QuestionsFile, claims: Claims, isRated: boolean): Cases & Asked {
  const { holds, known, single } = claims;
  const cases = casesOf(file, claims);
  const samples = [...new Set(cases.samples.map(({ name }) => name))];
  const asked: Asked = { domains: [], standards: [], questions: [] };
  for (const [d, { code: domain, title, sample, standards }] of file.domains.entries()) {
    single(['domains', d], 'domain', domain);
    if (sample !== undefined) known(['domains', d, 'sample'], 'sample of this edition', [sample], samples);
    asked.domains.push({ code: domain, title, sample: sample ?? null });
    for (const [s, { key_questions: own = [], ...standard }] of standards.entries()) {
      const { code, title, statement = null, basis, rated_from: ratedFrom = 'all key questions' } = standard;
      const at = ['domains', d, 'standards', s];
      single(at, 'standard', code);
      asked.standards.push({ code, title, statement, basis, domain, ratedFrom });
      const isJudged = basis === 'qualitative';
      const what = `standard ${code} is judged on cases, but`;
      const isThere = isJudged || !isRated || own.some((one) => (one.basis ?? basis) === 'cases');
      holds(at, isThere, `${what} has no key questions to rate it from`);
      holds(at, isJudged || sample !== undefined, `${what} its domain names no sample`);
      for (const [k, question] of own.entries()) {
        const below = [...at, 'key_questions', k];
        const wrong = `question ${question.code} is asked of cases, but standard ${code} is qualitative`;
        holds(below, !isJudged || question.basis !== 'cases', wrong);
        const of = { standard: code, basis: question.basis ?? basis, sample: sample ?? null };
        const add = (one: QuestionEntry, parent: string | null, place: ValuePath) =>
          asked.questions.push(questionOf(one, { ...of, parent }, place, claims, cases));
        add(question, null, below);
        for (const [p, prompt] of (question.prompts ?? []).entries())
          add(prompt, question.code, [...below, 'prompts', p]);
      }
    }
  }
  const isPossible = asked.questions.length <= mostQuestions;
  holds(['domains'], isPossible, `there are more than ${mostQuestions} questions`);
  return { ...cases, ...asked };
}

/** Samples with their kinds of case, and attributes with their values: no two may be meant by one word of a file. */
function casesOf(file: QuestionsFile, { holds, known, single }: Claims): Cases {
  const named = new Set(file.domains.flatMap(({ sample }) => sample ?? []));
  const drawn: QuestionsFile['samples'] = file.samples ?? [...named].map((sample) => ({ sample }));
  const samples = drawn.map(({ sample: name, kinds: given = [] }, n) => {
    single(['samples', n], 'sample', name);
    const kinds: EditionDocument['samples'][number]['kinds'] = [];
    for (const [k, one] of given.entries()) {
      const entry: KindEntry = typeof one === 'string' ? { kind: one } : one;
      const { kind, part_of: partOf = null, also = [] } = entry;
      const at = ['samples', n, 'kinds', k];
      single(at, `kind of case in sample ${name}`, ...[kind, ...also].map(plainKind));
      const before = kinds.map((other) => other.kind);
      if (partOf !== null) known(at, 'kind of case before it', [partOf], before);
      kinds.push({ kind, partOf, also });
    }
    return { id: 0, name, kinds };
  });
  const kindOfCase = file.kind_of_case ?? 'disposal';
  single(undefined, 'column of cases.csv', 'case', 'sample', kindOfCase);
  const attributes = (file.case_attributes ?? []).map(({ attribute: name, about = null, values }, n) => {
    single(['case_attributes', n], 'column of cases.csv', name);
    const coded = values.map((one, v) => {
      const { value, also = [] }: ValueEntry = typeof one === 'string' ? { value: one } : one;
      const [at, written] = [['case_attributes', n, 'values', v], [value, ...also].map(plain)];
      single(at, `value of ${name}`, ...written);
      const isKnown = !written.some((word) => unknownWords.includes(word));
      holds(at, isKnown, '"not known" is understood of every attribute: leave it out');
      return { value, alsoWritten: also };
    });
    return { name, about, values: coded };
  });
  return { kindOfCase, samples, attributes };
}

type Question = EditionDocument['questions'][number];

/** A key question or a prompt; `sample` is that of its domain. */
function questionOf(
  { code, text, from, until, ...entry }: QuestionEntry,
  { sample, ...of }: Pick<Question, 'standard' | 'parent' | 'basis' | 'sample'>,
  at: ValuePath,
  { holds, known, single }: Claims,
  { samples, attributes }: Cases,
): Question {
  const { applies_to_kinds: kinds = [], not_asked_where: never = {} } = entry;
  single(at, 'question', code);
  const isOrder = until === undefined || (from ?? '') < until;
  holds([...at, 'until'], isOrder, `question ${code} ends on ${until}, before it begins on ${from}`);
  const isJudged = of.basis === 'qualitative';
  const isOfAll = kinds.length === 0 && Object.keys(never).length === 0;
  holds(at, !isJudged || isOfAll, `question ${code} is judged: it is asked of no cases`);
  // Of a sample or an attribute that is not there, that is said already.
  const ofSample = samples.findLast(({ name }) => name === sample)?.kinds.map(({ kind }) => kind);
  for (const [nth, kind] of isJudged || !ofSample ? [] : kinds.entries())
    known([...at, 'applies_to_kinds', nth], `kind of case in sample ${sample}`, [kind], ofSample ?? []);
  const names = [...new Set(attributes.map(({ name }) => name))];
  const notAsked = Object.entries(never).flatMap(([attribute, excluded]) => {
    const there = isJudged ? undefined : [...at, 'not_asked_where', attribute];
    known(there, 'attribute of a case', [attribute], names);
    const values = attributes.findLast(({ name }) => name === attribute)?.values.map(({ value }) => value);
    known(values && there, `value of ${attribute}`, excluded, values ?? []);
    return excluded.map((value) => ({ attribute, value }));
  });
  return {
    ...{ id: 0, sampleId: null, code, text, from, until, ...of, own: { kinds, notAsked } },
    appliesWhen: entry.applies_when ?? null,
    level: of.parent === null ? 'key question' : 'prompt',
    sample: isJudged ? null : sample,
  };
}
