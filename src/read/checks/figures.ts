import type { Cell } from '../figures/cells.js';
import type { Printed } from '../figures/printed.js';
import type { ReadValue } from '../reading.js';
import { type Place, placeText } from '../report-document.js';

/** The values of one question, as they came out of all places that print it. */
export interface QuestionValues {
  level: 'key question' | 'prompt';
  code: string;
  standard: string;
  printed: Printed[];
  relevant?: ReadValue;
  yes?: ReadValue;
  percent?: ReadValue;
  notApplicable?: ReadValue;
}

/** Values of every question. What two places print alike is confirmed, what they print differently is doubtful. */
export function questionValues(printed: readonly Printed[]): QuestionValues[] {
  const byCode = new Map<string, Printed[]>();
  for (const each of printed) byCode.set(each.code, [...(byCode.get(each.code) ?? []), each]);
  return [...byCode.values()].map((all) => {
    const { level, code, standard } = all[0] as Printed;
    const question: QuestionValues = { level, code, standard, printed: all };
    const root = level === 'key question' ? 'key_questions' : 'prompts';
    const fields: [Field, (each: Printed) => Cell | undefined][] = [
      ['relevant_cases', ({ cells }) => ('relevant' in cells ? cells.relevant : undefined)],
      ['yes', ({ cells }) => ('yes' in cells ? cells.yes : undefined)],
      ['percent_yes', ({ cells }) => ('percent' in cells ? cells.percent : undefined)],
    ];
    const isNotApplicable = all.find(({ cells }) =>
      Object.values(cells).every((cell) => cell.kind === 'not applicable'),
    );
    if (isNotApplicable) {
      question.notApplicable = {
        path: [root, code, 'not_applicable'],
        value: true,
        confidence: 'read',
        place: isNotApplicable.place,
      };
      return question;
    }
    for (const [field, cellOf] of fields) {
      const cells = all.flatMap((each) => {
        const cell = cellOf(each);
        return cell ? [{ cell, place: each.place }] : [];
      });
      if (cells.length > 0) question[keyOf[field]] = merged([root, code, field], cells);
    }
    return question;
  });
}

type Field = 'relevant_cases' | 'yes' | 'percent_yes';
const keyOf = { relevant_cases: 'relevant', yes: 'yes', percent_yes: 'percent' } as const;

function merged(path: string[], cells: { cell: Cell; place: Place }[]): ReadValue {
  const numbers = cells.flatMap(({ cell, place }) =>
    cell.kind === 'number' ? [{ value: cell.value, place }] : [],
  );
  const [first] = numbers;
  if (first) {
    const other = numbers.find(({ value }) => value !== first.value);
    const again = numbers.slice(1).filter(({ place }) => placeText(place) !== placeText(first.place));
    return {
      path,
      value: first.value,
      confidence: other ? 'doubtful' : again.length > 0 ? 'confirmed' : 'read',
      place: first.place,
      ...(again.length > 0 && !other && { confirmedBy: again.map(({ place }) => place) }),
      ...(other && { why: `${placeText(other.place)} prints ${other.value}` }),
    };
  }
  const { cell, place } = cells[0] as { cell: Cell; place: Place };
  if (cell.kind === 'odd')
    return {
      path,
      value: cell.value,
      confidence: 'doubtful',
      place,
      why: `printed "${cell.seems}", which is no figure`,
    };
  if (cell.kind === 'not applicable')
    return {
      path,
      value: undefined,
      confidence: 'doubtful',
      place,
      why: 'one cell says "N/A", the other does not',
    };
  return { path, value: undefined, confidence: 'lost', place, why: 'the cell is empty' };
}
