import { expect, test } from 'vitest';
import {
  type Answers,
  added,
  type Shown,
  type Split,
  shownOf,
  sizeOf,
  sumsOf,
  tallyOf,
  totalOf,
} from './rule.js';

// Somebody who knows the rule and sees all that it shows thinks of every sample that would look the same. What all of them agree on
// is told. Of small samples there are few enough to think of each.

/** All splits of so many cases by so many values. */
function splits(cases: number, values: number): Split[] {
  const all: number[][] = [];
  const fill = (row: number[], left: number) => {
    if (row.length === 3 * values - 1) all.push([...row, left]);
    else for (let count = 0; count <= left; count++) fill([...row, count], left - count);
  };
  fill([], cases);
  return all.map((flat) =>
    Array.from({ length: values }, (_, v) => flat.slice(3 * v, 3 * v + 3) as unknown as Answers),
  );
}

/** What is hidden in a world: number by name. What is told by the published totals alone is none of it. */
type Hidden = Map<string, number>;

/** Names of hidden figures that all worlds that look alike agree on, each once a look. */
function toldBy<World>(worlds: Iterable<World>, look: (world: World) => [seen: string, hidden: Hidden]) {
  const classes = new Map<string, Map<string, number | undefined>>();
  for (const world of worlds) {
    const [seen, hidden] = look(world);
    const known = classes.get(seen);
    if (!known) classes.set(seen, new Map(hidden));
    else for (const [name, value] of hidden) if (known.get(name) !== value) known.set(name, undefined);
  }
  let [told, hidden] = [0, 0];
  const examples: string[] = [];
  for (const [seen, known] of classes)
    for (const [name, value] of known) {
      hidden++;
      if (value === undefined) continue;
      told++;
      if (examples.length < 5) examples.push(`${seen}: ${name} ${value}`);
    }
  return { told, hidden, examples };
}

/** What is seen of a split, and what is hidden in it. */
function lookAt(split: Split, shown: Shown, at = ''): [string, Hidden] {
  const total = totalOf(split);
  const hidden: Hidden = new Map();
  const seen = split.map((row, v) => {
    if (!shown.sizes) hidden.set(`${at}size ${v}`, sizeOf(row));
    if (shown.answers || (shown.sizes && sizeOf(row) === 0)) return row.join(' ');
    for (const [a, count] of row.entries()) {
      // none, or all of groups whose sizes are seen: the total says so
      if (total[a] === 0 || (shown.sizes && total[a] === sizeOf(total))) continue;
      hidden.set(`${at}${v} ${a}`, count);
    }
    return shown.sizes ? sizeOf(row) : 'c';
  });
  return [`${total.join(' ')}: ${seen.join(', ')}`, hidden];
}

test.each([
  { cases: 7, values: 3, fewest: 2 },
  { cases: 8, values: 3, fewest: 3 },
  { cases: 13, values: 2, fewest: 5 },
  { cases: 5, values: 4, fewest: 2 },
])('of $cases cases of $values values, $fewest too few, nothing is told', ({ cases, values, fewest }) => {
  for (const printed of [false, true])
    for (let n = 1; n <= cases; n++) {
      const { told, hidden, examples } = toldBy(splits(n, values), (split) =>
        lookAt(split, shownOf(split, fewest, { printed })),
      );
      expect(examples).toEqual([]);
      expect(told).toBe(0);
      if (n === cases) expect(hidden).toBeGreaterThan(0);
    }
});

/** Inspections, each of a year. */
type Inspections = { year: number; split: Split }[];

/** All inspections of years, of so many cases each, to all of which the question applied: so they are few enough. */
function* inspections(sizes: number[][], values: number, year = 0): Generator<Inspections> {
  const [[first, ...others] = [], ...later] = sizes;
  if (first === undefined) {
    if (later.length === 0) yield [];
    else yield* inspections(later, values, year + 1);
    return;
  }
  for (const rest of inspections([others, ...later], values, year))
    for (const split of splits(first, values)) if (totalOf(split)[2] === 0) yield [{ year, split }, ...rest];
}

function lookAtSums(world: Inspections, fewest: number): [string, Hidden] {
  const looks = world.map(({ split }, n) => lookAt(split, shownOf(split, fewest), `inspection ${n} `));
  const hidden: Hidden = new Map(looks.flatMap(([, some]) => [...some]));
  const tallies = [...new Set(world.map(({ year }) => year))].map((year) =>
    added(
      world
        .filter((one) => one.year === year)
        .map(({ split }) => ({ tally: tallyOf(split, shownOf(split, fewest)), times: 1 })),
    ),
  );
  return [`${looks.map(([seen]) => seen).join('; ')}; ${JSON.stringify(sumsOf(tallies, fewest))}`, hidden];
}

// Of so few inspections sums are shown seldom: of a programme, see who attacks it.
test.each([
  { sizes: [[4, 4]], values: 3 },
  { sizes: [[2, 2, 2]], values: 3 },
  { sizes: [[2, 2], [2]], values: 3 },
  { sizes: [[3], [2], [2]], values: 2 },
])(
  'of the sums of inspections of $sizes cases by year, $values values, nothing is told',
  ({ sizes, values }) => {
    const { told, examples, hidden } = toldBy(inspections(sizes, values), (world) => lookAtSums(world, 2));
    expect(examples).toEqual([]);
    expect(told).toBe(0);
    expect(hidden).toBeGreaterThan(100);
  },
);
