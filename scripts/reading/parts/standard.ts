import type { QuestionEntry, StandardEntry } from '../../../src/import/edition/edition-file.js';
import { oneOf } from '../../../src/simulate/random.js';
import type { Row } from '../blocks.js';
import { percentOf } from '../inspected.js';
import type { Making } from '../style.js';
import { worded } from '../words.js';
import { standardFacts } from './facts.js';
import { asked, baseOf, questionRow } from './figures.js';
import { fill } from './fill.js';

const bandNote = 'A standard is rated by the lowest banding of its key questions. The annexe explains how.';

/** A standard: its heading and rating, and under it the key questions, their prompts, and what is said of them. */
export function standardPart(making: Making, standard: StandardEntry): void {
  const { draft, words, content } = making;
  standardHeading(making, standard);
  standardFacts(making, standard.code);
  const questions = asked(making, standard.key_questions);
  if (standard.basis === 'qualitative') {
    if (content.keyQuestions === 'annexe') {
      draft.add({ kind: 'paragraph', text: fill(making, 4) });
      return;
    }
    draft.add({
      kind: 'paragraph',
      text: `For this standard we looked at the answers to the following questions:`,
    });
    for (const { text } of questions) {
      draft.add({ kind: 'heading', level: 4, text: worded(text, words) });
      draft.add({ kind: 'paragraph', text: fill(making, 2) });
    }
    return;
  }
  if (content.keyQuestions === 'standard') keyQuestionTable(making, standard, questions);
  else draft.add({ kind: 'paragraph', text: fill(making, 3) });
  if (content.keyQuestions === 'annexe') percentagesInProse(making, questions);
  for (const question of questions) {
    if (content.prompts === 'below the key question') promptTable(making, question);
    else if (content.keyQuestions === 'standard') {
      draft.add({ kind: 'heading', level: 4, text: worded(question.text, words) });
      draft.add({ kind: 'paragraph', text: fill(making, 2) });
    }
  }
  draft.add({ kind: 'paragraph', text: fill(making, 2) });
}

function standardHeading(making: Making, { code, title, statement }: StandardEntry): void {
  const { draft, inspected, words, look, content, random } = making;
  const rating = inspected.rating(code) ?? 'Not rated';
  const decided = content.keyQuestions === 'standard' ? discretionCitation(making, code) : '';
  const said = worded(statement ?? '', words);
  const number = content.figures === 'counts' || random.isBelow(0.6) ? `${code}.` : code;
  const how = content.ratings === 'table' ? 0 : random.whole(0, 2);
  if (how === 0) {
    draft.add({ kind: 'heading', level: 3, text: `${number} ${title}` });
    if (random.isBelow(0.08)) draft.add({ kind: 'heading', level: 3, text: `${number} ${title}` });
    draft.add({ kind: 'paragraph', text: said });
    draft.add({
      kind: 'paragraph',
      text: `${rating}${decided}`,
      key: `heading ${code}`,
      bold: random.isBelow(0.3),
    });
  } else if (how === 1 && look.tables !== 'pipe') {
    draft.add({
      kind: 'table',
      rows: [
        { cells: [`${number} ${title}`, ''], bold: [0] },
        { cells: [said, `${rating}${decided}`], key: `heading ${code}` },
      ],
    });
  } else {
    draft.add({
      kind: 'heading',
      level: 3,
      text: `${number} ${title} ${rating}${decided}`,
      key: `heading ${code}`,
    });
    draft.add({ kind: 'paragraph', text: said });
  }
}

/** Cites the footnote on a panel's decision about a standard, and makes it; nothing where there was none. */
export function discretionCitation(making: Making, standard: string): string {
  const { draft, inspected, random } = making;
  const decisions = inspected.file.professional_discretion ?? [];
  const at = decisions.findIndex((decision) => String(decision.standard) === standard);
  const decision = decisions[at];
  if (!decision) return '';
  const { from, to } = decision;
  const key = `discretion ${standard}`;
  if (!draft.truth.some((one) => one.key === key)) {
    const told = draft.truth.filter(({ path }) => path[2] === 'to' && path[0] === 'professional_discretion');
    draft.tell(['professional_discretion', told.length, 'standard'], standard, key);
    draft.tell(['professional_discretion', told.length, 'from'], from, key);
    draft.tell(['professional_discretion', told.length, 'to'], to, key);
  }
  const { ratings } = inspected.edition;
  const isUp = ratings.indexOf(to) > ratings.indexOf(from);
  const text = oneOf(random, [
    `Professional discretion was used to ${isUp ? 'raise' : 'lower'} the rating from '${from}' to '${to}', following review at the ratings panel.`,
    `The ratings panel used its professional discretion to rate this as '${to}' rather than '${from}'. ${decision.reason}`,
    `${decision.reason} The ratings panel agreed to apply professional discretion to ${isUp ? 'uplift' : 'lower'} the rating to '${to}'.`,
  ]);
  return draft.note(text, key);
}

function keyQuestionTable(making: Making, { code, title }: StandardEntry, questions: QuestionEntry[]): void {
  const { draft, inspected, content, random } = making;
  const counts = questions.map((question) => inspected.counts.get(question.code)!);
  const inspectedCases = counts[0]?.inspected ?? 0;
  const mark = draft.note(bandNote, `bands ${code}`);
  draft.add({
    kind: 'paragraph',
    text: `Our rating${mark} for ${title.toLowerCase()} is based on the following key questions${random.isBelow(0.5) ? ':' : ''}`,
  });
  const percents = counts.map((count) => percentOf(count, baseOf(making, 'key question')) ?? 101);
  const rows = questions.flatMap((question, at): Row[] => {
    const isSome = question.applies_when !== undefined && random.isBelow(0.9);
    const after = isSome
      ? ` ${draft.note(`This question is only relevant in ${question.applies_when}.`, `applies ${question.code}`)}`
      : '';
    const row = questionRow(making, question, { level: 'key question', after });
    if (!row) return [];
    const isLowest = percents[at] === Math.min(...percents);
    return [content.figures === 'percentages' && isLowest ? { ...row, bold: [1] } : row];
  });
  draft.add({ kind: 'table', header: header(making, `Of the ${cases(inspectedCases)} inspected`), rows });
}

function promptTable(making: Making, question: QuestionEntry): void {
  const { draft, inspected, words, random } = making;
  const prompts = asked(making, question.prompts);
  const count = inspected.counts.get(question.code)!;
  let heading = worded(question.text, words);
  // Headings of one report differ by a word from its tables.
  if (random.isBelow(0.15)) heading = heading.replace(' sufficiently', '');
  draft.add({ kind: 'heading', level: 4, text: heading });
  const which = question.applies_when
    ? `Of the ${cases(count.relevant)} ${question.applies_when.replace(/^cases /, '')}`
    : `Of the ${cases(count.inspected)} inspected`;
  const rows = prompts.flatMap((prompt) => questionRow(making, prompt, { level: 'prompt' }) ?? []);
  draft.add({ kind: 'table', header: header(making, worded(which, words)), rows });
}

const cases = (count: number) => `${count} case${count === 1 ? '' : 's'}`;

function header({ content, random }: Making, of: string): string[] {
  if (content.figures === 'counts')
    return [of, oneOf(random, ['Relevant cases', 'Relevant cases', 'Relevant cases']), `Number 'Yes'`];
  return [random.isBelow(0.7) ? '' : of, `% 'Yes'`];
}

/** A sentence that repeats the percentages of a standard's key questions. */
function percentagesInProse(making: Making, questions: QuestionEntry[]): void {
  const { draft, inspected, random } = making;
  const percents = questions.map(({ code }) =>
    percentOf(inspected.counts.get(code)!, baseOf(making, 'key question')),
  );
  if (percents.length !== 3 || percents.includes(undefined) || random.isBelow(0.3)) return;
  const [desistance, safety, others] = percents;
  draft.add({
    kind: 'paragraph',
    text: `We found, overall, that this work sufficiently supported desistance in ${desistance} per cent of cases, kept the child safe in ${safety} per cent of cases and kept other people safe in ${others} per cent of cases.`,
  });
}
