/** What a spreadsheet takes for the beginning of a formula; its full-width forms count in some of them. */
const formula = /^'*[=+\-@\t\r\n＝＋－＠]/;

/**
 * A text as a spreadsheet shows it and does not compute it: with an apostrophe before what it would take for a formula, and
 * before what already looks so. To read the text back, take one apostrophe away where what follows is such a beginning,
 * after apostrophes or not.
 */
export const spreadsheetSafe = (text: string): string => (formula.test(text) ? `'${text}` : text);

/** What spreadsheetSafe was given. */
export const withoutApostrophe = (text: string): string =>
  text.startsWith("'") && formula.test(text) ? text.slice(1) : text;
