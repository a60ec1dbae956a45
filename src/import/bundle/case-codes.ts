import { sql, type Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';

/** The characteristics of a case that cases.csv may tell, and the enumerated type of the values of each. */
const types = {
  gender: 'gender',
  age_band: 'age_band',
  ethnicity: 'ethnicity',
  risk_of_serious_harm: 'risk_classification',
  safety_and_wellbeing: 'risk_classification',
  looked_after: 'looked_after',
} as const;

export type Attribute = keyof typeof types;
export const attributes = Object.keys(types) as Attribute[];

/** By characteristic: its coded values, by every way of writing them that is understood. */
export type CaseCodes = ReadonlyMap<
  Attribute,
  { values: string[]; find(written: string): string | undefined }
>;

/** Reads the coded values that the database knows. */
export async function readCaseCodes(trx: Transaction<DB>): Promise<CaseCodes> {
  const { rows } = await sql<{ type: string; value: string }>`
    select typname as type, enumlabel as value
    from pg_enum
    join pg_type on pg_type.oid = enumtypid
    where typnamespace = 'core'::regnamespace
    order by typname, enumsortorder`.execute(trx);
  return new Map(
    attributes.map((attribute) => {
      const values = rows.filter(({ type }) => type === types[attribute]).map(({ value }) => value);
      const byPlain = new Map(values.map((value) => [plain(value), value]));
      const find = once((written) => byPlain.get(shorthand[plain(written)] ?? plain(written)));
      return [attribute, { values, find }];
    }),
  );
}

/** A function that works out its answer to a text but once: a file writes the same few words again and again. */
export function once<T>(work: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    if (known.has(text)) return known.get(text) as T;
    const result = work(text);
    if (known.size < 1000) known.set(text, result);
    return result;
  };
}

export const unknown = 'not known';

/** Other ways in which people write a value, plain; a blank cell says that it is not known. */
const shorthand: Record<string, string> = {
  '': unknown,
  unknown,
  'not recorded': unknown,
  f: 'female',
  m: 'male',
  y: 'yes',
  n: 'no',
  '18+': '18 and over',
};

/** Text as values are compared: letter case, blanks and underscores do not count, and a range is "10 to 14" or "10-14". */
export const plain: (text: string) => string = once((text) =>
  text
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ')
    .replaceAll(/(\d) ?[-–] ?(\d)/g, '$1 to $2')
    .trim(),
);
