import { oneOf } from '../../../src/simulate/random.js';
import type { Row } from '../blocks.js';
import type { Making } from '../style.js';
import { monthText } from '../words.js';

/** What symbols beside ratings come out as. */
const signs = ['', '', '☆', '★', '⇒', '\\Rightarrow', '$\\stackrel{\\wedge}{\\Longrightarrow}$', '⯪', 'AJA'];

/** The ratings page: overall rating, score, and each standard's rating. */
export function ratingsPage(making: Making): void {
  const { draft, inspected, words, content, look, random } = making;
  const { service, edition, file } = inspected;
  const { score, out_of: outOf, rating } = file.overall ?? {};
  const scoreText = `${score}/${outOf}`;
  const sign = () => (look.oddSigns ? oneOf(random, signs) : '');
  draft.add({
    kind: 'heading',
    level: 2,
    text: content.ratings === 'list' ? 'Summary of ratings' : 'Ratings',
  });
  if (random.isBelow(0.1)) draft.add({ kind: 'heading', level: 2, text: 'Ratings' });
  draft.tell(['service', 'name'], service.name, 'service');
  draft.tell(['service', 'kind'], service.kind, 'service');
  const isScoreHere = content.hasScore && score !== undefined;
  if (isScoreHere) {
    draft.tell(['overall', 'score'], score, 'score');
    draft.tell(['overall', 'out_of'], outOf, 'score');
  }
  if (content.dates === 'month')
    draft.tell(['report', 'fieldwork_month'], inspected.from.slice(0, 7), 'fieldwork');
  for (const { standards } of edition.domains)
    for (const { code } of standards) {
      const value = inspected.rating(code);
      if (value) draft.tell(['standard_ratings', code, 'rating'], value, `rating ${code}`);
    }

  const started = `Fieldwork started${content.ratings === 'list' ? ':' : ''} ${monthText(inspected.from)}`;
  if (content.ratings === 'table') {
    if (content.dates === 'month') draft.add({ kind: 'paragraph', text: started, key: 'fieldwork' });
    const rows: Row[] = [
      { cells: [service.name, isScoreHere ? `Score ${scoreText}` : '', ''], key: 'service' },
      { cells: ['Overall rating', rating ?? '', sign()], key: 'overall' },
    ];
    if (isScoreHere && random.isBelow(0.5)) {
      rows[0] = { cells: [service.name, 'Score', scoreText], key: 'service' };
    }
    if (isScoreHere) keyAlso(making, 'score', 'service');
    for (const domain of edition.domains) {
      rows.push({ cells: [`${domain.code}.`, domain.title, '', ''] });
      for (const { code, title } of domain.standards)
        rows.push({
          cells: [code, title, inspected.rating(code) ?? 'Not rated', sign()],
          key: `rating ${code}`,
        });
    }
    draft.add({ kind: 'table', rows });
    return;
  }
  const label = content.ratings === 'list' ? `Service: ${service.name}` : service.name;
  draft.add({ kind: 'paragraph', text: label, key: 'service', bold: true });
  if (content.dates === 'month') draft.add({ kind: 'paragraph', text: started, key: 'fieldwork' });
  if (isScoreHere) draft.add({ kind: 'paragraph', text: `Score ${scoreText}`, key: 'score', bold: true });
  draft.add({ kind: 'heading', level: 3, text: 'Overall rating' });
  if (content.hasScore) draft.add({ kind: 'paragraph', text: rating ?? '', key: 'overall', bold: true });
  for (const domain of edition.domains) {
    draft.add({ kind: 'heading', level: 3, text: `${domain.code}. ${domain.title}` });
    if (content.ratings === 'items') {
      for (const { code, title } of domain.standards) {
        draft.add({ kind: 'paragraph', text: `${code} ${title}` });
        const text = inspected.rating(code) ?? 'Not rated';
        draft.add({ kind: 'paragraph', text, bold: true, key: `rating ${code}` });
        const odd = sign();
        if (odd) draft.add({ kind: 'paragraph', text: odd });
      }
    } else {
      const rows = domain.standards.map(({ code, title }) => ({
        cells: [code, title, inspected.rating(code) ?? 'Not rated'],
        key: `rating ${code}`,
      }));
      draft.add({ kind: 'table', rows });
    }
  }
  if (random.isBelow(0.3)) draft.add({ kind: 'paragraph', text: `This is how the ${words.team} was rated.` });
}

/** What was said to stand in one row stands in another. */
function keyAlso({ draft }: Making, from: string, to: string): void {
  for (const one of draft.truth) if (one.key === from) one.key = to;
}
