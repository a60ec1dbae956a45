import path from 'node:path';
import { sql, type Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { type CsvFile, cellProblem, openCsv } from '../import/files/csv/csv-file.js';
import type { CsvRow } from '../import/files/csv/csv-file.js';
import type { Given } from '../import/files/source.js';
import { inOneTransaction } from '../import/one-transaction.js';
import { put } from '../import/put.js';
import { queueFor, recordLoads } from '../import/record.js';
import { readRegister } from '../import/register/service.js';
import { exitCode, type Problem, UserError } from '../problem.js';
import { refused } from '../ratings-table/told-once.js';
import { type CalledService, type Register, resolve } from '../services/resolve.js';

/** A list of groups of services, as a user has it. */
export interface GroupsOptions {
  /** What the list is called; its file's name without an ending, when not given. */
  name?: string | undefined;
}

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
 * the place of `group`, each group is the neighbours of the service that it names. A heading alone takes the list away. Throws a
 * UserError with every problem.
 */
export async function loadGroups(
  db: Connection,
  source: Given,
  { name }: GroupsOptions = {},
): Promise<LoadedGroups> {
  const csv = await openCsv(source);
  const set = name ?? path.basename(csv.file).replace(/\.[^.]*$/, '');
  if (['', 'everywhere', 'region'].includes(set))
    throw new UserError(`A list of groups can't be called "${set}": name it with --as.`, exitCode.call);
  const columns = columnsOf(csv);
  const table = [...csv.rows()];
  const { groups, members } = await inOneTransaction(db, async (trx) => {
    await queueFor(trx, 'groups', set);
    const found = await groupsIn(trx, csv, columns, table);
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

interface GroupColumns {
  group: number;
  isNeighbours: boolean;
  member: number;
  isCode: boolean;
}

function columnsOf(csv: CsvFile): GroupColumns {
  const heading = csv.header.map((title) => title.toLowerCase().replaceAll(/[\s-]+/g, '_'));
  const [group, ...otherGroups] = ['group', 'neighbours_of'].filter((title) => heading.includes(title));
  const [member, ...otherMembers] = ['service', 'authority', 'ons_code'].filter((title) =>
    heading.includes(title),
  );
  if (group === undefined || member === undefined || otherGroups.length + otherMembers.length > 0) {
    const message =
      'the heading of a list of groups has one column "group" (or "neighbours_of"), and one of "service", "authority" or "ons_code"';
    throw refused(csv, [cellProblem(csv, csv.headerLine, undefined, message)]);
  }
  return {
    group: heading.indexOf(group),
    isNeighbours: group === 'neighbours_of',
    member: heading.indexOf(member),
    isCode: member === 'ons_code',
  };
}

interface Group {
  neighboursOf: number | null;
  members: Set<number>;
}

/** The groups of a table by name, each service found. Throws a UserError with every row that names none. */
async function groupsIn(
  trx: Transaction<DB>,
  csv: CsvFile,
  columns: GroupColumns,
  table: readonly CsvRow[],
): Promise<Map<string, Group>> {
  const { services } = await readRegister(trx);
  const byCode = columns.isCode ? await servicesByCode(trx) : undefined;
  const groups = new Map<string, Group>();
  const groupOf = new Map<number, { name: string; line: number }>();
  const problems: Problem[] = [];
  for (const { cells, line } of table) {
    const say = (at: number, message: string) => {
      problems.push(cellProblem(csv, line, at + 1, message));
      return undefined;
    };
    const [name = '', called = ''] = [cells[columns.group], cells[columns.member]];
    const found = byCode
      ? (byCode.get(called.toUpperCase()) ??
        say(columns.member, `"${called}" is the code of no local authority that has a service`))
      : serviceNamed(services, called, (message) => say(columns.member, message));
    const of =
      columns.isNeighbours && name !== ''
        ? serviceNamed(services, name, (message) => say(columns.group, message))
        : undefined;
    if (name === '') say(columns.group, 'the group is missing');
    if (name === '' || !found || (columns.isNeighbours && !of)) continue;
    const key = of?.area ?? name;
    const group = groups.get(key) ?? { neighboursOf: of?.id ?? null, members: new Set(of ? [of.id] : []) };
    groups.set(key, group);
    group.members.add(found.id);
    const other = groupOf.get(found.id);
    // Of one list a service has one place: its ratings would stand beside two groups of one name.
    if (!columns.isNeighbours && other !== undefined && other.name !== key)
      say(
        columns.group,
        `${found.area} is in the group "${other.name}" already (line ${other.line}): a list has a service in one group`,
      );
    else groupOf.set(found.id, { name: key, line });
  }
  if (problems.length > 0) throw refused(csv, problems);
  return groups;
}

interface Found {
  id: number;
  area: string;
}

function serviceNamed(
  register: Register<CalledService & { serviceId: number }>,
  name: string,
  say: (message: string) => undefined,
): Found | undefined {
  if (name === '') return say('the service is missing');
  const resolved = resolve(register, name);
  if ('found' in resolved) return { id: resolved.found.serviceId, area: resolved.found.area };
  if ('several' in resolved) {
    const areas = resolved.several.map(({ area }) => area).join(', ');
    return say(`"${name}" may be several services: ${areas}. Name the one that is meant`);
  }
  const [near] = resolved.nearest;
  return say(`"${name}" is no service or authority${near ? ` (did you mean "${near.name}"?)` : ''}`);
}

/** The services that work for a local authority today, else those that did last, by its code. */
async function servicesByCode(trx: Transaction<DB>): Promise<Map<string, Found>> {
  const { rows } = await sql<Found & { code: string }>`
    select distinct on (ons_code) ons_code as code, service_id as id, area
    from core.local_authority
    join core.service_authority as works using (local_authority_id)
    join core.service using (service_id)
    order by ons_code, rating.holds(works.valid, current_date) desc, upper(works.valid) desc nulls first`.execute(
    trx,
  );
  return new Map(rows.map(({ code, ...service }) => [code, service]));
}
