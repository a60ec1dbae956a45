import { type SampleKey, sampleKeys } from '../../import/bundle/inspection-file.js';
import type { EditionFile } from '../../import/edition/edition-file.js';
import type { Framework } from '../../import/edition/framework.js';
import { disposalNames } from '../around/disposals.js';

/** What a bundle may refer to, from an edition's files: the same that the loader reads from its tables. */
export function frameworkOf(edition: EditionFile): Framework {
  const framework: Framework = {
    edition: String(edition.edition),
    ratings: edition.ratings,
    domains: new Set(),
    standards: new Map(),
    questions: new Map(),
    questionnaires: new Map(),
    disposals: disposalsBySample(),
  };
  let questionnaire = 0;
  let position = 0;
  for (const domain of edition.domains) {
    framework.domains.add(domain.code);
    if (domain.sample !== undefined) framework.questionnaires.set(domain.sample, ++questionnaire);
    for (const standard of domain.standards) {
      framework.standards.set(standard.code, { basis: standard.basis });
      const sample = standard.basis === 'cases' ? (domain.sample ?? null) : null;
      const ofStandard = {
        standard: standard.code,
        sample,
        questionnaire: sample === null ? null : questionnaire,
        disposals: null,
      };
      for (const { prompts = [], ...question } of standard.key_questions ?? [])
        for (const [at, { code, from = null, until = null }] of [question, ...prompts].entries()) {
          const level = at === 0 ? 'key question' : 'prompt';
          framework.questions.set(code, {
            id: ++position,
            position,
            level,
            from: from ?? question.from ?? null,
            until: until ?? question.until ?? null,
            ...ofStandard,
          });
        }
    }
  }
  return framework;
}

function disposalsBySample(): Framework['disposals'] {
  const bySample: Framework['disposals'] = new Map(Object.values(sampleKeys).map((key) => [key, new Map()]));
  for (const { sample, code, partOf } of disposalNames)
    bySample.get(sampleKeys[sample as SampleKey])?.set(code, partOf ?? null);
  return bySample;
}
