/** A move that brings something: what it gains of each thing that is needed, and the rank that it leads to. */
export interface Useful<Move> {
  move: Move;
  rank: number;
  gains: number[];
}

/** A choice of moves, of the first standards or of all: what it gains and costs. */
export interface Choice<Move> {
  gains: number[];
  answers: number;
  chosen: Useful<Move>[];
  /** Rank that each standard moves to, Infinity where it stays. */
  path: number[];
}

/**
 * The cheapest choice of at most one move a standard that gains, up, all that is needed (points, and standards past each hurdle);
 * down, any of it. Of the choices that gain the same so far, only the cheapest can be part of it. Of several that cost the same, the
 * one that moves the fewest standards; then, standard by standard, the one that moves it, and to the lower rating.
 */
export function cheapest<Move extends { answers: number | null }>(
  moves: readonly (readonly Useful<Move>[])[],
  needed: readonly number[],
  direction: 'up' | 'down',
): Choice<Move> | undefined {
  let choices: Choice<Move>[] = [{ gains: needed.map(() => 0), answers: 0, chosen: [], path: [] }];
  for (const ofStandard of moves) {
    const best = new Map<string, Choice<Move>>();
    for (const choice of choices) {
      for (const useful of [null, ...ofStandard.filter(({ move }) => move.answers !== null)]) {
        const gains = needed.map((most, at) =>
          Math.min((choice.gains[at] as number) + (useful?.gains[at] ?? 0), most),
        );
        const after = {
          gains,
          answers: choice.answers + (useful?.move.answers ?? 0),
          chosen: useful ? [...choice.chosen, useful] : choice.chosen,
          path: [...choice.path, useful?.rank ?? Number.POSITIVE_INFINITY],
        };
        const other = best.get(`${gains}`);
        if (!other || isCheaper(after, other)) best.set(`${gains}`, after);
      }
    }
    choices = [...best.values()];
  }
  const enough = choices.filter(({ gains }) => {
    const isThere = gains.map((gain, at) => gain === needed[at]);
    return direction === 'up' ? isThere.every(Boolean) : isThere.some(Boolean);
  });
  return enough.sort((a, b) => (isCheaper(a, b) ? -1 : 1))[0];
}

function isCheaper(one: Choice<unknown>, other: Choice<unknown>): boolean {
  if (one.answers !== other.answers) return one.answers < other.answers;
  if (one.chosen.length !== other.chosen.length) return one.chosen.length < other.chosen.length;
  const at = one.path.findIndex((rank, place) => rank !== other.path[place]);
  return at >= 0 && (one.path[at] as number) < (other.path[at] as number);
}
