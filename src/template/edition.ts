import type { Connection } from '../database/connect.js';
import { editionNamed, type Framework, type FrameworkQuestion, isAskedOn } from '../framework/framework.js';
import { readFrameworks } from '../framework/read-frameworks.js';

/** What the files to fill in have to say about an edition: its questions are those that are asked of cases at the time. */
export interface TemplateEdition extends Omit<Framework, 'questions'> {
  questions: (FrameworkQuestion & { sample: string })[];
}

/**
 * Reads an edition, with the questions that it asks in fieldwork that begins on a day (ISO). Throws a UserError when
 * there is no such edition.
 */
export async function readEdition(db: Connection, edition: string, day: string): Promise<TemplateEdition> {
  const framework = editionNamed(await readFrameworks(db), edition);
  const isOfCases = (one: FrameworkQuestion): one is FrameworkQuestion & { sample: string } =>
    one.sample !== null;
  const asked = [...framework.questions.values()].filter(isOfCases).filter((one) => isAskedOn(one, day));
  return { ...framework, questions: asked };
}
