import { type CsvFile, openCsv } from '../../../src/import/files/csv/csv-file.js';
import { formatProblem, UserError } from '../../../src/problem.js';

/** Opens a table of these bytes. */
export const table = (
  content: string | Uint8Array,
  options?: Parameters<typeof openCsv>[1],
): Promise<CsvFile> =>
  openCsv(
    {
      name: 'table',
      chunks: (async function* () {
        yield Buffer.from(content);
      })(),
    },
    options,
  );

/** All rows, each with its line before it. */
export const numberedRows = (csv: CsvFile): [line: number, ...cells: string[]][] =>
  [...csv.rows()].map(({ cells, line }) => [line, ...cells]);

/** What is said of a file that is refused, when it is opened or read: `line:column: …` of each problem, or the message where there is none. */
export async function complaints(content: string | Uint8Array): Promise<string[]> {
  try {
    numberedRows(await table(content));
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const { message, problems } = error;
    return problems.length > 0 ? problems.map((one) => formatProblem(one).replace('table:', '')) : [message];
  }
  throw new Error('the table was read without complaint');
}
