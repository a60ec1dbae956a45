import { type Kysely, sql } from 'kysely';
import type { DB } from '../../src/database/schema.js';

/** How often an interval held the truth, in percent of runs. */
export interface Coverage {
  inspections: number;
  sizes: 'equal' | 'unequal';
  share: number;
  /** Correlation of two answers of one inspection. */
  correlation: number;
  pooled80: number;
  pooled95: number;
  /** Wilson's on the pooled counts, as if all answers were independent. */
  plain80: number;
  plain95: number;
  /** Of a group that each case belongs to with a chance of one in five. */
  group80: number;
  group95: number;
}

/** How often an interval held the truth: of all cases, as if they were independent, and of a group. */
type Held = Pick<Coverage, 'pooled80' | 'pooled95' | 'plain80' | 'plain95' | 'group80' | 'group95'>;

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
        const drawn = Array.from({ length: runs }, () =>
          year(random, { inspections, sizes, share, correlation }),
        );
        found.push({
          inspections,
          sizes,
          share,
          correlation,
          ...(await held(db, inspections, share, drawn)),
        });
      }
  return found;
}

interface Year {
  yes: number;
  relevant: number;
  yesSquares: number;
  products: number;
  relevantSquares: number;
  /** Of the group. */
  groupYes: number;
  groupRelevant: number;
}

function year(
  random: () => number,
  { inspections, sizes, share, correlation }: Omit<Coverage, keyof Held>,
): Year {
  const sums: Year = {
    yes: 0,
    relevant: 0,
    yesSquares: 0,
    products: 0,
    relevantSquares: 0,
    groupYes: 0,
    groupRelevant: 0,
  };
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
      sums.groupRelevant++;
      if (isYes) sums.groupYes++;
    }
    sums.yes += yes;
    sums.relevant += relevant;
    sums.yesSquares += yes * yes;
    sums.products += yes * relevant;
    sums.relevantSquares += relevant * relevant;
  }
  return sums;
}

async function held(db: Kysely<DB>, inspections: number, share: number, years: readonly Year[]) {
  const { rows } = await sql<Held>`
    with drawn as (
      select
        yes,
        relevant,
        group_yes,
        group_relevant,
        effect,
        rating.class_design_effect(effect, group_relevant, relevant) as group_effect
      from unnest(
        ${years.map(({ yes }) => yes)}::integer[],
        ${years.map(({ relevant }) => relevant)}::integer[],
        ${years.map(({ yesSquares }) => yesSquares)}::bigint[],
        ${years.map(({ products }) => products)}::bigint[],
        ${years.map(({ relevantSquares }) => relevantSquares)}::bigint[],
        ${years.map(({ groupYes }) => groupYes)}::integer[],
        ${years.map(({ groupRelevant }) => groupRelevant)}::integer[]
      ) as drawn (yes, relevant, yy, yx, xx, group_yes, group_relevant)
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
      (100 * avg((low <= 100 * truth and 100 * truth <= high)::integer) filter (where level = 80))::double precision as pooled80,
      (100 * avg((low <= 100 * truth and 100 * truth <= high)::integer) filter (where level = 95))::double precision as pooled95,
      (100 * avg((plain_low <= 100 * truth and 100 * truth <= plain_high)::integer) filter (where level = 80))::double precision as plain80,
      (100 * avg((plain_low <= 100 * truth and 100 * truth <= plain_high)::integer) filter (where level = 95))::double precision as plain95,
      (100 * avg((group_low <= 100 * truth and 100 * truth <= group_high)::integer) filter (where level = 80))::double precision as group80,
      (100 * avg((group_low <= 100 * truth and 100 * truth <= group_high)::integer) filter (where level = 95))::double precision as group95
    from ends
    cross join (select ${share}::double precision as truth) as given`.execute(db);
  return rows[0] as (typeof rows)[0];
}

/** The same as a Markdown table. */
export function coverageTable(rows: readonly Coverage[]): string[] {
  const one = (value: number) => value.toFixed(1);
  return [
    '| inspections | sizes | share of yes | correlation | 80% | 95% | 80%, as if independent | 95%, as if independent | 80% of a group | 95% of a group |',
    '|---:|---|---:|---:|---:|---:|---:|---:|---:|---:|',
    ...rows.map(
      (row) =>
        `| ${row.inspections} | ${row.sizes} | ${row.share} | ${row.correlation} | ${one(row.pooled80)} | ${one(row.pooled95)} | ${one(row.plain80)} | ${one(row.plain95)} | ${one(row.group80)} | ${one(row.group95)} |`,
    ),
  ];
}
