import { type Period, spanOf } from '../days.js';
import type { CalledService, Resolved } from './resolve.js';

/** What there is to say of a name that led to a service in a way that its owner may not expect; undefined when nothing. */
export function remarkOn(
  resolved: Extract<Resolved<CalledService>, { found: unknown }>,
  name: string,
  day: string,
): string | undefined {
  const { found, by, held, period, council } = resolved;
  const span = spanOf(period.from == null && period.until == null ? timeOf(found) : period);
  if (by !== 'authority' && held && council)
    return `"${name}" is the name of a local authority ${spanOf(council)}, and not on ${day}: it is taken to be the service of ${found.area}`;
  if (by !== 'authority')
    return held ? undefined : `"${name}" is the name of a service ${span}, and not on ${day}`;
  return held
    ? `"${name}" is taken to be the service of ${found.area}, which worked for that authority then`
    : `"${name}" is taken to be the service of ${found.area}, which worked for that authority ${span}, and not on ${day}`;
}

/** From when and until when a service worked for anybody. */
function timeOf({ authorities }: CalledService): Period {
  const all = (dates: (string | null | undefined)[]) => dates.filter((date) => date != null).sort();
  const from = all(authorities.map((one) => one.from));
  const until = all(authorities.map((one) => one.until));
  return {
    from: from.length === authorities.length ? from[0] : undefined,
    until: until.length === authorities.length ? until.at(-1) : undefined,
  };
}
