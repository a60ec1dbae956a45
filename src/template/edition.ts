import type { Connection } from '../database/connect.js';
import { isAsked } from '../import/bundle/answer-sheet.js';
import { type CaseCodes, readCaseCodes } from '../import/bundle/case-codes.js';
import { readFramework } from '../import/edition/framework.js';
import { inOneTransaction } from '../import/one-transaction.js';
import { didYouMean, listed } from '../nearest.js';
import { exitCode, UserError } from '../problem.js';

/** What the files to fill in have to say about an edition. */
export interface TemplateEdition {
  code: string;
  title: string;
  /** Lowest first. */
  ratings: string[];
  standards: { code: string; title: string; basis: string }[];
  /** Those that are asked of cases, in the edition's order. */
  questions: TemplateQuestion[];
  /** By sample: its disposal types, with the coarser type that each is part of. */
  disposals: Map<string, Map<string, string | null>>;
  /** Values of the characteristics of a case. */
  codes: CaseCodes;
}

export interface TemplateQuestion {
  code: string;
  level: string;
  sample: string;
  text: string;
  /** In words: the cases it is asked of, where that is not all of them. */
  appliesWhen: string | null;
  /** The only disposals that it is asked of; null when of all. */
  disposals: string[] | null;
}

/**
 * Reads an edition, with the questions that it asks in fieldwork that begins on a day (ISO). Throws a UserError when
 * there is no such edition.
 */
export function readEdition(db: Connection, edition: string, day: string): Promise<TemplateEdition> {
  return inOneTransaction(db, async (trx) => {
    const editions = await trx
      .selectFrom('core.edition')
      .select(['edition_code', 'title'])
      .orderBy('edition_code')
      .execute();
    const framework = await readFramework(trx, edition);
    const title = editions.find(({ edition_code }) => edition_code === edition)?.title;
    if (!framework || title === undefined) {
      const known = editions.map(({ edition_code }) => edition_code);
      throw new UserError(
        `There is no edition "${edition}"${didYouMean(edition, known)}: there are ${listed(known)}.`,
        exitCode.call,
      );
    }
    const standards = await trx
      .selectFrom('core.standard')
      .select(['standard_code as code', 'title', 'basis'])
      .where('edition_code', '=', edition)
      .orderBy('position')
      .execute();
    const wording = await trx
      .selectFrom('core.question')
      .select(['question_code as code', 'text', 'applies_when as appliesWhen'])
      .where('edition_code', '=', edition)
      .orderBy('position')
      .execute();
    const questions: TemplateQuestion[] = [];
    for (const { code, text, appliesWhen } of wording) {
      const found = framework.questions.get(code);
      if (!found || found.sample === null || !isAsked(found, day)) continue;
      const disposals = found.disposals && [...found.disposals];
      questions.push({ code, level: found.level, sample: found.sample, text, appliesWhen, disposals });
    }
    const samples = [...framework.questionnaires.keys()];
    return {
      code: edition,
      title,
      ratings: framework.ratings,
      standards,
      questions,
      disposals: new Map(samples.map((sample) => [sample, framework.disposals.get(sample) ?? new Map()])),
      codes: await readCaseCodes(trx),
    };
  });
}
