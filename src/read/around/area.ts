import { readFileSync } from 'node:fs';
import { distance } from 'fastest-levenshtein';
import { parse } from 'yaml';
import { plain } from '../../names.js';
import { dbPath } from '../../paths.js';
import { remembered } from '../structure/remembered.js';

let known: { name: string; plain: string }[] | undefined;

/** The local authority that is named, as it is spelt in the register, and how many letters differ; undefined when none is near. */
export const nearestAuthority = (text: string): { name: string; steps: number } | undefined =>
  nearest(text) ?? undefined;

const nearest = remembered((text): { name: string; steps: number } | null => {
  known ??= authorities();
  const wanted = plain(text);
  if (wanted.length < 3) return null;
  const found = known
    .map((one) => ({ ...one, steps: distance(wanted, one.plain) }))
    .sort((one, other) => one.steps - other.steps);
  const best = found[0];
  const second = found.find(({ name }) => name !== best?.name);
  if (!best || best.steps > Math.floor(best.plain.length / 5)) return null;
  // "Brent" and "Kent" are a letter or two apart: what could be either is neither.
  if (best.steps > 0 && second && second.steps <= best.steps + 1) return null;
  return { name: best.name, steps: best.steps };
});

function authorities(): { name: string; plain: string }[] {
  const { local_authorities: list } = parse(
    readFileSync(dbPath('register', 'local-authorities.yaml'), 'utf8'),
  ) as {
    local_authorities: { name: string; other_names?: string[] }[];
  };
  return list.flatMap(({ name, other_names = [] }) =>
    [name, ...other_names].map((one) => ({ name, plain: plain(one) })),
  );
}
