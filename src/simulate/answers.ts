import { type Framework, isAskedOn } from '../framework/framework.js';
import type { SimulatedCase } from './cases.js';
import { simulationWords } from './material.js';
import { type Draws, draws, probability, textHash } from './random.js';

/** As it stands in answers.csv; undefined where the question is not asked of the case. */
export type SimulatedAnswer = 'yes' | 'no' | 'na' | undefined;

/** A question that cases of a sample are asked, with what decides how it is answered. */
export interface AskedQuestion {
  code: string;
  isKeyQuestion: boolean;
  standard: string;
  sample: string;
  /** Which key question it is, or stands below: they share an effect of the case. */
  keyQuestion: number;
  kinds: ReadonlySet<string> | null;
  /** Log-odds of yes beside the mean. */
  ease: number;
  /** Probability that it does not apply to a case of middling risk. */
  notApplicable: number;
  isAboutOthers: boolean;
}

/** The questions that an edition asks of cases at a fieldwork date, in its order. A code is as easy in every edition. */
export function askedQuestions(
  { questions }: Framework,
  fieldworkFrom: string,
  seed: number,
): AskedQuestion[] {
  const aboutOthers = new RegExp(simulationWords().not_applicable.wording, 'i');
  let keyQuestion = -1;
  return [...questions].flatMap(([code, question]) => {
    const { level, standard, sample, kinds, text, appliesWhen } = question;
    if (sample === null || question.sampleId === null || !isAskedOn(question, fieldworkFrom)) return [];
    const isKeyQuestion = level === 'key question';
    if (isKeyQuestion) keyQuestion++;
    const random = draws(seed, 'question', textHash(code));
    const ease = isKeyQuestion ? 0.2 + 0.3 * random.normal() : -0.05 + 0.5 * random.normal();
    const isOften = random.isBelow(0.5);
    const share = random.uniform();
    const [isLimited, isAboutOthers] = [appliesWhen !== null, aboutOthers.test(text)];
    let notApplicable = 0.005 + (isKeyQuestion ? 0.02 : 0.06) * share;
    if (isAboutOthers && (isLimited || (!isKeyQuestion && isOften))) notApplicable = 0.33 + 0.12 * share;
    else if (isLimited) notApplicable = 0.06 + 0.12 * share;
    return [
      { code, isKeyQuestion, keyQuestion, standard, sample, kinds, ease, notApplicable, isAboutOthers },
    ];
  });
}

const meanLogOdds = 0.88;

/**
 * Answers of each case, in the order of the questions. Each is drawn on its own from a logistic model of the service's
 * quality, the standard, the question and the case: a key question's answer resembles those of its prompts, and does not
 * follow from them.
 */
export function drawAnswers(
  random: Draws,
  questions: readonly AskedQuestion[],
  cases: readonly SimulatedCase[],
  quality: number,
): SimulatedAnswer[][] {
  const ofStandard = new Map<string, number>();
  for (const { standard } of questions)
    if (!ofStandard.has(standard)) ofStandard.set(standard, 0.25 * random.normal());
  const logOdds = questions.map(
    ({ standard, ease }) => meanLogOdds + quality + (ofStandard.get(standard) ?? 0) + ease,
  );
  const { attribute, factors } = simulationWords().not_applicable;
  return cases.map((one) => {
    const ofCase = 0.5 * random.normal();
    const risk = factors[one.attributes[attribute] ?? ''] ?? 1;
    let keyQuestion = -1;
    let ofKeyQuestion = 0;
    return questions.map((question, at) => {
      if (question.sample !== one.sample) return undefined;
      if (question.kinds && !question.kinds.has(one.kind ?? '')) return undefined;
      if (question.keyQuestion !== keyQuestion) {
        keyQuestion = question.keyQuestion;
        ofKeyQuestion = 0.6 * random.normal();
      }
      const notApplicable = question.notApplicable * (question.isAboutOthers ? risk : 1);
      if (random.isBelow(notApplicable)) return 'na';
      return random.isBelow(probability((logOdds[at] as number) + ofCase + ofKeyQuestion)) ? 'yes' : 'no';
    });
  });
}
