import type { ServiceEntry } from '../../src/import/bundle/inspection-file.js';
import type { EditionFile } from '../../src/import/edition/edition-file.js';
import type { SimulatedInspection } from '../../src/simulate/programme.js';
import { type Draws, oneOf } from '../../src/simulate/random.js';
import { firstNames, surnames } from './sentences.js';

/** An invented inspection with what its report needs beside: counts instead of answers, and its people. */
export interface Inspected {
  edition: EditionFile;
  code: string;
  file: SimulatedInspection['file'];
  service: ServiceEntry & { area: string; kind: string };
  /** ISO days, and the month of publication. */
  from: string;
  to: string;
  published: string;
  isbn: string;
  leadInspector: string;
  counts: ReadonlyMap<string, Count>;
  rating: (standard: string) => string | undefined;
}

/** Answers to a question, counted. */
export interface Count {
  yes: number;
  relevant: number;
  /** Cases of the sample. */
  inspected: number;
}

export function inspectedOf(inspection: SimulatedInspection, edition: EditionFile, random: Draws): Inspected {
  const { file } = inspection;
  const { published, fieldwork_from, fieldwork_to } = file.report;
  return {
    edition,
    code: String(edition.edition),
    file,
    service: file.service as Inspected['service'],
    from: fieldwork_from as string,
    to: fieldwork_to as string,
    published: String(published),
    isbn: isbn(random),
    leadInspector: `${oneOf(random, firstNames)} ${oneOf(random, surnames)}`,
    counts: countsOf(inspection, limitedBy(edition)),
    rating: (standard) => file.standard_ratings?.[standard] as string | undefined,
  };
}

/** By prompt, its key question, where that is asked of some cases only: the prompts are then asked of none but these. */
const limitedBy = ({ domains }: EditionFile): Map<string, string> =>
  new Map(
    domains.flatMap(({ standards }) =>
      standards.flatMap(({ key_questions = [] }) =>
        key_questions
          .filter(({ applies_when }) => applies_when !== undefined)
          .flatMap((question) => (question.prompts ?? []).map(({ code }) => [code, question.code] as const)),
      ),
    ),
  );

function countsOf(
  { questions, answers, cases }: SimulatedInspection,
  limits: ReadonlyMap<string, string>,
): Map<string, Count> {
  const places = new Map(questions.map(({ code }, at) => [code, at]));
  const counts = new Map<string, Count>();
  for (const [at, { code, sample }] of questions.entries()) {
    const limit = places.get(limits.get(code) ?? '');
    const given = answers
      .filter((ofCase) => limit === undefined || ofCase[limit] !== 'na')
      .map((ofCase) => ofCase[at]);
    const yes = given.filter((answer) => answer === 'yes').length;
    const no = given.filter((answer) => answer === 'no').length;
    const inspected = cases.filter((one) => one.sample === sample).length;
    counts.set(code, { yes, relevant: yes + no, inspected });
  }
  return counts;
}

/** The printed percentage: whole, half up, of relevant or of inspected cases; undefined where none is relevant. */
export function percentOf({ yes, relevant, inspected }: Count, base: 'relevant' | 'inspected') {
  const of = base === 'relevant' ? relevant : inspected;
  return relevant === 0 || of === 0 ? undefined : Math.floor((200 * yes + of) / (2 * of));
}

/** An ISBN of no publisher, with its check digit. */
function isbn(random: Draws): string {
  const title = String(random.whole(0, 9999)).padStart(4, '0');
  const digits = `97810999${title}`;
  const sum = [...digits].reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0);
  return `978-1-0999-${title}-${(10 - (sum % 10)) % 10}`;
}
