import type { EditionFile, QuestionEntry } from '../../import/edition/edition-file.js';
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
  if (context.isDamaged) suspiciousCounts(questions, context);
}

/** A figure and the mark between two cells may have changed places: what is beside a figure that can't be right is no surer. */
function doubtBeside(questions: readonly QuestionValues[]): void {
  for (const { relevant, yes } of questions)
    if (
      [relevant, yes].some(
        (value) => value?.confidence === 'doubtful' && !(value.why ?? '').includes('no figure'),
      )
    )
      for (const value of [relevant, yes])
        if (value?.confidence === 'read') doubt(value, 'the figure beside it is doubtful');
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
 * In a damaged report a figure that nothing confirms may have lost or changed a digit. Which ones are likely to have: relevant cases that
 * are fewer than the table's although nothing limits the question; a share of yes far from that of the questions around it; a lost figure's
 * neighbour.
 */
function suspiciousCounts(questions: readonly QuestionValues[], { edition }: CountContext): void {
  const limited = limitedCodes(edition);
  for (const question of questions) {
    const { relevant, yes, printed } = question;
    const [of, count] = [numberOf(relevant), numberOf(yes)];
    const head = printed[0]?.head;
    // A digit and the mark between two cells that changed places leave one cell empty, and the other with both figures.
    if (relevant && relevant.confidence === 'lost' && count !== undefined && count > 9)
      doubt(yes, 'the cell beside it is lost in a damaged report: the figure may be of both');
    if (yes && (yes.confidence === 'lost' || yes.confidence === 'doubtful') && yes.value === undefined)
      if (relevant?.confidence === 'read' && of !== undefined && of > 9)
        doubt(relevant, 'the cell beside it is lost in a damaged report');
    if (of !== undefined && head && of * 2 < head.cases && !limited.has(question.code))
      doubt(relevant, `far fewer than the ${head.cases} of the table, in a damaged report`);
  }
}

/** Questions that the framework asks only of some cases. */
function limitedCodes(edition: EditionFile): Set<string> {
  const limited = new Set<string>();
  const look = (question: QuestionEntry, isLimited: boolean) => {
    const own =
      isLimited || question.applies_when !== undefined || question.applies_to_disposals !== undefined;
    if (own || /where (?:applicable|appropriate)|victim/i.test(question.text)) limited.add(question.code);
    for (const prompt of question.prompts ?? []) look(prompt, false);
  };
  for (const { standards } of edition.domains)
    for (const { key_questions } of standards)
      for (const question of key_questions ?? []) look(question, false);
  return limited;
}
