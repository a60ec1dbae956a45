const dates = [
  /^\d{1,4}[/-]\d{1,2}[/-]\d{1,4}$/,
  /^\d{1,2}\.\d{1,2}\.\d{4}$/,
  /^\d{1,2}[- ]\p{L}{3}\.?([- ]\d{2,4})?$/u,
  /^\p{L}{3}[- ]\d{2,4}$/u,
];

/** What a spreadsheet seems to have done to a text that is not known, and what to do, to follow what is said of it; '' when nothing. */
export function spreadsheetTrace(text: string): string {
  if (dates.some((date) => date.test(text)))
    return '; a spreadsheet seems to have made a date of it: format the column as text';
  if (/^\d([.,]\d+)?E\+?\d+$/i.test(text))
    return '; a spreadsheet seems to have cut a long number short: format the column as text';
  return '';
}
