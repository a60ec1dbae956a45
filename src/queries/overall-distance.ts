import { atOneMoment } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import { holdsOn } from '../days.js';
import { groupBy } from '../group-by.js';
import { type Choice, cheapest, type Useful } from './cheapest-moves.js';
import { overallRating, standardRating } from './of-inspections.js';
import { asking, rowsOf, type ViewRow, type Wanted } from './view.js';

export type Direction = 'up' | 'down';

type Key = 'inspection_id' | 'service_id' | 'service' | 'area' | 'edition' | 'fieldwork_start' | 'year';

/** How many answers, over all standards, an overall rating is from a higher or a lower one. */
export interface OverallDistanceRow
  extends Pick<ViewRow<'overall_rating'>, Key | 'published' | 'is_synthetic'> {
  direction: Direction;
  /** Points, of `max_score`; null when none is rated or the rating of a standard is not known. */
  score: number | null;
  max_score: number | null;
  computed_rating: string | null;
  /** The next overall rating, which may be passed; null when there is none, or no overall rating is computed. */
  next_rating: string | null;
  /** Points to gain or to lose for the next band of the score; 0 when only a limiting judgement holds the rating down. */
  points: number | null;
  /** Fewest answers that would have to be otherwise, over all standards; null when not known or not reachable. */
  answers: number | null;
  /** The moves that are the cheapest together, of one or more standards; null where answers is. */
  standards: MoveRow[] | null;
  is_reachable: boolean | null;
  /** Standards that no answer moves, by what their rating is from. */
  fixed_standards: string | null;
  /** Why `answers` or `is_reachable` is null, or why it can't be reached. */
  explanation: string | null;
}

type MoveRow = ViewRow<'standard_move'>;
type LimitRow = ViewRow<'limiting_judgement'>;

/** What the public views say of an inspection, and of the rules that it is rated by. */
interface Standing {
  /** Lowest rating first. */
  scale: ViewRow<'rating_scale'>[];
  /** Each limiting judgement as its rows: one a standard. */
  limits: LimitRow[][];
  standards: ViewRow<'standard_rating'>[];
  /** By standard: what it takes to move it to every other band, nearest first. */
  moves: ReadonlyMap<string, MoveRow[]>;
  overall: ViewRow<'overall_rating'>;
}

/**
 * Overall ratings, each up and then down: the fewest answers for another one. What it takes to move a standard is what the views say;
 * the cheapest choice of a move for each standard whose rating is computed is found here, because a language of sets has no good words
 * for it.
 * @example
 * const rows = await overallDistance(db, { synthetic: false });
 * const near = rows.filter(({ answers }) => answers !== null && answers <= 5);
 */
export function overallDistance(db: Connection, wanted: Wanted = {}): Promise<OverallDistanceRow[]> {
  return atOneMoment(db, async (at) => {
    const scale = await rowsOf(at, 'rating_scale', { synthetic: 'both' }, { by: ['rank'] });
    const limits = await rowsOf(at, 'limiting_judgement', { synthetic: 'both' }, { by: ['limit_no'] });
    const standards = groupBy(await standardRating(at, wanted), (row) => row.inspection_id);
    const moves = groupBy(await standardMove(at, wanted), (row) => row.inspection_id);
    return (await overallRating(at, wanted)).flatMap((overall) => {
      const { inspection_id, fieldwork_start, published, year } = overall;
      const day = fieldwork_start ?? published ?? `${year}-01-01`;
      const holds = (row: ViewRow<'rating_scale'> | LimitRow) =>
        row.edition === overall.edition &&
        row.programme === overall.programme &&
        holdsOn({ from: row.valid_from, until: row.valid_until }, day);
      const standing: Standing = {
        scale: scale.filter(holds),
        limits: [...groupBy(limits.filter(holds), ({ limit_no }) => limit_no).values()],
        standards: standards.get(inspection_id) ?? [],
        moves: groupBy(moves.get(inspection_id) ?? [], ({ standard }) => standard),
        overall,
      };
      return (['up', 'down'] as const).map((direction) => distance(standing, direction));
    });
  });
}

const standardMove = asking('standard_move');

function distance(standing: Standing, direction: Direction): OverallDistanceRow {
  const { scale, standards, overall } = standing;
  const { inspection_id, service_id, service, area, edition, fieldwork_start, year, published } = overall;
  const isComputed = overall.rating_source === 'computed';
  const none = {
    ...{ inspection_id, service_id, service, area, edition, fieldwork_start, year, published },
    ...{ is_synthetic: overall.is_synthetic, direction, score: overall.score, max_score: overall.max_score },
    computed_rating: isComputed ? overall.rating : null,
    ...{ next_rating: null, points: null, answers: null, standards: null, is_reachable: null },
    fixed_standards: fixedStandards(standards),
  };
  if (!isComputed) {
    const because = overall.not_computed_because === null ? '' : `: ${overall.not_computed_because}`;
    return { ...none, explanation: `no overall rating is computed${because}` };
  }
  const own = overall.rating_rank as number;
  const next = nextRank(standing, own, direction);
  const points = next === null ? null : pointsTo(standing, own, direction);
  const next_rating = next === null ? null : (scale[next]?.rating as string);
  const there = { ...none, next_rating, points };
  if (scale.some(({ points }, rank) => Number(points) < Number(scale[rank - 1]?.points ?? points)))
    return { ...there, explanation: 'the scores do not ascend with the ratings' };
  if (points === null)
    return { ...none, explanation: `it is the ${direction === 'up' ? 'highest' : 'lowest'} rating` };

  const hurdles = hurdlesOf(standing, own, direction);
  const moves = standards.map((standard) => usefulMoves(standing, standard, direction, hurdles));
  const uncounted = moves.flatMap(
    (of) => of.find(({ move }) => move.state === 'not known')?.move.standard ?? [],
  );
  if (uncounted.length > 0) return { ...there, explanation: `counts not known: ${uncounted.join(', ')}` };
  const best = cheapest(moves, [points, ...hurdles.map(({ missing }) => missing)], direction);
  if (best) return { ...there, ...taken(best) };
  const limited = overall.limited_by === null ? '' : `; ${overall.limited_by}`;
  const explanation = `out of reach of the standards that can move${limited}`;
  return { ...there, is_reachable: false, explanation };
}

function taken({ answers, chosen }: Choice<MoveRow>) {
  const standards = chosen.map(({ move }) => move);
  const open = standards.filter(({ state }) => state === 'relevant cases not known');
  const isOpen = open.length > 0;
  const explanation = isOpen
    ? `relevant cases not known: ${open.map(({ standard }) => standard).join(', ')}`
    : null;
  return { answers, standards, is_reachable: isOpen ? null : true, explanation };
}

/** The scores at which overall ratings begin, the lowest first, with their ranks. */
const bandsOf = ({ scale }: Standing) =>
  scale
    .flatMap(({ from_score: from, rank }) => (from === null ? [] : [{ from, rank }]))
    .sort((a, b) => a.from - b.from);

/** Rank of the next overall rating that bands or limiting judgements can give; null when there is none. */
function nextRank(standing: Standing, own: number, direction: Direction): number | null {
  const bands = bandsOf(standing).map(({ rank }) => rank);
  // No limit lifts: up, there has to be a band.
  if (direction === 'up' && !bands.some((rank) => rank > own)) return null;
  const all = [...bands, ...standing.limits.map(([limit]) => (limit as LimitRow).overall_at_most_rank)];
  const others = all.filter((rank) => (direction === 'up' ? rank > own : rank < own));
  if (others.length === 0) return null;
  return direction === 'up' ? Math.min(...others) : Math.max(...others);
}

/** Points to the next band above a rank, or to lose for the band below it. */
function pointsTo(standing: Standing, own: number, direction: Direction): number {
  const { scale, standards, overall } = standing;
  const [score, most] = [overall.score as number, overall.max_score as number];
  const weights = standards.reduce((sum, { counts, weight }) => sum + (counts ? (weight ?? 0) : 0), 0);
  const full = weights * Math.max(0, ...scale.map(({ points }) => points ?? 0));
  const band = bandsOf(standing).find(({ rank }) => (direction === 'up' ? rank > own : rank >= own));
  const from = full > 0 ? Math.ceil(((band?.from as number) * most) / full) : 0;
  return direction === 'up' ? Math.max(from - score, 0) : score + 1 - from;
}

/** A limit that is to be lifted or, downwards, to be brought about, and how many standards have to pass it for that. */
interface Hurdle {
  isLow: (standard: string, rank: number | null) => boolean;
  missing: number;
}

/** Up, the limits that hold the rating down; down, those that do not, and would. */
function hurdlesOf({ limits, standards }: Standing, own: number, direction: Direction): Hurdle[] {
  return limits.flatMap((rows) => {
    const [{ at_or_below_rank, minimum_standards, overall_at_most_rank }] = rows as [LimitRow];
    const isLow = (code: string, rank: number | null) =>
      rank !== null && rank <= at_or_below_rank && rows.some(({ standard }) => standard === code);
    const above =
      standards.filter(({ standard, rating_rank }) => isLow(standard, rating_rank)).length -
      minimum_standards;
    if (direction === 'up')
      return overall_at_most_rank <= own && above >= 0 ? [{ isLow, missing: above + 1 }] : [];
    return overall_at_most_rank < own && above < 0 ? [{ isLow, missing: -above }] : [];
  });
}

/** The moves of a computed standard that are of use, nearest first, each as far as its answers carry it. */
function usefulMoves(
  { scale, moves }: Standing,
  { standard, rating_rank, rating_source, score, counts, weight }: ViewRow<'standard_rating'>,
  direction: Direction,
  hurdles: readonly Hurdle[],
): Useful<MoveRow>[] {
  if (rating_source !== 'computed') return [];
  return (moves.get(standard) ?? [])
    .filter((move) => move.direction === direction)
    .filter(({ answers }, at, all) => answers === null || all[at + 1]?.answers !== answers)
    .map((move) => {
      const rank = move.to_rating_rank;
      const points = (weight ?? 0) * (scale[rank]?.points ?? 0) - (score ?? 0);
      const passes = hurdles.map(({ isLow }) => isLow(standard, rating_rank) !== isLow(standard, rank));
      return { move, rank, gains: [counts ? Math.abs(points) : 0, ...passes.map(Number)] };
    })
    .filter(({ gains }) => gains.some((gain) => gain > 0));
}

/** Standards whose rating is not computed, by what it is from: `judgement: 1.1, 1.2; panel decision: 2.1`. */
function fixedStandards(standards: readonly ViewRow<'standard_rating'>[]): string | null {
  const fixed = standards.filter(({ rating_source }) => rating_source !== 'computed');
  const sources = [...groupBy(fixed, ({ rating_source }) => rating_source ?? 'not rated')];
  const told = sources.map(([source, of]) => `${source}: ${of.map(({ standard }) => standard).join(', ')}`);
  return told.sort().join('; ') || null;
}
