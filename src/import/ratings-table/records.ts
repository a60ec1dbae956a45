import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { lockQueues } from '../queue.js';

/** Makes loaders of a service's reports of one year queue. Of very many, the table of inspections is locked instead. */
export async function queueForReports(
  trx: Transaction<DB>,
  reports: readonly { serviceId: number; year: string }[],
): Promise<void> {
  // Reports of a year may turn out to be one: a queue by exact dates would let two loaders add it twice.
  const subjects = [...new Set(reports.map(({ serviceId, year }) => `service ${serviceId}, ${year}`))];
  if (subjects.length > 2000) {
    await sql`lock table core.inspection in share row exclusive mode`.execute(trx);
    return;
  }
  await lockQueues(
    trx,
    subjects.map((subject) => `published ${subject}`),
  );
}

/** The content of the newest load of each subject. */
export async function newestHashes(trx: Transaction<DB>, subjects: string[]): Promise<Map<string, string>> {
  const { rows } = await sql<{ subject: string; content_hash: string }>`
    select distinct on (subject) subject, content_hash
    from core.load
    where kind = 'inspection' and subject = any(${subjects}::text[])
    order by subject, load_id desc`.execute(trx);
  return new Map(rows.map(({ subject, content_hash }) => [subject, content_hash]));
}

/** An inspection that a table was the last to give. */
export interface Listed {
  inspectionId: number;
  /** "Leeds YJS, published 2019-03 (leeds-published-2019-03)" */
  name: string;
}

/** The inspections whose newest load was of a table of this name (its file name without the folder). */
export async function listedIn(trx: Transaction<DB>, file: string, synthetic: boolean): Promise<Listed[]> {
  const { rows } = await sql<{ id: number; name: string }>`
    with newest as (
      select distinct on (inspection_id) inspection_id, load_id
      from core.load
      where kind = 'inspection' and inspection_id is not null
      order by inspection_id, load_id desc
    )
    select
      inspection_id as id,
      service_at_inspection || ', published '
        || case published_precision
          when 'year' then published_year::text
          when 'month' then to_char(published, 'YYYY-MM')
          else published::text
        end
        || ' (' || inspection_code || ')' as name
    from newest
    join core.load_file using (load_id)
    join core.inspection using (inspection_id)
    where load_file.file = ${file} and inspection_code like '%-published-%' and is_synthetic = ${synthetic}
    order by inspection_code`.execute(trx);
  return rows.map(({ id, name }) => ({ inspectionId: Number(id), name }));
}
