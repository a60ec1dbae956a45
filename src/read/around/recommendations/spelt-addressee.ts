import { nearestAuthority } from '../area.js';
import { bare, isNear } from '../near.js';

/** Words that name bodies; each of five letters or more. */
const words =
  'council youth offending justice service services partnership management board chief constable police'.split(
    ' ',
  );
/** Bodies that are named without an area. */
const common = [
  'The chair of the management board',
  'The Youth Justice Board',
  'The Ministry of Justice',
  'The Department for Education',
];

/** Whether a name is that of an authority, letter by letter: a neighbour is no damaged spelling of the area. */
const isAuthority = (name: string | undefined): boolean =>
  name !== undefined && nearestAuthority(name)?.steps === 0;

/** A text with the words of the service's area spelt as they are, of which at most a share of letters is wrong. */
export const speltArea = (text: string, area = '', share = 1 / 4): string =>
  text.replaceAll(/\p{L}{5,}/gu, (word) => {
    if (isAuthority(word)) return word;
    const near = area
      .match(/\p{L}{5,}/gu)
      ?.filter((one) => isNear(word.toLowerCase(), one.toLowerCase(), Math.floor(one.length * share)));
    return near?.length === 1 ? (near[0] as string) : word;
  });

/** What services are called for short. */
const kinds = ['YOS', 'YOT', 'YJS', 'YJP', 'YJT'];

/**
 * As `speltArea` for whom a damaged report addresses: also the words for bodies, and what a service is called for short, its letters in
 * their order and apart from the area. undefined where it begins with the area, and what stands behind is too short for a body.
 */
export function speltAddressee(text: string, area: string | undefined): string | undefined {
  const named = /^(?:The )?(.+?) (?:Council|Youth)\b/.exec(text)?.[1];
  const body = bodiesOf(area).find((one) => isNear(bare(text), bare(one), 4));
  if (body !== undefined && !isAuthority(named)) return body;
  const spelt = speltArea(text.replaceAll(/(?<=\p{Ll})(?=\p{Lu}{2,3}\b)/gu, ' '), area, 1 / 3)
    .replaceAll(/\p{L}{5,}/gu, (word) => {
      const lower = word.toLowerCase();
      const near = words.includes(lower) ? undefined : words.find((one) => isNear(lower, one));
      if (near === undefined) return word;
      return /^\p{Lu}/u.test(word) ? near.charAt(0).toUpperCase() + near.slice(1) : near;
    })
    .replaceAll(
      /\b\p{Lu}{3}\b/gu,
      (letters) => kinds.find((kind) => sorted(letters) === sorted(kind)) ?? letters,
    );
  const rest = area !== undefined && spelt.startsWith(area) ? spelt.slice(area.length).trim() : undefined;
  return rest === undefined || rest.length > 4 || kinds.includes(rest) ? spelt : undefined;
}

/** Bodies that reports address, by their whole names. */
const bodiesOf = (area: string | undefined): string[] => [
  ...common,
  ...(area === undefined
    ? []
    : [
        `${area} Council`,
        `The ${area} Youth Justice Management Board`,
        ...['Offending', 'Justice'].flatMap((what) =>
          ['Service', 'Team', 'Partnership'].map((kind) => `${area} Youth ${what} ${kind}`),
        ),
      ]),
];

const sorted = (letters: string): string => [...letters].sort().join('');
