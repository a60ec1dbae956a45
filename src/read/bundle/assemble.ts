import { groupBy } from '../../group-by.js';
import type { InspectionFile } from '../../import/bundle/inspection-file.js';
import { type Claim, isSure } from '../claim.js';
import { placeText } from '../report.js';

type Entry = Record<string, unknown>;

/** The sections of a bundle in their order: which values an entry may name as lost, and what an entry of a list has to have. */
const sections: Record<string, { mayLose?: RegExp; needs?: readonly string[] }> = {
  ...{ service: {}, report: {}, edition: {}, programme: {}, samples: {} },
  overall: { mayLose: /^(?:rating|score)$/ },
  standard_ratings: { mayLose: /^rating$/ },
  professional_discretion: { needs: ['standard', 'from', 'to', 'reason'] },
  key_questions: { mayLose: /^(?:relevant_cases|yes|percent_yes)$/ },
  prompts: { mayLose: /^(?:relevant_cases|yes|percent_yes)$/ },
  context: { mayLose: /(?:value|percent)$/, needs: ['measure'] },
  recommendations: { needs: ['addressed_to', 'summary'] },
  findings: { needs: ['kind', 'summary'] },
};

/** Puts claims together as an inspection file. What is contradicted or lost is never in it: its cell is lost, or left out. */
export function assemble(claims: readonly Claim[], about: string): InspectionFile {
  // These two have to be there; a service that is not legible is for a person to name.
  const file: Entry = { about, service: { name: 'not legible in the report' }, report: {} };
  const bySection = groupBy(claims, ({ path }) => path[0]);
  for (const section of Object.keys(sections)) {
    const own = bySection.get(section);
    const made = own && sectionOf(section, own);
    if (made !== undefined && Object.keys(made).length > 0) file[section] = made;
  }
  return file as unknown as InspectionFile;
}

function sectionOf(section: string, claims: readonly Claim[]): object | Claim['value'] {
  const depth = claims[0]?.path.length;
  if (depth === 1) return claims.find(isSure)?.value;
  if (section === 'overall' && depth) return entryOf(section, claims);
  if (depth !== 3) return Object.fromEntries(claims.filter(isSure).map(pairOf));
  const { needs } = sections[section] ?? {};
  const entries = [...groupBy(claims, ({ path }) => path[1])].map(
    ([code, own]) => [code, entryOf(section, own)] as const,
  );
  if (needs) return entries.map(([, entry]) => entry).filter((entry) => needs.every((key) => key in entry));
  // A place alone says nothing.
  return Object.fromEntries(entries.filter(([, entry]) => Object.keys(entry).length > 1));
}

const pairOf = ({ path, value }: Claim): [string, unknown] => [String(path.at(-1)), value];

/** An entry with the cells that are lost, and its place. */
function entryOf(section: string, claims: readonly Claim[]): Entry {
  const entry: Entry = Object.fromEntries(claims.filter(isSure).map(pairOf));
  const unsure = claims.map(({ path }) => String(path.at(-1))).filter((key) => !(key in entry));
  const lost = unsure.filter((key) => sections[section]?.mayLose?.test(key));
  return {
    ...entry,
    ...(lost.length > 0 && { lost }),
    place: placeText((claims[0] as Claim).place),
  };
}
