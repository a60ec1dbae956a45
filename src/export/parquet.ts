import { fileWriter, ParquetWriter } from 'hyparquet-writer';
import { programVersion } from '../version.js';
import type { ViewDescription } from './describe.js';
import type { TableWriter } from './table-writer.js';
import type { ParquetValue } from './types.js';

/** Rows of a row group: what is held in memory at most. */
const groupRows = 10_000;

/** Writes a Parquet file, Snappy-compressed, whose columns may all be null. */
export function parquetWriter(
  file: string,
  { comment, columns }: ViewDescription,
  licence: string,
): TableWriter {
  const writer = new ParquetWriter({
    writer: fileWriter(file),
    schema: [
      { name: 'schema', num_children: columns.length },
      ...columns.map(({ name, type }) => ({ name, ...type.parquet, repetition_type: 'OPTIONAL' as const })),
    ],
    kvMetadata: [
      { key: 'description', value: comment },
      { key: 'licence', value: licence },
    ],
    createdBy: programVersion.replace(' ', ' version '),
  });
  let values: ParquetValue[][] = columns.map(() => []);
  let rows = 0;
  const flush = async () => {
    const columnData = columns.map(({ name }, at) => ({ name, data: values[at] ?? [] }));
    const rowGroupSize = rows;
    values = columns.map(() => []);
    rows = 0;
    await writer.write({ columnData, rowGroupSize });
  };
  return {
    write(row) {
      for (const [at, text] of row.entries())
        values[at]?.push(text === null ? null : (columns[at]?.type.parse(text) ?? null));
      rows++;
      return rows < groupRows ? undefined : flush();
    },
    async end() {
      if (rows > 0) await flush();
      await writer.finish();
    },
    // Each piece is written by itself: no file is held open.
    abandon: async () => {},
  };
}
