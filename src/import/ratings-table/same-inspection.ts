import { groupBy } from '../../queries/group-by.js';
import type { KnownDate } from './date.js';
import type { TableRow } from './rows.js';

/** A publication date as inspections are told apart by it: a month and its first day are the same. */
export const dateKey = (published: KnownDate): string => published.replace(/^(\d{4}-\d{2})-01$/, '$1');

const isPart = (less: string, more: string) => more.startsWith(less);

/** Whether two dates that differ may mean the same day: one is the other, known less exactly. */
export function mayBeOneDate(one: KnownDate, other: KnownDate): boolean {
  const [a, b] = [dateKey(one), dateKey(other)];
  return a !== b && (isPart(a, b) || isPart(b, a));
}

/** All that a row says but for the name. */
export const contentOf = ({ line: _line, name: _name, ratings, ...row }: TableRow): string =>
  JSON.stringify([
    Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)),
    [...ratings].sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);

const differ = (one: unknown, other: unknown) => one !== undefined && other !== undefined && one !== other;

const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

/** Whether two rows cannot both be right about one inspection; their publication dates are not looked at. */
export function contradict(one: TableRow, other: TableRow): boolean {
  const [a = '', b = ''] = [one.fieldwork, other.fieldwork];
  return (
    one.edition !== other.edition ||
    !(isPart(a, b) || isPart(b, a)) ||
    differ(one.overall, other.overall) ||
    differ(numberOf(one.score.points), numberOf(other.score.points)) ||
    differ(numberOf(one.score.percent), numberOf(other.score.percent)) ||
    differ(one.score.outOf, other.score.outOf) ||
    [...one.ratings].some(([code, rating]) => differ(rating, other.ratings.get(code)))
  );
}

/** A row with what another, which does not contradict it, says besides. */
function merged(row: TableRow, other: TableRow): TableRow {
  const fieldwork = [row.fieldwork, other.fieldwork]
    .filter((date) => date !== undefined)
    .sort((a, b) => b.length - a.length)[0];
  return {
    ...other,
    ...row,
    ...(fieldwork === undefined ? {} : { fieldwork }),
    score: { ...other.score, ...row.score },
    ratings: new Map([...other.ratings, ...row.ratings]),
  };
}

/** What the rows of a table, whose dates are not equally exact, are to each other. */
export interface Joined {
  /** The row, with a more exact date, that is of the same inspection. */
  into: Map<TableRow, TableRow>;
  /** A row that others are joined into, with what they say besides. */
  whole: Map<TableRow, TableRow>;
  /** What there is to say of a row. */
  remarks: Map<TableRow, string>;
}

/**
 * Finds the rows of one service that give one inspection's publication date once more and once less exactly. They are one
 * where no other row may be meant and none contradicts another; else it is said of each that it can't be told.
 */
export function joinRows(rows: readonly { row: TableRow; serviceId: number }[]): Joined {
  const joined: Joined = { into: new Map(), whole: new Map(), remarks: new Map() };
  const years = groupBy(rows, ({ row, serviceId }) => `${serviceId} ${row.published.slice(0, 4)}`);
  for (const ofYear of years.values()) {
    const given = ofYear.map(({ row }) => row);
    const months = given.some(({ published }) => published.length === 4)
      ? [given]
      : groupBy(given, ({ published }) => published.slice(0, 7)).values();
    for (const near of months) joinNear(near, joined);
  }
  return joined;
}

function joinNear(rows: TableRow[], { into, whole, remarks }: Joined): void {
  const keys = [...new Set(rows.map(({ published }) => dateKey(published)))].sort(
    (a, b) => a.length - b.length,
  );
  if (keys.length < 2) return;
  const exact = keys.at(-1) as string;
  const [base, ...twins] = rows.filter(({ published }) => dateKey(published) === exact) as [
    TableRow,
    ...TableRow[],
  ];
  const others = rows.filter(({ published }) => dateKey(published) !== exact);
  const areSeveral = keys.some((key) => !isPart(key, exact));
  let all = base;
  let differs = twins.some((twin) => contentOf(twin) !== contentOf(base));
  for (const other of others) {
    differs ||= contradict(all, other);
    all = merged(all, other);
  }
  if (!areSeveral && !differs) {
    whole.set(base, all);
    for (const other of others) {
      into.set(other, base);
      remarks.set(
        other,
        `line ${base.line} is of the same inspection, published ${base.published}: this row is not kept by itself`,
      );
    }
    return;
  }
  for (const row of rows) {
    const alike = rows.filter((other) => mayBeOneDate(row.published, other.published));
    if (alike.length === 0) continue;
    const lines = alike.map(({ line, published }) => `line ${line} (published ${published})`).join(', ');
    const why = areSeveral ? '' : ' because they differ';
    remarks.set(
      row,
      `${lines} may be of the same inspection: that can't be told${why}, and each is kept. Give their dates as exactly as this table can`,
    );
  }
}
