import fc from 'fast-check';
import type { Transaction } from 'kysely';
import type { DB } from '../../src/database/schema.js';
import type { EditionFile } from '../../src/import/edition/edition-file.js';
import { readFramework } from '../../src/import/edition/framework.js';
import { days } from './random-edition.js';

type Known =
  | 'nothing'
  | 'answers'
  | 'counts'
  | 'percentage'
  | 'counts and percentage'
  | 'lost'
  | 'not applicable';

/** An inspection as dice say: chances that are read off one after the other, so that any edition can use them. */
export interface RandomInspection {
  fieldworkStart: string;
  /** Cases of the samples court and out of court; null where the source does not say. */
  cases: [number | null, number | null];
  /** Whether each case gives its answers; needs the number of cases. */
  answered: [boolean, boolean];
  questions: { known: Known; relevant: number; yes: number; percent: number; answers: number[] }[];
  standards: { judged: number | null; decided: number | null; published: number | null }[];
  overall: number | null;
}

const kinds: Known[] = ['nothing', 'counts', 'percentage', 'counts and percentage', 'lost', 'not applicable'];

/** A random inspection: few or many cases, every kind of evidence, gaps everywhere. */
export function randomInspection(): fc.Arbitrary<RandomInspection> {
  const share = fc.integer({ min: 0, max: 1000 });
  const cases = fc.option(fc.integer({ min: 0, max: 25 }), { freq: 6 });
  const chosen = fc.option(fc.nat(100));
  return fc.record({
    fieldworkStart: fc.constantFrom(...days),
    cases: fc.tuple(cases, cases),
    answered: fc.tuple(fc.boolean(), fc.boolean()),
    questions: fc.array(
      fc.record({
        // mostly counts, so that standards are often computed
        known: fc.oneof(
          { weight: 3, arbitrary: fc.constant<Known>('counts') },
          { weight: 2, arbitrary: fc.constantFrom(...kinds) },
        ),
        relevant: share,
        yes: share,
        percent: fc.integer({ min: 0, max: 100 }),
        answers: fc.array(fc.nat(2), { minLength: 25, maxLength: 25 }),
      }),
      { minLength: 60, maxLength: 60 },
    ),
    standards: fc.array(
      fc.record({ judged: chosen, decided: fc.option(fc.nat(100), { freq: 1 }), published: chosen }),
      {
        minLength: 9,
        maxLength: 9,
      },
    ),
    overall: chosen,
  });
}

/** Writes a random inspection under an edition that is in the database. Returns its key. */
export async function writeRandomInspection(
  trx: Transaction<DB>,
  edition: EditionFile,
  random: RandomInspection,
  number: number,
): Promise<number> {
  const framework = await readFramework(trx, String(edition.edition));
  if (!framework) throw new Error('write the edition first');
  const { service_id } = await trx
    .insertInto('core.service')
    .values({ service_code: `random-${number}`, area: `Random ${number}` })
    .returning('service_id')
    .executeTakeFirstOrThrow();
  const { inspection_id } = await trx
    .insertInto('core.inspection')
    .values({
      inspection_code: `random-${number}`,
      service_id,
      edition_code: framework.edition,
      service_at_inspection: `Random ${number}`,
      fieldwork_start: random.fieldworkStart,
      fieldwork_precision: 'day',
      is_synthetic: true,
    })
    .returning('inspection_id')
    .executeTakeFirstOrThrow();
  const own = { inspection_id, edition_code: framework.edition };
  let caseNo = 0;
  for (const [at, sample] of ['court', 'out of court'].entries()) {
    const questionnaire_id = framework.questionnaires.get(sample);
    if (questionnaire_id === undefined) continue;
    const cases = random.cases[at] ?? null;
    await trx
      .insertInto('core.inspection_sample')
      .values({ ...own, sample, questionnaire_id, cases })
      .execute();
    const asked = [...framework.questions.values()].filter(
      (question) => question.questionnaire === questionnaire_id,
    );
    const questions = asked.map((question, q) => ({
      ...question,
      dice: random.questions[(q + 17 * at) % 60] as RandomInspection['questions'][0],
    }));
    const first = caseNo + 1;
    if (cases && random.answered[at]) {
      caseNo += cases;
      const numbers = Array.from({ length: cases }, (_, c) => first + c);
      const disposal = 'other';
      await trx
        .insertInto('core.inspected_case')
        .values(
          numbers.map((case_no) => ({
            inspection_id,
            case_no,
            questionnaire_id,
            sample,
            pseudonym: `case ${case_no}`,
            disposal,
          })),
        )
        .execute();
      // some questions go unanswered, so that published figures stand in for them
      const answers = questions
        .filter(({ dice }) => dice.known !== 'lost')
        .flatMap(({ id, dice }) =>
          numbers.map((case_no, c) => ({
            inspection_id,
            case_no,
            question_id: id,
            questionnaire_id,
            answer: (['yes', 'no', 'not applicable'] as const)[
              dice.known === 'not applicable' ? 2 : (dice.answers[c] as number)
            ] as 'yes',
          })),
        );
      if (answers.length > 0) await trx.insertInto('core.answer').values(answers).execute();
    }
    const published = questions.flatMap(({ id, dice }) => {
      const figures = publishedFigures(dice, cases ?? 20);
      return figures ? [{ inspection_id, question_id: id, questionnaire_id, ...figures }] : [];
    });
    if (published.length > 0) await trx.insertInto('core.published_result').values(published).execute();
  }
  for (const [at, [standard_code, { basis }]] of [...framework.standards].entries()) {
    const dice = random.standards[at % 9] as RandomInspection['standards'][0];
    const pick = (roll: number) => framework.ratings[roll % framework.ratings.length] as string;
    if (dice.published !== null) {
      await trx
        .insertInto('core.published_standard_rating')
        .values({ ...own, standard_code, rating: pick(dice.published) })
        .execute();
    }
    if (basis === 'qualitative' && dice.judged !== null) {
      await trx
        .insertInto('core.qualitative_rating')
        .values({ ...own, standard_code, rating: pick(dice.judged) })
        .execute();
    }
    if (basis === 'cases' && dice.decided !== null && pick(dice.decided) !== pick(dice.decided + 1)) {
      await trx
        .insertInto('core.panel_decision')
        .values({
          ...own,
          standard_code,
          from_rating: pick(dice.decided),
          to_rating: pick(dice.decided + 1),
          reason: 'dice',
        })
        .execute();
    }
  }
  if (random.overall !== null) {
    const rating = framework.ratings[random.overall % framework.ratings.length] as string;
    await trx
      .insertInto('core.published_overall')
      .values({ ...own, rating })
      .execute();
  }
  return inspection_id;
}

function publishedFigures(dice: RandomInspection['questions'][0], cases: number) {
  const relevant = Math.floor((dice.relevant * (cases + 1)) / 1001);
  const yes = Math.floor((dice.yes * (relevant + 1)) / 1001);
  const { percent } = dice;
  switch (dice.known) {
    case 'counts':
      return { relevant, yes };
    case 'percentage':
      return { percent };
    case 'counts and percentage':
      return { relevant, yes, percent };
    case 'lost':
      return dice.yes % 2 === 0
        ? { yes, relevant_lost: true }
        : dice.yes % 3 === 0
          ? { percent_lost: true }
          : { relevant, yes_lost: true };
    case 'not applicable':
      return { no_relevant_case: true };
    default:
      return undefined;
  }
}
