import { sql, type Transaction } from 'kysely';
import type { DB } from '../schema.js';

/** Keys in a block of inspections: a part of core.answer has the answers of one block. */
const blockSize = 1_000_000;

/** The block whose answers a table has; undefined for other tables. */
export function blockOf(table: string): number | undefined {
  const block = /^core_answer\.block_(\d{1,9})$/.exec(table)?.[1];
  return block === undefined ? undefined : Number(block);
}

/** Makes the bare table of a block. */
export async function makeBlock(trx: Transaction<DB>, block: number): Promise<void> {
  const table = `core_answer.block_${block}`;
  await sql.raw(`create table ${table} (like core.answer including defaults)`).execute(trx);
  await sql.raw(`comment on table ${table} is 'Answers of one bulk load.'`).execute(trx);
}

/** Gives the filled table of a block the keys of core.answer, each checked over all rows at once, and makes it a part of that. */
export async function attachBlock(trx: Transaction<DB>, block: number): Promise<void> {
  const table = `core_answer.block_${block}`;
  const { rows } = await sql<{ definition: string }>`
    select pg_get_constraintdef(oid) as definition
    from pg_constraint
    where conrelid = 'core.answer'::regclass and contype in ('p', 'f')
    order by contype desc, conname`.execute(trx);
  await sql`set local enable_seqscan = on`.execute(trx);
  for (const { definition } of rows) await sql.raw(`alter table ${table} add ${definition}`).execute(trx);
  const [from, to] = [block * blockSize, (block + 1) * blockSize];
  const bounds = `inspection_id is not null and inspection_id >= ${from} and inspection_id < ${to}`;
  // With it, attaching need not look at the rows again.
  await sql.raw(`alter table ${table} add constraint bounds check (${bounds})`).execute(trx);
  await sql
    .raw(`alter table core.answer attach partition ${table} for values from (${from}) to (${to})`)
    .execute(trx);
  await sql.raw(`alter table ${table} drop constraint bounds`).execute(trx);
  await sql.raw(`analyze ${table}`).execute(trx);
  await sql`set local enable_seqscan = off`.execute(trx);
}
