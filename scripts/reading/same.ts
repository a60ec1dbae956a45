import { distance } from 'fastest-levenshtein';

/** How alike two texts are, 1 for the same; case, quotes and blanks do not matter. */
export function likeness(a: unknown, b: unknown): number {
  const [one, other] = [plain(a), plain(b)];
  const longest = Math.max(one.length, other.length);
  return longest === 0 ? 1 : 1 - distance(one, other) / longest;
}

export const plain = (value: unknown): string =>
  String(value ?? '')
    .toLowerCase()
    .replaceAll(/[‘’]/g, "'")
    .replaceAll('–', '-')
    .replaceAll('ﬃ', 'ffi')
    .replaceAll('ﬁ', 'fi')
    .replaceAll('ﬂ', 'fl')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .replace(/[.:;]$/, '');

/** Whether a value that was read is the true one: figures, words and dates exactly, running text by and large. */
export function isTrue(path: readonly (string | number)[], truth: unknown, read: unknown): boolean {
  if (typeof truth === 'number') return read === truth;
  const field = path.at(-1);
  if (field === 'isbn') return digits(read) === digits(truth);
  if (path.join(' ') === 'service name') return plain(inFull(read)) === plain(truth);
  if (field === 'summary' || field === 'addressed_to' || field === 'title')
    return likeness(truth, read) >= 0.85;
  if (field === 'unit' && counted.includes(plain(truth)) && counted.includes(plain(read))) return true;
  if (field === 'category' || field === 'breakdown' || field === 'measure' || field === 'unit')
    return likeness(truth, read) >= 0.6 || includes(read, truth) || includes(truth, read);
  if (field === 'source' || field === 'period') return likeness(truth, read) >= 0.8 || includes(read, truth);
  return plain(read) === plain(truth);
}

/** Units of a count of people, which reports do not tell apart. */
const counted = ['people', 'children', 'cases'];

/** A service's name with its kind in full: reports use both. */
const inFull = (name: unknown): string =>
  String(name)
    .replace(/\bYO([TSP])$/, 'Youth Offending $1')
    .replace(/\bYJ([TSP])$/, 'Youth Justice $1')
    .replace(/ T$/, ' Team')
    .replace(/ S$/, ' Service')
    .replace(/ P$/, ' Partnership');

const includes = (whole: unknown, part: unknown) => plain(part) !== '' && plain(whole).includes(plain(part));
const digits = (value: unknown) => String(value).replaceAll(/\D/g, '');
