import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';

export interface Counts {
  yes: number;
  no: number;
  /** Inspected cases: yes, no and not applicable. */
  all: number;
}

/** An inspection, worked out from its case answers without a view, and without the program's own rules. */
export interface Worked {
  id: number;
  serviceId: number;
  edition: string;
  year: number;
  asOf: string;
  /** By code; key questions and prompts. */
  questions: Map<string, Counts>;
  /** By code: ranks, 0 the lowest; null where no case is relevant. */
  standards: Map<string, { computed: number | null; rating: number | null }>;
  score: number;
  scoreWithout: number;
  overall: number;
  overallWithout: number;
}

/** The whole percentage that an edition takes of a question's answers; null where no case is relevant. */
export function percentOf(edition: string, { yes, no, all }: Counts): number | null {
  const base = edition === '2018' ? yes + no : all;
  return yes + no === 0 ? null : Math.floor((200 * yes + base) / (2 * base));
}

export const isKeyQuestion = (code: string) => /^\d\.\d\.\d$/.test(code);

const words = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];
const bandOf = (percent: number) => [50, 65, 80].filter((from) => percent >= from).length;
const overallOf = (score: number, most: number) =>
  [7, 19, 31].filter((from) => score * 36 >= from * most).length;

/** Every invented inspection, worked out from its answers, judgements and panel decisions as README.md words the rules. */
export async function fromAnswers(db: Kysely<DB>): Promise<Worked[]> {
  type Inspection = Pick<Worked, 'id' | 'serviceId' | 'edition' | 'year' | 'asOf'>;
  const { rows: inspections } = await sql<Inspection>`
    select inspection_id as id, service_id as "serviceId", edition_code as edition, year, as_of as "asOf"
    from core.inspection where is_synthetic order by inspection_id`.execute(db);
  const { rows: answers } = await sql<{ id: number; code: string; answer: string; cases: number }>`
    select inspection_id as id, question_code as code, answer::text as answer, count(*)::integer as cases
    from core.answer join core.question using (question_id)
    group by 1, 2, 3`.execute(db);
  const { rows: judged } = await sql<{ id: number; code: string; rating: string }>`
    select inspection_id as id, standard_code as code, rating from core.qualitative_rating`.execute(db);
  const { rows: decided } = await sql<{ id: number; code: string; rating: string }>`
    select inspection_id as id, standard_code as code, to_rating as rating from core.panel_decision`.execute(
    db,
  );
  const questions = new Map<number, Map<string, Counts>>();
  for (const { id, code, answer, cases } of answers) {
    const own = questions.get(id) ?? new Map<string, Counts>();
    questions.set(id, own);
    const counts = own.get(code) ?? { yes: 0, no: 0, all: 0 };
    own.set(code, counts);
    counts.all += cases;
    if (answer === 'yes' || answer === 'no') counts[answer] += cases;
  }
  return inspections.map((inspection) => {
    const { id, edition } = inspection;
    const own = questions.get(id) ?? new Map<string, Counts>();
    const standards: Worked['standards'] = new Map();
    for (const [code, counts] of own) {
      if (!isKeyQuestion(code)) continue;
      const standard = code.slice(0, 3);
      const percent = percentOf(edition, counts);
      const band = percent === null ? null : bandOf(percent);
      const before = standards.get(standard)?.computed ?? null;
      const computed = before === null ? band : band === null ? before : Math.min(before, band);
      standards.set(standard, { computed, rating: computed });
    }
    for (const one of judged)
      if (one.id === id) standards.set(one.code, { computed: null, rating: words.indexOf(one.rating) });
    const without = new Map([...standards].map(([code, { rating }]) => [code, rating]));
    for (const one of decided) {
      const standard = standards.get(one.code);
      if (one.id === id && standard) standard.rating = words.indexOf(one.rating);
    }
    const sum = (ratings: [string, number | null][]) => {
      const counting = ratings.filter(([code, rating]) => code !== '4.1' && rating !== null);
      const score = counting.reduce((total, [, rating]) => total + (rating ?? 0), 0);
      const banded = overallOf(score, 3 * counting.length);
      const isLimited = ratings.some(([code, rating]) => code === '4.1' && rating === 0);
      return [score, isLimited ? Math.min(banded, 2) : banded] as const;
    };
    const [score, overall] = sum([...standards].map(([code, { rating }]) => [code, rating]));
    const [scoreWithout, overallWithout] = sum([...without]);
    return { ...inspection, questions: own, standards, score, scoreWithout, overall, overallWithout };
  });
}
