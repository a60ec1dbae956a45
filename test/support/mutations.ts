import fc from 'fast-check';

/** A change of a tree of values: at the nth of its places, and what is done there (`exchange`: with the value of the mth). */
export interface Mutation {
  at: number;
  with: number;
  kind: 'vary' | 'exchange' | 'delete' | 'replace' | 'rename' | 'repeat';
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
      ...(['vary', 'vary', 'vary', 'exchange', 'delete', 'replace', 'replace', 'rename', 'repeat'] as const),
    ),
    value: fc.oneof(fc.constantFrom(...strange), fc.constantFrom(...strange), fc.jsonValue({ maxDepth: 2 })),
    key: fc.constantFrom(...keys),
  }),
  { minLength: 1, maxLength: 2 },
);

interface Place {
  parent: Record<string, unknown> | unknown[];
  key: string;
}

/** Every place of a tree: what holds it, and under which key. */
function placesOf(tree: unknown): Place[] {
  if (tree === null || typeof tree !== 'object') return [];
  return Object.entries(tree).flatMap(([key, value]) => [
    { parent: tree as Place['parent'], key },
    ...placesOf(value),
  ]);
}

/** A copy of a tree, changed. */
export function mutated<T>(tree: T, changes: Mutation[]): T {
  const copy = structuredClone(tree);
  for (const change of changes) {
    const places = placesOf(copy);
    const place = places[change.at % Math.max(places.length, 1)];
    const other = places[change.with % Math.max(places.length, 1)];
    if (!place || !other) continue;
    if (change.kind === 'exchange') exchange(place, other);
    else mutate(place, change);
  }
  return copy;
}

/** Lets two places change their values, of which one may stand in the other: copies, so that nothing holds itself. */
function exchange(one: Place, other: Place): void {
  const [first, second] = [structuredClone(valueAt(one)), structuredClone(valueAt(other))];
  (one.parent as Record<string, unknown>)[one.key] = second;
  (other.parent as Record<string, unknown>)[other.key] = first;
}

const valueAt = ({ parent, key }: Place): unknown => (parent as Record<string, unknown>)[key];

function mutate({ parent, key }: Place, { kind, value, key: newKey }: Mutation): void {
  const map = parent as Record<string, unknown>;
  const before = map[key];
  if (kind === 'replace') map[key] = value;
  else if (kind === 'vary') map[key] = varied(before);
  else if (Array.isArray(parent)) {
    if (kind === 'delete') parent.splice(Number(key), 1);
    else parent.push(structuredClone(before));
  } else {
    if (kind !== 'repeat') delete map[key];
    if (kind !== 'delete') map[newKey] = structuredClone(before);
  }
}

/** Another value of the same kind, often as good as the first. */
function varied(value: unknown): unknown {
  if (typeof value === 'number') return value > 0 ? value - 1 : 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'string') return `${value}0`;
  return value;
}
