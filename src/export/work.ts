import type { Work } from './folder.js';

/** The file that says what an export holds, and by which an earlier one is known. */
export const packageFile = 'datapackage.json';

/** The CSV files' description for CSV on the Web. */
export const csvwFile = 'csv-metadata.json';

export const exportWork: Work = {
  name: 'export',
  listedIn: packageFile,
  listed: ({ resources }) => {
    const files = (Array.isArray(resources) ? resources : [])
      .map((resource) => (resource as { path?: unknown } | null)?.path)
      // A path that leads elsewhere was not written by an export.
      .filter((file): file is string => typeof file === 'string' && /^\w+\.(csv|parquet)$/.test(file));
    return files.some((file) => file.endsWith('.csv')) ? [...files, csvwFile] : files;
  },
};
