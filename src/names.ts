/** Text as names are compared: case, "&", punctuation and blanks do not count. */
export const plain = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll('&', ' and ')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Words that say what kind of service it is, at the end of its name, as `plain` has them. */
const kind =
  / (?:y[oj][tsp]|youth (?:offending|justice)(?: and early (?:intervention|help))?(?: (?:team|service|services|partnership))?)$/;

/** A name without the words that say what kind of service it is: "Barnet YOS" is "barnet". */
export const bare = (name: string): string => plain(name).replace(kind, '');
