import type { InspectionRatings } from '../queries/ratings.js';
import { fieldwork } from './fieldwork.js';
import { shortName } from './short-name.js';

/** The line above what is said of one inspection. */
export function inspectionHeading(inspection: InspectionRatings): string {
  const { service, edition, year, is_synthetic } = inspection;
  const when =
    inspection.fieldwork_start === null ? `published ${year}` : `fieldwork ${fieldwork(inspection)}`;
  return `${shortName(service)}, ${when}, edition ${edition}${is_synthetic ? ' (invented)' : ''}`;
}

/** A computed score with its maximum; "-" when there is none. */
export const scoreOf = ({ score, max_score }: Pick<InspectionRatings, 'score' | 'max_score'>): string =>
  score === null ? '-' : `${score}/${max_score}`;
