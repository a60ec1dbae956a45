import type { QuestionEntry } from '../../../src/import/edition/edition-file.js';
import { isAsked } from '../../../src/ratings/rules.js';
import { oneOf } from '../../../src/simulate/random.js';
import type { Row } from '../blocks.js';
import { percentOf } from '../inspected.js';
import type { Making } from '../style.js';
import { worded } from '../words.js';

/** The questions of a list that are asked at the fieldwork's date. */
export const asked = (making: Making, questions: readonly QuestionEntry[] = []): QuestionEntry[] =>
  questions.filter((question) => isAsked(question, making.inspected.from));

/** What a percentage of this report is taken of. */
export const baseOf = ({ inspected }: Making, level: 'key question' | 'prompt') =>
  (inspected.edition.rules.findLast(({ effective_from }) => effective_from <= inspected.from) ??
    inspected.edition.rules[0])!.percentage_base[level];

/**
 * The row of a key question or prompt: its wording, then relevant cases and yes, or a percentage. Cells may be lost, and words
 * cut. undefined when the row is left out of the report.
 */
export function questionRow(
  making: Making,
  { code, text }: QuestionEntry,
  { level, before = '', after = '' }: { level: 'key question' | 'prompt'; before?: string; after?: string },
): Row | undefined {
  const { draft, inspected, words, content, look, random } = making;
  if (look.lost > 0 && random.isBelow(look.lost / 4)) return undefined;
  const path = [level === 'prompt' ? 'prompts' : 'key_questions', code];
  const key = path.join(' ');
  const count = inspected.counts.get(code)!;
  const question = `${before}${cutWords(making, worded(text, words))}${after}`;
  const cell = (field: string, value: number, printed: string) => {
    if (random.isBelow(look.lost)) {
      draft.tell([...path, field], undefined, key);
      return '';
    }
    draft.tell([...path, field], value, key);
    if (random.isBelow(look.cut / 3)) return `${oneOf(random, ['ve', 'n', 'ed', 's'])} ${printed}`;
    return printed;
  };
  if (content.figures === 'counts') {
    if (count.relevant === 0) {
      draft.tell([...path, 'not_applicable'], true, key);
      return { cells: [question, 'N/A', 'N/A'], key };
    }
    const cells = [
      question,
      cell('relevant_cases', count.relevant, String(count.relevant)),
      cell('yes', count.yes, String(count.yes)),
    ];
    return { cells, key };
  }
  const percent = percentOf(count, baseOf(making, level));
  if (percent === undefined) {
    draft.tell([...path, 'not_applicable'], true, key);
    return { cells: [question, 'N/A'], key };
  }
  return { cells: [question, cell('percent_yes', percent, `${percent}%`)], key };
}

/** A question with letters cut from its beginning or its end, or two of its words joined, as conversion from paper does. */
function cutWords({ look, random }: Making, text: string): string {
  if (!random.isBelow(look.cut)) return text;
  const how = random.whole(0, 2);
  if (how === 0) return text.slice(random.whole(2, 7));
  if (how === 1) return `${text.slice(0, -random.whole(3, 9))}`;
  const blanks = [...text.matchAll(/ /g)].map(({ index }) => index);
  const at = oneOf(random, blanks);
  return text.slice(0, at) + text.slice(at + 1);
}
