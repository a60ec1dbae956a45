import { oneOf } from '../../../src/simulate/random.js';
import { recommendations } from '../sentences.js';
import type { Making } from '../style.js';
import { inWords, listed } from '../words.js';
import { inPlace, some } from './fill.js';

/** Recommendations, numbered throughout, below whom they are addressed to. */
export function recommendationsPart(making: Making): void {
  const { draft, inspected, words, random } = making;
  const { name, area } = inspected.service;
  const addressees = some(
    making,
    [
      name,
      `${area} ${words.team}`,
      `The ${area} Youth Justice Management Board`,
      `${area} Council`,
      `${area} Council and ${name}`,
      'The Youth Justice Board',
      `The Chief Constable and ${area} Council`,
      listed([name, `${area} early help services`, 'the police']),
      `The chair of the management board`,
    ],
    random.whole(1, 4),
  );
  const each = addressees.map((to) => ({ to, count: random.whole(1, 3) }));
  const chosen = some(
    making,
    recommendations,
    each.reduce((sum, { count }) => sum + count, 0),
  );
  draft.add({ kind: 'heading', level: 2, text: 'Recommendations' });
  draft.add({
    kind: 'paragraph',
    text: `From what was found we have made ${inWords(chosen.length)} recommendation${chosen.length === 1 ? '' : 's'} for the good of ${words.children} in ${area}.`,
  });
  let number = 0;
  for (const { to, count } of each) {
    const key = `addressee ${to}`;
    const text = `${to} should:`;
    draft.add(
      making.look.headings === 'Markdown' && random.isBelow(0.8)
        ? { kind: 'heading', level: 3, text, key }
        : { kind: 'paragraph', text, key, bold: random.isBelow(0.3) },
    );
    const from = number + 1;
    const items = chosen.slice(number, number + count).map((sentence, at) => {
      const summary = inPlace(making, sentence);
      const itemKey = `recommendation ${from + at}`;
      draft.tell(['recommendations', from + at - 1, 'number'], from + at, itemKey);
      draft.tell(['recommendations', from + at - 1, 'addressed_to'], to, itemKey);
      draft.tell(['recommendations', from + at - 1, 'summary'], summary, itemKey);
      return { text: summary, key: itemKey };
    });
    draft.add({ kind: 'numbered', from, items });
    number += count;
  }
  if (oneOf(random, [true, false])) draft.add({ kind: 'page', number: 5 });
}
