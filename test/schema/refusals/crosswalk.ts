import { type Refusal, refusal } from './refusal.js';

/** A row of the crosswalk; an edition is the one that its question names, unless it is said. */
const crosswalk = (
  from: string,
  to: string,
  relation: string,
  fromEdition = editionOf(from, '2018'),
  toEdition = editionOf(to, '2021'),
): string =>
  `insert into core.crosswalk (from_question_id, from_edition_code, to_question_id, to_edition_code, relation)
   values (${from}, ${fromEdition}, ${to}, ${toEdition}, '${relation}')`;

const editionOf = (question: string, otherwise: string): string =>
  question === 'null' ? 'null' : `'${question.match(/'(\d+)'/)?.[1] ?? otherwise}'`;

/** Wrong rows of the crosswalk between two editions. */
export const crosswalkRefusals: Refusal[] = [
  refusal(
    'a crosswalk that no edition brought',
    'crosswalk_brought_by_fkey',
    "update core.crosswalk set brought_by = '1999'",
  ),
  refusal(
    'a new question that comes from one',
    'new_and_nothing_else_comes_from_nowhere',
    crosswalk("question('2018', '2.1.1')", "question('2021', '3.4.1')", 'new'),
  ),
  refusal(
    'a continuation of nothing',
    'new_and_nothing_else_comes_from_nowhere',
    crosswalk('null', "question('2021', '3.4.1')", 'continues'),
  ),
  refusal(
    'an ended question that leads to one',
    'ended_and_nothing_else_leads_nowhere',
    crosswalk("question('2018', '2.1.1')", "question('2021', '3.4.1')", 'ended'),
  ),
  refusal(
    'a continuation to nowhere',
    'ended_and_nothing_else_leads_nowhere',
    crosswalk("question('2018', '2.1.1')", 'null', 'continues'),
  ),
  refusal(
    'a question that is followed in its own edition',
    'question_is_followed_in_another_edition',
    crosswalk("question('2018', '2.1.1')", "question('2018', '2.1.2')", 'replaced'),
  ),
  refusal(
    'a question without its edition',
    'crosswalk_names_editions_with_questions',
    crosswalk("question('2018', '2.1.1')", "question('2021', '3.4.1')", 'replaced', 'null'),
  ),
  refusal(
    'a question of another edition than is said',
    'crosswalk_from_question_id_from_edition_code_fkey',
    crosswalk("question('2018', '2.1.1')", "question('2021', '3.4.1')", 'replaced', "'2021'", "'2018'"),
  ),
  refusal(
    'an unknown relation',
    'crosswalk_relation_check',
    crosswalk("question('2018', '2.1.1')", "question('2021', '3.4.1')", 'resembles'),
  ),
  refusal(
    'a pair of questions twice',
    'crosswalk_from_question_id_to_question_id_key',
    crosswalk("question('2018', '2.1.1')", "question('2021', '2.1.1')", 'replaced'),
  ),
  refusal(
    'a new question twice',
    'crosswalk_from_question_id_to_question_id_key',
    crosswalk('null', "question('2021', '1.2.5')", 'new'),
  ),
  refusal(
    'a question with two continuations',
    'crosswalk_continues_from',
    crosswalk("question('2018', '2.1.1')", "question('2021', '2.1.2')", 'continues'),
  ),
  refusal(
    'a question that continues two',
    'crosswalk_continues_to',
    crosswalk("question('2018', '1.3.1')", "question('2021', '2.1.1')", 'continues'),
  ),
  refusal(
    'a crosswalk from a question that there is not',
    'crosswalk_from_question_id_from_edition_code_fkey',
    crosswalk('-1', "question('2021', '2.1.1')", 'replaced'),
  ),
  refusal(
    'a crosswalk to a question that there is not',
    'crosswalk_to_question_id_to_edition_code_fkey',
    crosswalk("question('2018', '2.1.1')", '-1', 'replaced'),
  ),
];
