import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';

/** What is simulated: a year of inspections. */
interface Given {
  inspections: number;
  sizes: 'equal' | 'unequal';
  /** Of yes. */
  share: number;
  /** Of two answers of one inspection. */
  correlation: number;
}

/**
 * How often an interval held the truth, in percent of runs: the pooled one, Wilson's on the pooled counts, as if all answers were
 * independent, and that of a group that each case belongs to with a chance of one in five.
 */
type Held = Record<`${'pooled' | 'plain' | 'group'}${80 | 95}`, number>;

export type Coverage = Given & Held;

/** Numbers between 0 and 1 from a seed (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const normal = (random: () => number) =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** A draw from the gamma distribution (Marsaglia and Tsang, 2000). */
function gamma(random: () => number, shape: number): number {
  if (shape < 1) return gamma(random, shape + 1) * (1 - random()) ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const x = normal(random);
    const v = (1 + x / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(1 - random()) < (x * x) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Relevant cases of an inspection: 12, or from 3 to 60 with most of them small. */
const sizeOf = (random: () => number, sizes: Coverage['sizes']) =>
  sizes === 'equal' ? 12 : Math.min(60, Math.max(3, Math.round(10 * Math.exp(0.8 * normal(random)))));

/** Simulates years of inspections, and asks the database's own functions for the intervals. */
export async function pooledCoverage(
  db: Kysely<DB>,
  { runs, seed }: { runs: number; seed: number },
): Promise<Coverage[]> {
  const random = randomFrom(seed);
  const found: Coverage[] = [];
  for (const inspections of [5, 20, 100])
    for (const sizes of ['equal', 'unequal'] as const)
      for (const [share, correlation] of [
        [0.7, 0.1],
        [0.9, 0.1],
        [0.7, 0.3],
      ] as const) {
        const given = { inspections, sizes, share, correlation };
        const drawn = Array.from({ length: runs }, () => year(random, given));
        found.push({ ...given, ...(await held(db, given, drawn)) });
      }
  return found;
}

/** Sums over the inspections of a year, by the names that SQL has for them. */
function year(random: () => number, { inspections, sizes, share, correlation }: Given) {
  const sums = { yes: 0, relevant: 0, yy: 0, yx: 0, xx: 0, group_yes: 0, group_relevant: 0 };
  // the two parameters of the beta distribution add up to 1 / correlation - 1
  const both = 1 / correlation - 1;
  for (let at = 0; at < inspections; at++) {
    const relevant = sizeOf(random, sizes);
    const a = gamma(random, share * both);
    const own = a / (a + gamma(random, (1 - share) * both));
    let yes = 0;
    for (let one = 0; one < relevant; one++) {
      const isYes = random() < own;
      if (isYes) yes++;
      if (random() >= 0.2) continue;
      sums.group_relevant++;
      if (isYes) sums.group_yes++;
    }
    sums.yes += yes;
    sums.relevant += relevant;
    sums.yy += yes * yes;
    sums.yx += yes * relevant;
    sums.xx += relevant * relevant;
  }
  return sums;
}

async function held(db: Kysely<DB>, { inspections, share }: Given, years: readonly object[]): Promise<Held> {
  const { rows } = await sql<{ level: 80 | 95; pooled: number; plain: number; group: number }>`
    with drawn as (
      select drawn.*, effect, rating.class_design_effect(effect, group_relevant, relevant) as group_effect
      from jsonb_to_recordset(${JSON.stringify(years)}::jsonb) as drawn (
        yes integer, relevant integer, yy bigint, yx bigint, xx bigint, group_yes integer, group_relevant integer
      )
      cross join lateral (
        select rating.design_effect(${inspections}::integer, yes, relevant, yy, yx, xx) as effect
      ) as alike
    ),
    ends as (
      select
        level.confidence_level as level,
        rating.pooled_low(yes, relevant, effect, ${inspections}::integer, level.confidence_level::integer, z) as low,
        rating.pooled_high(yes, relevant, effect, ${inspections}::integer, level.confidence_level::integer, z) as high,
        rating.pooled_low(
          group_yes, group_relevant, group_effect, ${inspections}::integer, level.confidence_level::integer, z
        ) as group_low,
        rating.pooled_high(
          group_yes, group_relevant, group_effect, ${inspections}::integer, level.confidence_level::integer, z
        ) as group_high,
        rating.wilson_low(yes, relevant, z) as plain_low,
        rating.wilson_high(yes, relevant, z) as plain_high
      from drawn
      cross join core.confidence_level as level
      where level.confidence_level in (80, 95)
    )
    select
      level,
      (100 * avg((truth between low and high)::integer))::double precision as pooled,
      (100 * avg((truth between plain_low and plain_high)::integer))::double precision as plain,
      (100 * avg((truth between group_low and group_high)::integer))::double precision as "group"
    from ends
    cross join (select 100 * ${share}::double precision as truth) as given
    group by level`.execute(db);
  return Object.fromEntries(
    rows.flatMap(({ level, ...shares }) =>
      Object.entries(shares).map(([of, share]) => [`${of}${level}`, share]),
    ),
  ) as Held;
}

/** The same as a Markdown table. */
export function coverageTable(rows: readonly Coverage[]): string[] {
  const held = ['pooled80', 'pooled95', 'plain80', 'plain95', 'group80', 'group95'] as const;
  return [
    '| inspections | sizes | share of yes | correlation | 80% | 95% | 80%, as if independent | 95%, as if independent | 80% of a group | 95% of a group |',
    '|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...rows.map((row) => {
      const { inspections, sizes, share, correlation } = row;
      return `| ${[inspections, sizes, share, correlation, ...held.map((of) => row[of].toFixed(1))].join(' | ')} |`;
    }),
  ];
}
