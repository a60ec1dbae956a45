import type { InspectionFile } from '../files/file-schema.js';

// What an inspection file may hold. Its JSON Schema (db/schemas) is what is checked, says what each key means, and gives the types.

export type { InspectionFile };

/** What may be a number in the file, and is read as text: a code, a year, a page. */
export type Place = string | number;

type EntryOf<Key extends keyof InspectionFile> = Exclude<
  NonNullable<InspectionFile[Key]>[string & keyof NonNullable<InspectionFile[Key]>],
  string
>;
export type RatingEntry = EntryOf<'standard_ratings'>;
export type SampleEntry = EntryOf<'samples'>;
export type ResultEntry = EntryOf<'key_questions'>;
export type ServiceEntry = Exclude<InspectionFile['service'], string>;
export type ReportEntry = InspectionFile['report'];
export type OverallEntry = NonNullable<InspectionFile['overall']>;
export type ContextEntry = NonNullable<InspectionFile['context']>[number];
