import path from 'node:path';
import { sql, type Transaction } from 'kysely';
import type { Connection } from '../database/connect.js';
import type { DB } from '../database/schema.js';
import { type CsvFile, cellProblem, openCsv } from '../import/files/csv/csv-file.js';
import { refused } from '../import/files/refuse.js';
import type { Given } from '../import/files/source.js';
import { once } from '../import/once.js';
import { inOneTransaction } from '../import/one-transaction.js';
import { put, type Row } from '../import/put.js';
import { contentHash } from '../import/record.js';
import { readRegister } from '../import/register/service.js';
import { exitCode, type Problem, UserError } from '../problem.js';
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
  const files = [{ ...csv.record, rows: [...csv.rows()].length }];
  const content = `${contentHash(files)} ${set}`;
  const write = async (trx: Transaction<DB>) => {
    const { groups, members } = await rowsOf(trx, csv, set);
    await trx.deleteFrom('core.comparator_group').where('comparator_set', '=', set).execute();
    await put(trx, 'core.comparator_group', groups);
    await put(trx, 'core.comparator_member', members);
  };
  return inOneTransaction(db, async (trx) => {
    const load = { kind: 'groups', origin: 'user', files, content } as const;
    await once(trx, load, () => ({ subject: set, write: () => write(trx) }));
    const { rows } = await sql<{ groups: number; services: number }>`
      select count(distinct group_name)::integer as groups, count(distinct service_id)::integer as services
      from core.comparator_member where comparator_set = ${set}`.execute(trx);
    return { name: set, ...rows[0]!, notices: csv.notices };
  });
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

/** The rows of a list's groups, each service found. Throws a UserError with every row that names none. */
async function rowsOf(trx: Transaction<DB>, csv: CsvFile, comparator_set: string) {
  const columns = columnsOf(csv);
  const services = await readRegister(trx);
  const groups = new Map<string, Row<'core.comparator_group'>>();
  const members = new Map<string, Row<'core.comparator_member'>>();
  const problems: Problem[] = [];
  for (const { cells, line } of csv.rows()) {
    const say = (at: number, message: string) => problems.push(cellProblem(csv, line, at + 1, message));
    const serviceAt = (at: number) => {
      const name = cells[at] ?? '';
      const resolved = resolve(services, name);
      if ('found' in resolved) return resolved.found;
      const several =
        'several' in resolved ? `: it may be ${listed(resolved.several.map(({ area }) => area))}` : '';
      const [near] = 'nearest' in resolved ? resolved.nearest : [];
      const meant = near ? ` (did you mean "${near.name}"?)` : '';
      say(at, `"${name}" names no service or authority${meant}${several}`);
      return undefined;
    };
    const member = serviceAt(columns.member);
    const of = columns.isNeighbours ? serviceAt(columns.group) : undefined;
    const group_name = of?.area ?? cells[columns.group] ?? '';
    if (group_name === '') say(columns.group, 'the group is missing');
    if (!member || group_name === '' || (columns.isNeighbours && !of)) continue;
    groups.set(group_name, { comparator_set, group_name, neighbours_of: of?.serviceId });
    for (const { serviceId: service_id, area } of of ? [of, member] : [member]) {
      // Of one list a service has one place: its ratings would stand beside two groups of one name.
      const place = of ? `${service_id} ${group_name}` : `${service_id}`;
      const other = members.get(place)?.group_name ?? group_name;
      if (other !== group_name)
        say(columns.group, `${area} is in the group "${other}" already: a list has a service in one group`);
      members.set(place, { comparator_set, group_name, service_id });
    }
  }
  if (problems.length > 0) throw refused(csv, problems);
  return { groups: [...groups.values()], members: [...members.values()] };
}
