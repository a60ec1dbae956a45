import { type Origin, publisher } from './origin.js';

/** The export's title. */
export const packageTitle = 'Ratings of youth justice inspections in England and Wales';

/** What the export is, for people: where its figures come from, what is in it, how files say "unknown". */
export function packageDescription(
  { attribution, day }: Origin,
  { synthetic, spreadsheetSafe }: { synthetic: boolean; spreadsheetSafe: boolean },
): string {
  return [
    `Inspections of youth justice services by ${publisher}: figures as published, ratings as computed from them, and how the two stand.`,
    'An empty cell means unknown or none, never zero.',
    day === undefined
      ? undefined
      : `"Today" is ${day}, when something was last loaded: days are counted to it, and what is current is so on it.`,
    synthetic
      ? 'Invented inspections are included (is_synthetic is true): they are no figures of any real service.'
      : undefined,
    spreadsheetSafe
      ? 'In the CSV files an apostrophe stands before texts that begin with = + - @ or a control character: it is not part of the data.'
      : undefined,
    attribution,
    'The Inspectorate has not seen or endorsed this work.',
  ]
    .filter((sentence) => sentence !== undefined)
    .join(' ');
}
