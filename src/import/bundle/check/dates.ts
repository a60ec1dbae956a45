import { isDay } from '../../../days.js';
import type { Check } from './check.js';

/** Dates that there are, in an order that there can be. */
export function checkDates(check: Check): void {
  const { dates } = check;
  const { report } = check.inspection;
  for (const key of ['fieldwork_from', 'fieldwork_to', 'published'] as const) {
    const value = report[key];
    if (value !== undefined && !isDay(`${value}-01-01`.slice(0, 10)))
      check.say(['report', key], `${key} is ${value}: there is no such date`);
  }
  if (!dates)
    check.say(
      ['report'],
      'report: fieldwork_from (a day) or fieldwork_month (a month) is missing; where neither is known, published',
    );
  else {
    const { fieldworkStart, fieldworkEnd } = dates;
    if (fieldworkEnd && fieldworkStart && fieldworkEnd < fieldworkStart) {
      check.say(
        ['report', 'fieldwork_to'],
        `fieldwork ends on ${fieldworkEnd}, before it begins on ${fieldworkStart}`,
      );
    }
    const { fieldwork_from, fieldwork_month } = report;
    if (fieldwork_from && fieldwork_month && !fieldwork_from.startsWith(fieldwork_month)) {
      check.say(
        ['report', 'fieldwork_month'],
        `fieldwork_month is ${fieldwork_month}, but fieldwork_from is ${fieldwork_from}`,
      );
    }
    // Each is known as far as it is known: a month is before another month, not before a day in it.
    const published = String(report.published ?? '');
    if (fieldworkStart && published < fieldworkStart.slice(0, published.length)) {
      check.say(
        ['report', 'published'],
        `published ${published}, before fieldwork began on ${fieldworkStart}`,
      );
    }
  }
}
