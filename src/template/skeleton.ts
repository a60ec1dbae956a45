import type { TemplateEdition } from './edition.js';

/**
 * inspection.yaml, to be filled in: places to fill are marked `<…>`. Keys that may be left out are commented out, and hold
 * once the `#` at the beginning of their lines is taken away and their places are filled.
 */
export function skeleton(edition: TemplateEdition): string {
  const { code, title, ratings, standards } = edition;
  const ofBasis = (basis: string) => standards.filter((standard) => standard.basis === basis);
  return `# An inspection with case answers: ${oneLine(title)}.
# Fill in each place that is marked <…>. Keys that are commented out may be left out: to use them take away the # alone,
# not the blanks behind it.
# Cases go into cases.csv and answers into answers.csv, beside this file; columns.csv explains their columns.

# What is inspected. A service that is in no register needs its area, and "yot-ratings load --new-service".
service:
  name: "<name of the service>"
#  area: "<name of the area>"

report:
#  title: "<title of the report>"
  # A day, a month or a year, as far as it is known: 2022-05-12, 2022-05, 2022.
#  published: "<day, like 2022-05-12>"
#  lead_inspector: "<name>"
  # Where only the month is known: fieldwork_month: "2022-02" in place of the two.
  fieldwork_from: "<day, like 2022-02-14>"
  fieldwork_to: "<day, like 2022-02-18>"

edition: ${quoted(code)}

# Inspected cases are counted in cases.csv. Numbers here are what the report prints; they are checked against it.
#samples:
${sampleLines(edition)}

# Ratings: ${ratings.join(', ')}.
${judgements(ofBasis('qualitative'))}${decisions(ofBasis('cases'), ratings)}# What else a report may hold: context, recommendations and findings, as the schema of this file describes them.
#recommendations:
#  - addressed_to: "<to whom>"
#    summary: "<what is recommended>"
#findings:
#  - kind: strength
#    summary: "<what was found>"
#context:
#  - measure: "<what is measured>"
#    value: <number>
#    unit: "<unit>"
#    year: <number>
#    source: "<source>"
`;
}

type Standards = TemplateEdition['standards'];

const judgements = (standards: Standards): string =>
  standards.length === 0
    ? ''
    : `# Of these standards the rating is a judgement, which is recorded, not computed. Take out one that was not rated.
judgements:
${lines(standards, '  ')}

`;

const decisions = (standards: Standards, [lowest = '', next = '']: readonly string[]): string =>
  standards.length === 0
    ? ''
    : `# Of these it is computed from the answers. What a report prints of them is kept beside that, and reconciled with it.
#standard_ratings:
${lines(standards, '#  ')}
#overall:
#  rating: "<rating>"
#  score: <number>

# A ratings panel's decision to replace the computed rating of one of them.
#professional_discretion:
#  - standard: ${quoted(standards[0]?.code ?? '')}
#    from: ${quoted(lowest)}
#    to: ${quoted(next)}
#    reason: "<reason>"

`;

const lines = (standards: Standards, before: string): string =>
  standards.map(({ code, title }) => `${before}${quoted(code)}: "<rating>"   # ${oneLine(title)}`).join('\n');

/** The samples, each with its coarse kinds of case. */
function sampleLines({ samples }: TemplateEdition): string {
  return [...samples.values()]
    .map(({ name, kinds }) => {
      const coarse = [...kinds].filter(([, partOf]) => partOf === null).map(([kind]) => kind);
      const numbers = ['cases', ...coarse, 'case_manager_interviews'];
      return `#  ${name}:\n${numbers.map((number) => `#    ${number}: <number>`).join('\n')}`;
    })
    .join('\n');
}

/** Text as YAML has it in quotes, as JSON does: a code is not to be read as a number. */
const quoted = (text: string): string => JSON.stringify(text);

/** Text that stays in its comment. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
