/** What a case's attribute is where no value is known. */
export const unknown = 'not known';

/** How that is written. */
export const unknownWords = ['', unknown, 'unknown', 'not recorded'];

/** A function that works out its answer to a text but once: a file writes the same few words again and again. */
export function once<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (known.has(text)) return known.get(text) as T;
    const result = work(text);
    if (known.size < 1000) known.set(text, result);
    return result;
  };
}

/** A pseudonym as cases are told apart: letter case does not count. */
export const caseKey = (pseudonym: string): string => pseudonym.toLowerCase();

/** Text as values are compared: letter case, blanks and underscores do not count, and a range is "10 to 14" or "10-14". */
export const plain: (text: string) => string = once((text) =>
  text
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ')
    .replaceAll(/(\d) ?[-–] ?(\d)/g, '$1 to $2')
    .trim(),
);

const madeBySpreadsheets = [
  /^\d{1,4}[/-]\d{1,2}[/-]\d{1,4}$/,
  /^(\d{1,2}[- ])?\p{L}{3}\.?[- ]\d{2,4}$|^\d{1,2}[- ]\p{L}{3}\.?$/u,
  /^\d([.,]\d+)?E\+?\d+$/i,
];

/** What a spreadsheet seems to have done to a text that is not known, and what to do, to follow what is said of it; '' when nothing. */
export const spreadsheetTrace = (text: string): string =>
  madeBySpreadsheets.some((pattern) => pattern.test(text))
    ? '; a spreadsheet seems to have made a date or a short number of it: format the column as text'
    : '';

/** A text of a file as messages quote it. */
export const quoted = (text: string): string => (text === '' ? '(empty)' : `"${text.slice(0, 60)}"`);
