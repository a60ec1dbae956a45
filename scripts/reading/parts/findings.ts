import { oneOf } from '../../../src/simulate/random.js';
import { areasForImprovement, strengths } from '../sentences.js';
import type { Making } from '../style.js';
import { inPlace, some } from './fill.js';

/** Strengths and areas for improvement of a domain. */
export function findingsPart(making: Making, about: { domain: string }): void {
  const { draft, look, random } = making;
  const colon = oneOf(random, [':', '', ':']);
  const kinds = [
    { kind: 'strength', title: `Strengths${colon}`, from: strengths, count: random.whole(2, 6) },
    {
      kind: 'area for improvement',
      title: `Areas for improvement${colon}`,
      from: areasForImprovement,
      count: random.whole(1, 4),
    },
  ];
  for (const { kind, title, from, count } of kinds) {
    const items = some(making, from, count).map((sentence) => {
      const number = new Set(
        draft.truth.filter(({ path }) => path[0] === 'findings').map(({ path }) => path[1]),
      ).size;
      const key = `finding ${number}`;
      const summary = `${inPlace(making, sentence)}.`;
      draft.tell(['findings', number, 'kind'], kind, key);
      draft.tell(['findings', number, 'domain'], about.domain, key);
      draft.tell(['findings', number, 'summary'], summary, key);
      return { text: summary, key };
    });
    draft.add(
      look.headings === 'Markdown'
        ? { kind: 'heading', level: about.domain === '4' ? 4 : 3, text: title }
        : { kind: 'paragraph', text: title },
      { kind: 'bullets', items },
    );
  }
}
