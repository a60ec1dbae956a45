import type { InspectionFile } from '../import/bundle/inspection-file.js';
import { countByConfidence } from '../read/bundle/reading-file.js';
import type { MadeBundle, Written } from '../read/bundle/write-bundle.js';
import { placeText } from '../read/report.js';
import { initials } from '../words/initials.js';
import { plural } from '../words/plural.js';

/** A report that was read and whose bundle was written. */
export interface ReadOne {
  file: string;
  bundle: string;
  outcome: Written;
  made: MadeBundle;
}

const mostFindings = 50;

/** What was read of a report, for people. */
export function readSummary({ file, bundle, outcome, made: { inspection, reading } }: ReadOne): string[] {
  const counts = Object.entries(countByConfidence(reading)).filter(([, count]) => count > 0);
  const findings = reading.findings.map(({ message, places, about }) => {
    const where = places.slice(0, 4).map(placeText).join('; ');
    return `    ${[where, message.includes(about) ? '' : about, message].filter(Boolean).join(': ')}`;
  });
  return [
    `${file}: ${heading(inspection)}`,
    `  ${ratingsLine(inspection)}`,
    `  ${counts.map(([confidence, count]) => `${count} ${confidence}`).join(', ')}; ${partsOf(inspection)}`,
    ...(findings.length > 0 ? [`  ${plural(findings.length, 'finding')} to look at:`] : []),
    ...findings.slice(0, mostFindings),
    `  ${said[outcome]} ${bundle}`,
  ];
}

const said: Record<Written, string> = {
  written: 'written to',
  replaced: 'written again to',
  unchanged: 'the same as before in',
};

/** "Barnet Youth Offending Service (YOS), fieldwork 2022-02-07 to 2022-02-11, published 2022-05, edition 2021". */
function heading({ service, report, edition }: InspectionFile): string {
  const { name, kind } = typeof service === 'string' ? { name: service } : service;
  const { fieldwork_from, fieldwork_to, fieldwork_month, published } = report ?? {};
  const began = fieldwork_from ?? fieldwork_month ?? '-';
  const fieldwork = fieldwork_to === undefined ? began : `${began} to ${fieldwork_to}`;
  return `${name}${kind ? ` (${kind})` : ''}, fieldwork ${fieldwork}, published ${published ?? '-'}, edition ${edition}`;
}

/** "1.1 G, 1.2 O, …; score 21/36; overall Good"; a rating that is lost or contradicted is "?". */
function ratingsLine({ standard_ratings = {}, overall = {} }: InspectionFile): string {
  const ratings = Object.entries(standard_ratings).map(([code, entry]) => {
    const { rating, not_rated = false } =
      typeof entry === 'string' ? { rating: entry, not_rated: false } : entry;
    return `${code} ${rating === undefined ? (not_rated ? 'not rated' : '?') : initials(rating)}`;
  });
  const score = overall.score === undefined ? '-' : `${overall.score}/${overall.out_of ?? '?'}`;
  return `${ratings.join(', ') || 'no ratings'}; score ${score}; overall ${overall.rating ?? '-'}`;
}

function partsOf(inspection: InspectionFile): string {
  const { key_questions = {}, prompts = {}, context = [], recommendations = [], findings = [] } = inspection;
  const strengths = findings.filter(({ kind }) => kind === 'strength').length;
  return [
    plural(Object.keys(key_questions).length, 'key question'),
    plural(Object.keys(prompts).length, 'prompt'),
    plural(context.length, 'fact'),
    plural(Array.isArray(recommendations) ? recommendations.length : recommendations, 'recommendation'),
    plural(strengths, 'strength'),
    `${plural(findings.length - strengths, 'area')} for improvement`,
  ].join(', ');
}
