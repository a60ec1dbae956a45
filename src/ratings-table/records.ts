import { sql, type Transaction } from 'kysely';
import type { DB } from '../database/schema.js';

/** An inspection that a table was the last to give. */
export interface Listed {
  inspectionId: number;
  /** "Leeds YJS, published 2019-03 (leeds-published-2019-03)" */
  name: string;
}

/** The inspections whose newest load was of a table of this name (its file name without the folder). */
export async function listedIn(trx: Transaction<DB>, file: string, synthetic: boolean): Promise<Listed[]> {
  const { rows } = await sql<{ id: number; name: string }>`
    select
      inspection.inspection_id as id,
      service_at_inspection || ', published '
        || case published_precision
          when 'year' then published_year::text
          when 'month' then to_char(published, 'YYYY-MM')
          else published::text
        end
        || ' (' || inspection_code || ')' as name
    from core.inspection
    cross join lateral (
      select load_id
      from core.load
      where load.kind = 'inspection' and load.inspection_id = inspection.inspection_id
      order by load_id desc
      limit 1
    ) as newest
    join core.load_file using (load_id)
    where is_listed_only and is_synthetic = ${synthetic} and load_file.file = ${file}
    order by inspection_code`.execute(trx);
  return rows.map(({ id, name }) => ({ inspectionId: Number(id), name }));
}
