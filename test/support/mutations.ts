import fc from 'fast-check';

/** A change of a tree of values: at the nth of its places, and what is done there (`copy`: the value of the mth; in a list, renamed is twice). */
export interface Mutation {
  at: number;
  with: number;
  kind: 'vary' | 'copy' | 'delete' | 'replace' | 'rename';
  value: unknown;
  key: string;
}

/** Values that files have broken programs with, and some that are right somewhere else. */
const strange: unknown[] = [
  ...[null, true, false, [], {}, [[]], [null], { '': '' }],
  ...[0, -1, 1, 1.5, 101, 32_000, 32_767, 32_768, 2 ** 31, 2 ** 53, 1e21, 1e308, 5e-324],
  ...'§ §0§-§.§\n§\0§a\0b§\ud800§\uffff§💥§北京'.split('§'),
  ...['é'.repeat(90), 'x'.repeat(3000)],
  ...'Good yes 2018 2021 2.1.1 2.1.1.a 3.4 Wigan Barnet null NaN constructor toString'.split(' '),
  ...'0000-01-01 9999-12-31 2021-02-30 2021-13 0000 0000-05 2022-02 2020-01-01 -infinity today'.split(' '),
  ...["'; drop schema public; --", '$1', '%s', '{1,2}', '[1,2)', '\\', 'Wigan YOT'],
];

const keys = [
  ...'2.1.1 2.1.2 2.3.3 3.4.1 3.4.1.a 1.1.1 1.2.5 9.9 4.1 2.1 A.1.1 B.1.1 B.2 yes relevant_cases percent_yes lost'.split(
    ' ',
  ),
  ...'cases triage other rating value percent number national_value comparator_value comparator until from'.split(
    ' ',
  ),
  ...['prompts', '', ' ', '__proto', 'constructor'],
];

/** One or two random changes. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.array(
  fc.record({
    at: fc.noBias(fc.nat()),
    with: fc.noBias(fc.nat()),
    kind: fc.constantFrom<Mutation['kind'][]>(
      ...(['vary', 'vary', 'vary', 'copy', 'delete', 'replace', 'replace', 'rename'] as const),
    ),
    value: fc.oneof(fc.constantFrom(...strange), fc.constantFrom(...strange), fc.jsonValue({ maxDepth: 2 })),
    key: fc.constantFrom(...keys),
  }),
  { minLength: 1, maxLength: 2 },
);

/** A place of a tree: what holds it, a list or a map, and under which key. */
type Place = [parent: Record<string, unknown>, key: string];

const placesOf = (tree: unknown): Place[] =>
  tree === null || typeof tree !== 'object'
    ? []
    : Object.entries(tree).flatMap(([key, value]) => [[tree, key] as Place, ...placesOf(value)]);

/** A copy of a tree, changed. */
export function mutated<T>(tree: T, changes: Mutation[]): T {
  const copy = structuredClone(tree);
  for (const { at, with: other, kind, value, key: newKey } of changes) {
    const places = placesOf(copy);
    const [parent, key] = places[at % places.length] ?? [{}, ''];
    const [from, name] = places[other % places.length] ?? [{}, ''];
    const before = parent[key];
    if (kind === 'replace') parent[key] = value;
    else if (kind === 'vary') parent[key] = varied(before);
    else if (kind === 'copy') parent[key] = structuredClone(from[name]);
    else if (Array.isArray(parent))
      parent.splice(Number(key), 1, ...(kind === 'delete' ? [] : [before, before]));
    else {
      delete parent[key];
      if (kind === 'rename') parent[newKey] = before;
    }
  }
  return copy;
}

/** Another value of the same kind, often as good as the first. */
function varied(value: unknown): unknown {
  if (typeof value === 'number') return value > 0 ? value - 1 : 1;
  if (typeof value === 'boolean') return !value;
  return typeof value === 'string' ? `${value}0` : value;
}
