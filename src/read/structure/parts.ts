import { essence, likeness } from './wording.js';

/** What a part of a report is, as far as its own heading says. */
export type PartKind =
  | 'contents'
  | 'front'
  | 'foreword'
  | 'introduction'
  | 'ratings'
  | 'summary'
  | 'recommendations'
  | 'background'
  | 'facts'
  | 'methodology'
  | 'data annexe'
  | 'glossary'
  | 'other';

/** Headings of parts that are no domains, in the words of reports of all years, in their essence. */
const headings: [PartKind, string[]][] = [
  ['contents', ['Contents', 'Table of contents']],
  ['front', ['Acknowledgements', 'The role of HM Inspectorate of Probation']],
  ['foreword', ['Foreword']],
  ['introduction', ['Introduction']],
  ['ratings', ['Ratings', 'Summary of ratings', 'Overall ratings', 'Our ratings']],
  [
    'summary',
    [
      'Executive summary',
      'Overall findings',
      'Summary of findings',
      'Key findings',
      'Summary of key findings',
    ],
  ],
  ['recommendations', ['Recommendations', 'Our recommendations']],
  ['background', ['Background']],
  ['facts', ['Contextual facts', 'Key facts', 'Contextual information', 'Context']],
  ['methodology', ['Methodology', 'Inspection methodology', 'Our methodology']],
  [
    'data annexe',
    ['Inspection data', 'Inspection results', 'Data from inspected cases', 'Summary of inspection results'],
  ],
  ['glossary', ['Glossary', 'Glossary of terms']],
];

const known = headings.flatMap(([kind, titles]) => titles.map((title) => ({ kind, title: essence(title) })));

/** "Annexe 1: ", "Annex 2 – ", "Appendix A. ", with a damaged letter or two. */
const annexe = /^\s*(\S{4,9})\s?([0-9A-Dil|])?\s*[:.–—-]?\s*/i;

/** The part that a line begins, and how near its words are to that part's heading; undefined when it is no such heading. */
export function partOf(text: string): { kind: PartKind; likeness: number; isAnnexe: boolean } | undefined {
  if (text.length > 60) return undefined;
  const start = annexe.exec(text);
  const isAnnexe =
    start !== null &&
    ['annexe', 'annex', 'appendix'].some((word) => likeness(essence(start[1] as string), word, 0.75) >= 0.75);
  const rest = isAnnexe ? text.slice((start[0] as string).length) : text;
  const plain = essence(rest);
  const best = known
    .map(({ kind, title }) => ({ kind, title, likeness: likeness(plain, title, 0.8) }))
    .sort((a, b) => b.likeness - a.likeness)[0];
  if (best && best.likeness >= (best.title.length < 9 ? 0.85 : 0.8))
    return { kind: best.kind, likeness: best.likeness, isAnnexe };
  return isAnnexe && text.length <= 45 ? { kind: 'other', likeness: 0.75, isAnnexe } : undefined;
}
