import path from 'node:path';
import { sql, type Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { type CsvFile, cellProblem, openCsv } from '../import/files/csv/csv-file.js';
import type { Given } from '../import/files/source.js';
import { inOneTransaction } from '../import/one-transaction.js';
import { queueFor, recordLoads } from '../import/record.js';
import { readRegister } from '../import/register/service.js';
import { exitCode, type Problem, UserError } from '../problem.js';
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

type Known = CalledService & { serviceId: number; area: string };

const groupHeadings = ['group', 'neighbours_of'] as const;
const memberHeadings = ['service', 'authority', 'ons_code'] as const;

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
  const set = name ?? setName(csv.file);
  if (['', 'everywhere', 'region'].includes(set))
    throw new UserError(`A list of groups can't be called "${set}": name it with --as.`, exitCode.call);
  const columns = columnsOf(csv);
  const table = [...csv.rows()];
  const { groups, services } = await inOneTransaction(db, async (trx) => {
    await queueFor(trx, 'groups', set);
    const groups = await groupsIn(trx, csv, columns, table);
    await write(trx, set, groups);
    await recordLoads(trx, [
      { kind: 'groups', subject: set, origin: 'user', files: [{ ...csv.record, rows: table.length }] },
    ]);
    return {
      groups: groups.size,
      services: new Set([...groups.values()].flatMap(({ members }) => [...members])).size,
    };
  });
  return { name: set, groups, services, notices: csv.notices };
}

const setName = (file: string): string => path.basename(file).replace(/\.[^.]*$/, '');

interface GroupColumns {
  group: number;
  isNeighbours: boolean;
  member: number;
  by: (typeof memberHeadings)[number];
}

function columnsOf(csv: CsvFile): GroupColumns {
  const heading = csv.header.map((title) => title.toLowerCase().replaceAll(/[\s-]+/g, '_'));
  const group = groupHeadings.filter((title) => heading.includes(title));
  const member = memberHeadings.filter((title) => heading.includes(title));
  const [by] = member;
  if (group.length !== 1 || by === undefined || member.length !== 1) {
    const message =
      'the heading of a list of groups has one column "group" (or "neighbours_of"), and one of "service", "authority" or "ons_code"';
    throw refused(csv, [{ file: csv.file, line: csv.headerLine, message }]);
  }
  return {
    group: heading.indexOf(group[0] as string),
    isNeighbours: group[0] === 'neighbours_of',
    member: heading.indexOf(by),
    by,
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
  table: readonly { cells: string[]; line: number }[],
): Promise<Map<string, Group>> {
  const { services } = await readRegister(trx);
  const byCode = columns.by === 'ons_code' ? await servicesByCode(trx) : undefined;
  const groups = new Map<string, Group>();
  const groupOf = new Map<number, { name: string; line: number }>();
  const problems: Problem[] = [];
  for (const { cells, line } of table) {
    const say = (at: number, message: string) => problems.push(cellProblem(csv, line, at + 1, message));
    const name = cells[columns.group] ?? '';
    if (name === '') say(columns.group, 'the group is missing');
    const called = cells[columns.member] ?? '';
    const found = byCode ? foundByCode(byCode, called) : foundByName(services, called);
    if ('problem' in found) say(columns.member, found.problem);
    const of = columns.isNeighbours && name !== '' ? foundByName(services, name) : undefined;
    if (of && 'problem' in of) say(columns.group, of.problem);
    if (name === '' || 'problem' in found || (of && 'problem' in of)) continue;
    const key = of ? of.area : name;
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

type Found = { id: number; area: string } | { problem: string };

function foundByName(register: Register<Known>, name: string): Found {
  if (name === '') return { problem: 'the service is missing' };
  const resolved = resolve(register, name);
  if ('found' in resolved) return { id: resolved.found.serviceId, area: resolved.found.area };
  if ('several' in resolved) {
    const areas = resolved.several.map(({ area }) => area).join(', ');
    return { problem: `"${name}" may be several services: ${areas}. Name the one that is meant` };
  }
  const [near] = resolved.nearest;
  return { problem: `"${name}" is no service or authority${near ? ` (did you mean "${near.name}"?)` : ''}` };
}

/** The services that work for a local authority today, else those that did last, by its code. */
async function servicesByCode(trx: Transaction<DB>): Promise<Map<string, { id: number; area: string }>> {
  const { rows } = await sql<{ code: string; id: number; area: string }>`
    select distinct on (ons_code) ons_code as code, service_id as id, area
    from core.local_authority
    join core.service_authority as works using (local_authority_id)
    join core.service using (service_id)
    order by ons_code, rating.holds(works.valid, current_date) desc, upper(works.valid) desc nulls first`.execute(
    trx,
  );
  return new Map(rows.map(({ code, ...service }) => [code, service]));
}

const foundByCode = (byCode: ReadonlyMap<string, { id: number; area: string }>, code: string): Found =>
  byCode.get(code.toUpperCase()) ?? {
    problem: `"${code}" is the code of no local authority that has a service`,
  };

async function write(trx: Transaction<DB>, set: string, groups: ReadonlyMap<string, Group>): Promise<void> {
  await trx.deleteFrom('core.comparator_group').where('comparator_set', '=', set).execute();
  if (groups.size === 0) return;
  const named = [...groups].map(([group_name, group]) => ({ comparator_set: set, group_name, group }));
  await trx
    .insertInto('core.comparator_group')
    .values(named.map(({ group, ...row }) => ({ ...row, neighbours_of: group.neighboursOf })))
    .execute();
  await trx
    .insertInto('core.comparator_member')
    .values(
      named.flatMap(({ group, ...row }) => [...group.members].map((service_id) => ({ ...row, service_id }))),
    )
    .execute();
}

function refused(csv: CsvFile, problems: Problem[]): UserError {
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`;
  return new UserError(`${csv.file}: ${count}; nothing was loaded.`, undefined, problems);
}
