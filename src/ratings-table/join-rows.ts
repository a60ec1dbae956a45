import { groupBy } from '../group-by.js';
import { mayBeOneDate } from '../import/inspection/known.js';
import type { TableRow } from './read-rows.js';

/** A row with the key of its service. */
export interface RowOfService {
  row: TableRow;
  service: string;
}

/** What the rows of a table are to each other. */
export interface Joined {
  /** Rows that are kept, with what rows that are joined into them say besides. */
  kept: Map<TableRow, TableRow>;
  /** Of a row that is not kept by itself: the row that is kept in its place. */
  into: Map<TableRow, TableRow>;
  /** What there is to say of a row. */
  remarks: Map<TableRow, string>;
  /** Rows of one service and date that do not say the same: which of them is right can't be told. */
  problems: Map<TableRow, string>;
}

/**
 * Finds the rows that are of one inspection: those that say the same, and those that give its publication date once more and once less
 * exactly. These are one where no other row may be meant and none contradicts another; else it is said of each that it can't be told.
 */
export function joinRows(rows: readonly RowOfService[]): Joined {
  const joined: Joined = { kept: new Map(), into: new Map(), remarks: new Map(), problems: new Map() };
  for (const same of groupBy(rows, ({ service, row }) => `${service} ${row.published}`).values())
    joinSame(
      same.map(({ row }) => row),
      joined,
    );
  const kept = rows.filter(({ row }) => joined.kept.has(row));
  for (const ofYear of groupBy(
    kept,
    ({ service, row }) => `${service} ${row.published.slice(0, 4)}`,
  ).values()) {
    const given = ofYear.map(({ row }) => row);
    const months = given.some(({ published }) => published.length === 4)
      ? [given]
      : groupBy(given, ({ published }) => published.slice(0, 7)).values();
    for (const near of months) if (near.length > 1) joinNear(near, joined);
  }
  return joined;
}

/** Rows of one service and publication date: one of them, or none. */
function joinSame(rows: TableRow[], { kept, into, remarks, problems }: Joined): void {
  const [first, ...others] = rows as [TableRow, ...TableRow[]];
  kept.set(first, first);
  for (const other of others) {
    if (contentOf(other) === contentOf(first)) {
      into.set(other, first);
      remarks.set(other, `line ${first.line} says the same: this row was passed over`);
    } else
      problems.set(
        other,
        `line ${first.line} is of the same service and publication date, and says otherwise: leave the one that is right`,
      );
  }
}

/** All that a row says but for the name. */
const contentOf = ({ line: _line, name: _name, remarks: _remarks, ratings, ...row }: TableRow): string =>
  JSON.stringify([
    Object.entries(row).sort(([a], [b]) => (a < b ? -1 : 1)),
    [...ratings].sort(([a], [b]) => (a < b ? -1 : 1)),
  ]);

const differ = (one: unknown, other: unknown) => one !== undefined && other !== undefined && one !== other;

const numberOf = (text: string | undefined) => (text === undefined ? undefined : Number(text));

/** Whether two rows cannot both be right about one inspection; their publication dates are not looked at. */
const contradict = (one: TableRow, other: TableRow): boolean =>
  one.edition !== other.edition ||
  !mayBeOneDate(one.fieldwork ?? '', other.fieldwork ?? '') ||
  differ(one.overall, other.overall) ||
  differ(numberOf(one.score.points), numberOf(other.score.points)) ||
  differ(numberOf(one.score.percent), numberOf(other.score.percent)) ||
  differ(one.score.outOf, other.score.outOf) ||
  [...one.ratings].some(([code, rating]) => differ(rating, other.ratings.get(code)));

/** A row with what another, which does not contradict it, says besides. */
function merged(row: TableRow, other: TableRow): TableRow {
  const fieldwork = [row.fieldwork, other.fieldwork]
    .filter((date) => date !== undefined)
    .sort((a, b) => b.length - a.length)[0];
  return {
    ...other,
    ...row,
    ...(fieldwork !== undefined && { fieldwork }),
    score: { ...other.score, ...row.score },
    ratings: new Map([...other.ratings, ...row.ratings]),
    more: { ...other.more, ...row.more },
  };
}

/** Rows of one service, of which some may be of one inspection. */
function joinNear(rows: TableRow[], { kept, into, remarks }: Joined): void {
  const byExactness = [...rows].sort((a, b) => b.published.length - a.published.length);
  const [base, ...others] = byExactness as [TableRow, ...TableRow[]];
  const areSeveral = rows.some(({ published }) => !base.published.startsWith(published));
  let all = base;
  let differs = false;
  for (const other of others) {
    differs ||= contradict(all, other);
    all = merged(all, other);
  }
  if (!areSeveral && !differs) {
    kept.set(base, all);
    for (const other of others) {
      kept.delete(other);
      into.set(other, base);
      remarks.set(
        other,
        `line ${base.line} is of the same inspection, published ${base.published}: this row is not kept by itself`,
      );
    }
    return;
  }
  for (const row of rows) {
    const alike = rows.filter((other) => other !== row && mayBeOneDate(row.published, other.published));
    if (alike.length === 0) continue;
    const lines = alike.map(({ line, published }) => `line ${line} (published ${published})`).join(', ');
    const why = areSeveral ? '' : ' because they differ';
    remarks.set(
      row,
      `${lines} may be of the same inspection: that can't be told${why}, and each is kept. Give their dates as exactly as this table can`,
    );
  }
}
