import { groupBy } from '../group-by.js';
import { mayBeOneDate } from '../import/place.js';
import { furtherFields, type TableRow } from './read-rows.js';

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
  for (const ofService of groupBy(rows, ({ service }) => service).values()) {
    const mostExactFirst = ofService
      .map(({ row }) => row)
      .toSorted((a, b) => b.published.length - a.published.length);
    const alike: [TableRow, TableRow][] = [];
    for (const [at, row] of mostExactFirst.entries())
      alike.push(...joinRow(row, mostExactFirst.slice(0, at), joined));
    for (const row of mostExactFirst) {
      const others = alike.flatMap((pair) => (pair.includes(row) ? pair.filter((one) => one !== row) : []));
      const lines = others.map(({ line, published }) => `line ${line} (published ${published})`).join(', ');
      if (lines !== '')
        joined.remarks.set(
          row,
          `${lines} may be of the same inspection: that can't be told, and each is kept. Give their dates as exactly as this table can`,
        );
    }
  }
  return joined;
}

/** Keeps a row, or joins it into one of those before it; returns the pairs of which it can't be told whether they are one. */
function joinRow(row: TableRow, before: TableRow[], joined: Joined): [TableRow, TableRow][] {
  const { kept, into, remarks, problems } = joined;
  const same = before.find(({ published }) => published === row.published);
  if (same && contentOf(same) === contentOf(row)) {
    into.set(row, into.get(same) ?? same);
    remarks.set(row, `line ${same.line} says the same: this row was passed over`);
    return [];
  }
  if (same) {
    problems.set(
      row,
      `line ${same.line} is of the same service and publication date, and says otherwise: leave the one that is right`,
    );
    return [];
  }
  const near = [...kept].filter(
    ([one]) => before.includes(one) && mayBeOneDate(one.published, row.published),
  );
  const [only] = near;
  if (only && near.length === 1 && !contradict(only[1], row)) {
    kept.set(only[0], merged(only[1], row));
    into.set(row, only[0]);
    const { line, published } = only[0];
    remarks.set(
      row,
      `line ${line} is of the same inspection, published ${published}: this row is not kept by itself`,
    );
    return [];
  }
  kept.set(row, row);
  return near.map(([one]) => [one, row]);
}

/** All that a row says but for the name. */
const contentOf = ({ published, fieldwork, edition, said }: TableRow): string =>
  JSON.stringify([published, fieldwork, edition, [...said].sort()]);

/** Whether two rows cannot both be right about one inspection; their publication dates are not looked at. */
const contradict = (one: TableRow, other: TableRow): boolean =>
  one.edition !== other.edition ||
  !mayBeOneDate(one.fieldwork ?? '', other.fieldwork ?? '') ||
  [...one.said].some(
    ([key, value]) =>
      !(furtherFields as readonly string[]).includes(key) && (other.said.get(key) ?? value) !== value,
  );

/** A row with what another, which does not contradict it, says besides. */
function merged(row: TableRow, other: TableRow): TableRow {
  const [fieldwork] = [row.fieldwork, other.fieldwork]
    .filter((date) => date !== undefined)
    .sort((a, b) => b.length - a.length);
  return {
    ...row,
    ...(fieldwork !== undefined && { fieldwork }),
    said: new Map([...other.said, ...row.said]),
  };
}
