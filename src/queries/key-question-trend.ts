import type { Connection } from '../database/connect.js';

/** Answers to a key question in a year, pooled over its inspections. */
export interface KeyQuestionInYear {
  /** Of fieldwork; of publication where fieldwork is not known. */
  year: number;
  /** Edition of the newest question of the series, which names it. */
  edition: string;
  standard: string;
  key_question: string;
  text: string;
  /** Editions that are pooled, separated by commas. */
  editions: string;
  services: number;
  inspections: number;
  yes: number;
  relevant: number;
  /** Of relevant, whole; null when no case is relevant, as are the ends of the 80% Wilson interval. */
  percent: number | null;
  low: number | null;
  high: number | null;
  /** Whether the figures of this year do not go on from those before. */
  series_break: boolean;
}

/**
 * Key questions by year, of one standard or of all, with what they continue in earlier editions; `synthetic` counts invented
 * inspections in place of real ones: they are never pooled.
 */
export async function keyQuestionTrend(
  db: Connection,
  { standard, synthetic = false }: { standard?: string | undefined; synthetic?: boolean } = {},
): Promise<KeyQuestionInYear[]> {
  const rows = await db
    .selectFrom('analytics.key_question_trend')
    .select(['year', 'edition', 'standard', 'key_question', 'text', 'editions', 'services', 'inspections'])
    .select(['yes', 'relevant', 'percent', 'low', 'high', 'series_break'])
    .where('is_synthetic', '=', synthetic)
    .$if(standard !== undefined, (query) => query.where('standard', '=', standard as string))
    .orderBy('edition')
    .orderBy('year')
    .$narrowType<Omit<KeyQuestionInYear, 'percent' | 'low' | 'high'>>()
    .execute();
  return rows.sort((a, b) => order.compare(a.key_question, b.key_question));
}

const order = new Intl.Collator('en', { numeric: true });
