import path from 'node:path';
import type { Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import type { CsvRow } from '../import/files/csv/csv-file.js';
import { type CsvFile, cellProblem, openCsv } from '../import/files/csv/csv-file.js';
import type { Given } from '../import/files/source.js';
import { inOneTransaction } from '../import/one-transaction.js';
import { put } from '../import/put.js';
import { queueFor, recordLoads } from '../import/record.js';
import { readRegister } from '../import/register/service.js';
import { exitCode, type Problem, UserError } from '../problem.js';
import { refused } from '../ratings-table/told-once.js';
import { resolve } from '../services/resolve.js';
import { listed } from '../words/nearest.js';

/** What became of a list. */
export interface LoadedGroups {
  name: string;
  groups: number;
  services: number;
  notices: Problem[];
}

/**
 * Loads a list of groups to compare services with (families, statistical neighbours), in the place of what was loaded by its name: the
 * whole of it, or nothing. It is a table with a column `group` and one of `service`, `authority`, `ons_code`; with `neighbours_of` in
 * the place of `group`, each group is the neighbours of the service that it names. A heading alone takes the list away. It is called
 * `name`, or as its file without an ending. Throws a UserError with every problem.
 */
export async function loadGroups(
  db: Connection,
  source: Given,
  { name }: { name?: string | undefined } = {},
): Promise<LoadedGroups> {
  const csv = await openCsv(source);
  const set = name ?? path.basename(csv.file).replace(/\.[^.]*$/, '');
  if (['', 'everywhere', 'region'].includes(set))
    throw new UserError(`A list of groups can't be called "${set}": name it with --as.`, exitCode.call);
  const table = [...csv.rows()];
  const { groups, members } = await inOneTransaction(db, async (trx) => {
    await queueFor(trx, 'groups', set);
    const found = await groupsIn(trx, csv, table);
    const groups = [...found].map(([group_name, { neighboursOf }]) => {
      return { comparator_set: set, group_name, neighbours_of: neighboursOf };
    });
    const members = [...found].flatMap(([group_name, group]) =>
      [...group.members].map((service_id) => ({ comparator_set: set, group_name, service_id })),
    );
    await trx.deleteFrom('core.comparator_group').where('comparator_set', '=', set).execute();
    await put(trx, 'core.comparator_group', groups);
    await put(trx, 'core.comparator_member', members);
    await recordLoads(trx, [
      { kind: 'groups', subject: set, origin: 'user', files: [{ ...csv.record, rows: table.length }] },
    ]);
    return { groups, members };
  });
  const services = new Set(members.map(({ service_id }) => service_id)).size;
  return { name: set, groups: groups.length, services, notices: csv.notices };
}

/** Which columns are the group's and the member's; whether the group is a service, whose neighbours are its members. */
function columnsOf(csv: CsvFile): { group: number; member: number; isNeighbours: boolean } {
  const heading = csv.header.map((title) => title.toLowerCase().replaceAll(/[\s-]+/g, '_'));
  const at = (titles: string[]) =>
    titles.map((title) => heading.indexOf(title)).filter((found) => found >= 0);
  const [group, ...otherGroups] = at(['group', 'neighbours_of']);
  const [member, ...otherMembers] = at(['service', 'authority', 'ons_code']);
  if (group === undefined || member === undefined || otherGroups.length + otherMembers.length > 0) {
    const message =
      'the heading of a list of groups has one column "group" (or "neighbours_of"), and one of "service", "authority" or "ons_code"';
    throw refused(csv, [cellProblem(csv, csv.headerLine, undefined, message)]);
  }
  return { group, member, isNeighbours: heading[group] === 'neighbours_of' };
}

interface Group {
  neighboursOf: number | null;
  members: Set<number>;
}

/** The groups of a table by name, each service found. Throws a UserError with every row that names none. */
async function groupsIn(
  trx: Transaction<DB>,
  csv: CsvFile,
  table: readonly CsvRow[],
): Promise<Map<string, Group>> {
  const columns = columnsOf(csv);
  const services = await readRegister(trx);
  const groups = new Map<string, Group>();
  const groupOf = new Map<number, string>();
  const problems: Problem[] = [];
  for (const { cells, line } of table) {
    const say = (at: number, message: string) => problems.push(cellProblem(csv, line, at + 1, message));
    const serviceAt = (at: number) => {
      const name = cells[at] ?? '';
      const resolved = resolve(services, name);
      if ('found' in resolved) return resolved.found;
      const several =
        'several' in resolved ? `: it may be ${listed(resolved.several.map(({ area }) => area))}` : '';
      const [near] = 'nearest' in resolved ? resolved.nearest : [];
      say(
        at,
        `"${name}" names no service or authority${near ? ` (did you mean "${near.name}"?)` : ''}${several}`,
      );
      return undefined;
    };
    const found = serviceAt(columns.member);
    const of = columns.isNeighbours ? serviceAt(columns.group) : undefined;
    const name = of?.area ?? cells[columns.group] ?? '';
    if (name === '') say(columns.group, 'the group is missing');
    if (!found || name === '' || (columns.isNeighbours && !of)) continue;
    const group = groups.get(name) ?? {
      neighboursOf: of?.serviceId ?? null,
      members: new Set(of ? [of.serviceId] : []),
    };
    groups.set(name, group);
    group.members.add(found.serviceId);
    const other = groupOf.get(found.serviceId) ?? name;
    // Of one list a service has one place: its ratings would stand beside two groups of one name.
    if (!columns.isNeighbours && other !== name)
      say(
        columns.group,
        `${found.area} is in the group "${other}" already: a list has a service in one group`,
      );
    groupOf.set(found.serviceId, name);
  }
  if (problems.length > 0) throw refused(csv, problems);
  return groups;
}
