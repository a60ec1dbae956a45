import type { ViewRow } from './view.js';

/** Those of services of today that were not inspected for longest, so many of them, the longest first. */
export const longestNotInspected = <Service extends ViewRow<'service'>>(
  services: readonly Service[],
  count: number,
): Service[] =>
  services
    .filter(({ is_current, days_since }) => is_current && days_since !== null)
    .sort((a, b) => (b.days_since ?? 0) - (a.days_since ?? 0) || a.service_id - b.service_id)
    .slice(0, count);
