import { atOneMoment } from '../database/at-one-moment.js';
import type { Connection } from '../database/connect.js';
import type { Framework } from '../framework/framework.js';
import { readFrameworks } from '../framework/read-frameworks.js';

/**
 * Every edition, by code: its rules as the ratings computation needs them, its standards, questions and samples.
 * @example
 * const known = await editions(db);
 * const bands = known.get('2021')?.rules[0]?.bands;
 */
export function editions(db: Connection): Promise<Map<string, Framework>> {
  return atOneMoment(db, (at) => readFrameworks(at));
}
