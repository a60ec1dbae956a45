import { isNear } from './near.js';

/** What a report says of its own service, as far as it is legible. */
export interface NamedService {
  area: string;
  /** "YOS", "YJP". */
  kind: string;
}

/** Words that name bodies; each of five letters or more. */
const words =
  'council youth offending justice service services partnership management board chief constable police'.split(
    ' ',
  );
/** Bodies that are not of an area. */
const national = ['The Youth Justice Board', 'The Ministry of Justice', 'The Department for Education'];

/** A text with the words of the service's area spelt as they are, of which at most a share of letters is wrong. */
export const speltArea = (text: string, area = '', share = 1 / 4): string =>
  text.replaceAll(/\p{L}{5,}/gu, (word) => {
    const near = area
      .match(/\p{L}{5,}/gu)
      ?.filter((one) => isNear(word.toLowerCase(), one.toLowerCase(), Math.floor(one.length * share)));
    return near?.length === 1 ? (near[0] as string) : word;
  });

/** As `speltArea` for whom a damaged report addresses: also the words for bodies, and the letters of the service's kind in their order. */
export function speltAddressee(text: string, { area, kind }: Partial<NamedService>): string {
  const body = national.find((one) => isNear(text, one, 4));
  if (body !== undefined) return body;
  return speltArea(text, area, 1 / 3)
    .replaceAll(/\p{L}{5,}/gu, (word) => {
      const lower = word.toLowerCase();
      const near = words.includes(lower) ? undefined : words.find((one) => isNear(lower, one));
      if (near === undefined) return word;
      return /^\p{Lu}/u.test(word) ? near.charAt(0).toUpperCase() + near.slice(1) : near;
    })
    .replaceAll(/\b\p{Lu}{3}\b/gu, (letters) =>
      kind !== undefined && sorted(letters) === sorted(kind) ? kind : letters,
    );
}

const sorted = (letters: string): string => [...letters].sort().join('');
