import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { analystsOnly } from '../../../src/database/views.js';
import { asReaderOf, testDatabase } from '../../support/database.js';

const database = testDatabase();

interface Column {
  view: string;
  name: string;
  type: string;
  comment: string | null;
}

/** Columns of the public views as the reader's information_schema has them, in order. */
const columns = (): Promise<Column[]> =>
  asReaderOf(database, async (reader) => {
    const { rows } = await sql<Column>`
      select table_name as view, column_name as name, data_type as type,
        col_description(format('%I.%I', table_schema, table_name)::regclass, ordinal_position) as comment
      from information_schema.columns
      where table_schema = 'analytics'
      order by table_name, ordinal_position`.execute(reader);
    return rows;
  });

describe('information_schema, as the reader sees it,', () => {
  test('shows every view of analytics that he may read, and nothing else of this database', async () => {
    const { rows } = await asReaderOf(database, (reader) =>
      sql<{ name: string; type: string }>`
        select table_schema || '.' || table_name as name, table_type as type
        from information_schema.tables
        where table_schema not in ('information_schema', 'pg_catalog')`.execute(reader),
    );
    const { rows: made } = await sql<{ name: string }>`
      select 'analytics.' || relname as name from pg_class where relnamespace = 'analytics'::regnamespace`.execute(
      database.db,
    );
    const readable = made.map(({ name }) => name).filter((name) => !analystsOnly.includes(name));
    expect(rows.map(({ name }) => name).sort()).toEqual(readable.sort());
    expect(new Set(rows.map(({ type }) => type))).toEqual(new Set(['VIEW']));
  });
});

describe('columns', () => {
  test('are of seven types, all of which every tool knows, or lists of them', async () => {
    expect([...new Set((await columns()).map(({ type }) => type))].sort()).toEqual([
      'ARRAY',
      'bigint',
      'boolean',
      'date',
      'double precision',
      'integer',
      'numeric',
      'text',
    ]);
  });

  test('of no domain, enumeration or type with a length stand behind these', async () => {
    const { rows } = await sql`
      select relname || '.' || attname as name
      from pg_attribute
      join pg_class on pg_class.oid = attrelid and relnamespace = 'analytics'::regnamespace
      join pg_type on pg_type.oid = atttypid
      where attnum > 0 and (typtype <> 'b' or atttypmod <> -1 or typnamespace <> 'pg_catalog'::regnamespace)`.execute(
      database.db,
    );
    expect(rows).toEqual([]);
  });

  test('that hold a day are dates, not texts or timestamps', async () => {
    const days = (await columns()).filter(
      ({ name, type }) =>
        type === 'date' || /^(published_on|as_at|as_of|\w+_(start|end|date|on))$/.test(name),
    );
    expect([...new Set(days.map(({ type }) => type))]).toEqual(['date']);
    expect(new Set(days.map(({ name }) => name))).toContain('fieldwork_start');
  });

  test('and views have names that need no quotes and are shorter than 64 characters', async () => {
    const names = (await columns()).flatMap(({ view, name }) => [view, name]);
    for (const name of names) expect(name).toMatch(/^[a-z][a-z0-9]*(_[a-z0-9]+)*$/);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThan(64);
  });
});

describe('ratings sort', () => {
  const words = ['Inadequate', 'Requires improvement', 'Good', 'Outstanding'];

  /** Columns that hold rating words and nothing else, by view. */
  const ratingColumns = async (): Promise<Map<string, string[]>> => {
    const found = new Map<string, string[]>();
    const texts = (await columns()).filter(({ type }) => type === 'text');
    for (const { view, name } of texts) {
      const { rows } = await sql<{ value: string }>`
        select distinct ${sql.ref(name)} as value from ${sql.table(`analytics.${view}`)}
        where ${sql.ref(name)} is not null`.execute(database.db);
      if (rows.length > 0 && rows.every(({ value }) => words.includes(value)))
        found.set(view, [...(found.get(view) ?? []), name]);
    }
    return found;
  };

  test('by a rank beside every column of them, with the same rank for a rating everywhere', async () => {
    const found = await ratingColumns();
    const names = (await columns()).map(({ view, name }) => `${view}.${name}`);
    expect([...found.keys()]).toEqual(expect.arrayContaining(['key_question_result', 'standard_rating']));
    /** rating_rank beside rating, previous_rating_rank beside previous_rating; the scale's own is its rank */
    const rankOf = (view: string, rating: string) => (view === 'rating_scale' ? 'rank' : `${rating}_rank`);
    for (const [view, ratings] of found) {
      for (const rating of ratings) {
        expect(names, `${view}.${rating}`).toContain(`${view}.${rankOf(view, rating)}`);
        const { rows } = await sql<{ rating: string | null; rank: number | null }>`
          select distinct ${sql.ref(rating)} as rating, ${sql.ref(rankOf(view, rating))} as rank
          from ${sql.table(`analytics.${view}`)}`.execute(database.db);
        for (const row of rows)
          expect(row.rank, `${view}.${rating} ${row.rating}`).toBe(
            row.rating === null ? null : words.indexOf(row.rating),
          );
      }
    }
  });
});
