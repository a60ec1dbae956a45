import type { EditionFile } from '../../import/edition/edition-file.js';
import { essence, questionEssence, withoutLimit } from '../structure/wording.js';

/** A line that a report of an edition is expected to have where it prints results. */
export interface Expected {
  kind: 'standard' | 'key question' | 'heading' | 'prompt';
  /** Of the standard, key question (also of its heading) or prompt. */
  code: string;
  standard: string;
  /** Its wordings in their essence; a standard's are its title and statement. */
  wordings: string[];
}

/**
 * What an edition's reports print of case-based standards, in order: each standard's title, its key questions, and for each key
 * question its heading and prompts. Reports also word a key question as standards of the same title in other domains or editions
 * word theirs in its place ("Does service delivery …" for "Does the implementation and delivery of services …").
 */
export function expectedLines(edition: EditionFile, others: readonly EditionFile[] = []): Expected[] {
  const twins = wordingsByPlace([edition, ...others]);
  return edition.domains.flatMap((domain) =>
    domain.standards.flatMap((standard): Expected[] => {
      const within = { standard: standard.code };
      const questions = standard.key_questions ?? [];
      const title: Expected = {
        ...within,
        kind: 'standard',
        code: standard.code,
        wordings: [essence(standard.title)],
      };
      if (standard.basis !== 'cases') return [title];
      const wordings = ({ text }: { text: string }) => [
        ...new Set([questionEssence(text), withoutLimit(questionEssence(text))]),
      ];
      const all = (question: { text: string }, at: number) => [
        ...new Set([...wordings(question), ...(twins.get(`${essence(standard.title)} ${at}`) ?? [])]),
      ];
      return [
        title,
        ...questions.map(
          (question, at): Expected => ({
            ...within,
            kind: 'key question',
            code: question.code,
            wordings: all(question, at),
          }),
        ),
        ...questions.flatMap((question, at): Expected[] => [
          { ...within, kind: 'heading', code: question.code, wordings: all(question, at) },
          ...(question.prompts ?? []).map(
            (prompt): Expected => ({
              ...within,
              kind: 'prompt',
              code: prompt.code,
              wordings: wordings(prompt),
            }),
          ),
        ]),
      ];
    }),
  );
}

/** Wordings of case-based key questions by their standard's title and their place in it. */
function wordingsByPlace(editions: readonly EditionFile[]): Map<string, string[]> {
  const byPlace = new Map<string, string[]>();
  for (const { title, basis, key_questions } of editions.flatMap(({ domains }) =>
    domains.flatMap(({ standards }) => standards),
  )) {
    if (basis !== 'cases') continue;
    for (const [at, { text }] of (key_questions ?? []).entries()) {
      const key = `${essence(title)} ${at}`;
      byPlace.set(key, [...(byPlace.get(key) ?? []), questionEssence(text)]);
    }
  }
  return byPlace;
}
