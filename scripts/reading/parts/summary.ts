import { areasForImprovement, strengths } from '../sentences.js';
import type { Making } from '../style.js';
import { fill, inPlace, some } from './fill.js';

/** An executive summary, which repeats the domains' titles and says in short what their chapters say. */
export function executiveSummary(making: Making): void {
  const { draft, inspected, words } = making;
  draft.add({ kind: 'heading', level: 2, text: 'Executive summary' });
  draft.add({
    kind: 'paragraph',
    text: `Overall, ${inspected.service.name} is rated as '${inspected.file.overall?.rating}'. The ${words.team} was inspected in the areas below.`,
  });
  for (const { title } of inspected.edition.domains) {
    draft.add({ kind: 'heading', level: 3, text: title });
    draft.add({ kind: 'paragraph', text: fill(making, 2) });
    draft.add({
      kind: 'paragraph',
      text: `${title === 'Resettlement' ? 'Our key findings about resettlement work' : `Key findings about ${title.toLowerCase()}`} were as follows:`,
    });
    const of = (from: readonly string[], count: number) =>
      some(making, from, count).map((sentence) => ({ text: `${inPlace(making, sentence)}.` }));
    draft.add({ kind: 'bullets', items: of(strengths, 3) }, { kind: 'paragraph', text: 'But:' });
    draft.add({ kind: 'bullets', items: of(areasForImprovement, 2) });
  }
}
