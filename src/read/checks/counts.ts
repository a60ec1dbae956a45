import type { EditionFile } from '../../import/edition/edition-file.js';
import { placeText } from '../report-document.js';
import { type Claims, confirm, contradiction, doubt, numberOf } from './claims.js';
import type { QuestionValues } from './figures.js';
import type { Sample } from './samples.js';

/** What counts are held against. */
export interface CountContext {
  edition: EditionFile;
  samples: ReadonlyMap<string, Sample>;
  /** Whether the report shows signs of damaged characters, so that a figure alone may be another figure. */
  isDamaged: boolean;
}

/** Yes against relevant cases, relevant cases against the sample and the heads of tables. */
export function checkCounts(
  claims: Claims,
  questions: readonly QuestionValues[],
  context: CountContext,
): void {
  for (const question of questions) {
    const sample = sampleOf(question, context);
    againstSample(claims, question, sample);
    againstEachOther(claims, question);
  }
  doubtBeside(questions);
  againstHeads(claims, questions, context);
  doubtBeside(questions);
  if (context.isDamaged) doubtBesideLost(questions);
}

/**
 * A figure and the mark between two cells may have changed places: what is beside a figure that can't be right is no surer. What is beside a cell
 * that is no figure is: its own sign shows what happened.
 */
function doubtBeside(questions: readonly QuestionValues[]): void {
  for (const { relevant, yes, printed } of questions) {
    const isOdd = printed.some(({ cells }) => Object.values(cells).some(({ kind }) => kind === 'odd'));
    const values = [relevant, yes];
    if (isOdd || values.every((value) => value?.confidence !== 'doubtful')) continue;
    for (const value of values)
      if (value?.confidence === 'read') doubt(value, 'the figure beside it is doubtful');
  }
}

const domainOf = (edition: EditionFile, standard: string): string | undefined =>
  edition.domains.find(({ standards }) => standards.some(({ code }) => code === standard))?.code;

/** The sample of the domain that a question belongs to. */
export const sampleOf = (
  { standard }: QuestionValues,
  { edition, samples }: Pick<CountContext, 'edition' | 'samples'>,
): Sample | undefined => samples.get(domainOf(edition, standard) ?? '');

function againstSample(
  claims: Claims,
  { code, relevant, yes }: QuestionValues,
  sample: Sample | undefined,
): void {
  if (!sample) return;
  for (const value of [relevant, yes]) {
    const count = numberOf(value);
    if (!value || count === undefined || count <= sample.cases) continue;
    const where = sample.places[0];
    const message = `${code}: ${count} cases are more than the ${sample.cases} that were inspected`;
    contradiction(claims, code, message, value.place, ...(where ? [where] : []));
    doubt(value, `more than the ${sample.cases} inspected cases`);
  }
}

function againstEachOther(claims: Claims, { code, relevant, yes }: QuestionValues): void {
  const [of, count] = [numberOf(relevant), numberOf(yes)];
  if (!relevant || !yes || of === undefined || count === undefined || count <= of) return;
  contradiction(claims, code, `${code}: ${count} yes of ${of} relevant cases`, yes.place, relevant.place);
  doubt(relevant, `fewer than the ${count} yes beside it`);
  doubt(yes, `more than the ${of} relevant cases beside it`);
}

/** "Of the 3 cases with factors …" above the prompts are the relevant cases of their key question. */
function againstHeads(claims: Claims, questions: readonly QuestionValues[], context: CountContext): void {
  const byCode = new Map(questions.map((question) => [question.code, question]));
  for (const question of questions) {
    const head = question.printed[0]?.head;
    const sample = sampleOf(question, context);
    if (!head || (sample && head.isOfSample && head.cases !== sample.cases)) continue;
    const of = numberOf(question.relevant);
    if (of !== undefined && question.relevant && of > head.cases) {
      contradiction(
        claims,
        question.code,
        `${question.code}: ${of} relevant cases of the ${head.cases} that the head of the table says`,
        question.relevant.place,
        head.place,
      );
      const isRepeated = questions.some(
        (other) => other !== question && other.printed[0]?.head === head && numberOf(other.relevant) === of,
      );
      // Other rows, or the sample, say the same number: it is the head that is out of line.
      if ((context.isDamaged || head.isOfSample) && !isRepeated && of !== sample?.cases)
        doubt(
          question.relevant,
          `more than the ${head.cases} in the head of the table, ${placeText(head.place)}`,
        );
    } else if (of === head.cases) confirm(question.relevant, head.place);
    if (question.level !== 'prompt') continue;
    const parent = byCode.get(question.code.slice(0, question.code.lastIndexOf('.')));
    if (!head.isOfSample && parent && numberOf(parent.relevant) === head.cases)
      confirm(parent.relevant, head.place);
  }
}

/**
 * In a damaged report a digit and the mark between two cells may have changed places: one cell is empty then, and the other has both
 * figures.
 */
function doubtBesideLost(questions: readonly QuestionValues[]): void {
  for (const { relevant, yes } of questions) {
    const [of, count] = [numberOf(relevant), numberOf(yes)];
    if (relevant?.confidence === 'lost' && count !== undefined)
      doubt(yes, 'the cell beside it is lost in a damaged report: the figure may be of both');
    const isLost = (yes?.confidence === 'lost' || yes?.confidence === 'doubtful') && yes.value === undefined;
    if (isLost && relevant?.confidence === 'read' && of !== undefined)
      doubt(relevant, 'the cell beside it is lost in a damaged report');
  }
}
