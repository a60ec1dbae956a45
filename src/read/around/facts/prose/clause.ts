const border =
  /;\s|,\s(?=(?:and|but|although|while|whereas|with|which|of which|including)\b)|\s(?:although|whereas|but)\s/g;
const anyBorder = /[;,]\s|\s(?:although|whereas|but)\s/g;

/** The part of a sentence that a number stands in; a narrow one ends at every comma. */
export function clauseAround(text: string, at: number, isNarrow = false): string {
  const borders = [...text.matchAll(isNarrow ? anyBorder : border)].map(({ index }) => index);
  const from = borders.findLast((one) => one < at) ?? 0;
  const to = borders.find((one) => one > at) ?? text.length;
  return text.slice(from, to).replace(/^[;,\s]+/, '');
}

const longest = 180;

/** The sentence's own words for what is counted. */
export function measureOf(text: string, at: number): string {
  const clause = clauseAround(text, at).replace(/[.\s]+$/, '');
  const whole = clause.length < 25 ? text.replace(/[.\s]+$/, '') : clause;
  if (whole.length <= longest) return whole;
  const offset = Math.max(0, Math.min(whole.length - longest, whole.indexOf(text.slice(at, at + 12)) - 60));
  const cut = whole.slice(offset, offset + longest);
  return `${offset > 0 ? '… ' : ''}${cut.replace(/^\S*\s/, '').replace(/\s\S*$/, '')} …`;
}
