/** The file that says what an export holds, and by which an earlier one is known. */
export const packageFile = 'datapackage.json';

/** The CSV files' description for CSV on the Web. */
export const csvwFile = 'csv-metadata.json';
