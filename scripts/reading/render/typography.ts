import { withMarks } from '../blocks.js';
import type { Look } from '../style.js';

const raised = [...'⁰¹²³⁴⁵⁶⁷⁸⁹'];

/** A footnote's mark as the style has it. */
export function markText(mark: string, { marks }: Pick<Look, 'marks'>): string {
  if (marks === 'superscript') return [...mark].map((digit) => raised[Number(digit)]).join('');
  if (marks === 'tags') return `<sup>${mark}</sup>`;
  if (marks === 'dollar') return `$^{${mark}}$`;
  return mark;
}

/** A text with its marks, quotes and ligatures as the style has them. */
export function typeset(text: string, look: Look): string {
  let made = withMarks(text, (mark) => markText(mark, look));
  if (look.isCurly) made = made.replaceAll(/(?<=^|[\s(])'/g, '‘').replaceAll("'", '’');
  if (look.hasLigatures) made = made.replaceAll('ffi', 'ﬃ').replaceAll('fi', 'ﬁ').replaceAll('fl', 'ﬂ');
  return made;
}
