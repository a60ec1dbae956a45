import { oneOf } from '../../../src/simulate/random.js';
import type { Making } from '../style.js';
import { monthText } from '../words.js';
import { fill } from './fill.js';

/** Title page, contents, thanks, and the introduction with what was found overall. */
export function front(making: Making): void {
  const { draft, inspected, words, content, random } = making;
  const { service, edition } = inspected;
  const title = `An inspection of ${words.youth} services in`;
  const isOneLine = random.isBelow(0.3);
  if (isOneLine) {
    draft.add({ kind: 'heading', level: 1, text: `${title} ${service.area}`, key: 'title' });
  } else {
    draft.add({ kind: 'paragraph', text: title, key: 'title' });
    draft.add({ kind: 'heading', level: 1, text: service.area, key: 'area' });
  }
  draft.tell(['report', 'title'], `${title} ${service.area}`, 'title');
  draft.tell(['service', 'area'], service.area, isOneLine ? 'title' : 'area');
  const year = inspected.published.slice(0, 4);
  if (content.published === 'month') {
    const text = `HM Inspectorate of Probation, ${monthText(inspected.published)}`;
    draft.add({ kind: 'paragraph', text, key: 'published' });
    draft.tell(['report', 'published'], inspected.published, 'published');
  } else {
    draft.add({ kind: 'paragraph', text: 'HM Inspectorate of Probation' });
    draft.tell(['report', 'published'], year, 'copyright');
  }
  draft.tell(['edition'], inspected.code, 'edition');

  if (random.isBelow(0.85)) {
    let page = 3;
    const names = ['Foreword', 'Ratings', 'Recommendations', 'Background', 'Contextual facts'];
    const entries = names.map((text) => ({ text, page: page++ }));
    for (const domain of edition.domains) {
      entries.push({ text: `${domain.code}. ${domain.title}`, page });
      for (const standard of domain.standards) {
        entries.push({ text: `${standard.code}. ${standard.title}`, page: page });
        page += random.whole(1, 3);
      }
    }
    entries.push({ text: 'Annexe 1: Methodology', page: page + 2 });
    draft.add({ kind: 'heading', level: 2, text: 'Contents' }, { kind: 'contents', entries });
  }

  const led = oneOf(random, [
    `This inspection was led by HM Inspector ${inspected.leadInspector}, supported by a team of inspectors.`,
    `HM Inspector ${inspected.leadInspector} led this inspection, with colleagues from across the Inspectorate.`,
  ]);
  draft.add({ kind: 'heading', level: 2, text: 'Acknowledgements' });
  draft.add({ kind: 'paragraph', text: `${led} We thank all who took part.`, key: 'led' });
  draft.tell(['report', 'lead_inspector'], inspected.leadInspector, 'led');
  draft.add({ kind: 'paragraph', text: `© Crown copyright ${year}`, key: 'copyright' });
  draft.add({
    kind: 'paragraph',
    text: `${oneOf(random, ['ISBN', 'ISBN:'])} ${inspected.isbn}`,
    key: 'isbn',
  });
  draft.tell(['report', 'isbn'], inspected.isbn, 'isbn');
  draft.add({ kind: 'page', number: 2 });

  const overall = inspected.file.overall?.rating as string;
  draft.add({ kind: 'heading', level: 2, text: random.isBelow(0.5) ? 'Foreword' : 'Introduction' });
  const rated = oneOf(random, [
    `Overall, ${service.name} is rated as '${overall}'.`,
    `We have given ${service.area} ${words.team} an overall rating of '${overall}'.`,
    `Overall ${words.youth} work in ${service.area} is rated as: '${overall}'.`,
  ]);
  draft.add({
    kind: 'paragraph',
    key: 'foreword',
    text: `This inspection is part of our programme of ${words.youth} service inspections. We have inspected and rated ${service.area} ${words.team} across ${edition.domains.length === 4 ? 'four' : 'three'} broad areas. ${rated}`,
  });
  draft.tell(['overall', 'rating'], overall, content.hasScore ? 'overall' : 'foreword');
  if (content.dates === 'days') fieldwork(making);
  draft.add({ kind: 'paragraph', text: fill(making, 3) });
}

function fieldwork({ draft, inspected, random }: Making): void {
  const { from, to } = inspected;
  const first = from.slice(0, 7) === to.slice(0, 7) ? String(Number(from.slice(8))) : dayAndMonth(from);
  const last = `${Number(to.slice(8))} ${monthText(to)}`;
  const text = oneOf(random, [
    `Our fieldwork took place between ${first} and ${last}.`,
    `Fieldwork was carried out from ${first} to ${last}, on site and by video.`,
  ]);
  draft.add({ kind: 'paragraph', text, key: 'fieldwork' });
  draft.tell(['report', 'fieldwork_from'], from, 'fieldwork');
  draft.tell(['report', 'fieldwork_to'], to, 'fieldwork');
}

const dayAndMonth = (date: string): string => `${Number(date.slice(8))} ${monthText(date).slice(0, -5)}`;
