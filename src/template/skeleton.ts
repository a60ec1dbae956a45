import type { Framework } from '../framework/framework.js';

/** inspection.yaml, to be filled in: places to fill are marked `<…>`. What a report may hold besides is named with an example. */
export function skeleton({ code, title, ratings, standards }: Framework): string {
  const judged = standards.filter(({ basis }) => basis === 'qualitative');
  const lines = judged.map((one) => `  ${quoted(one.code)}: "<rating>"   # ${oneLine(one.title)}\n`);
  return `# An inspection with case answers: ${oneLine(title)}.
# Fill in each place that is marked <…>. Cases go into cases.csv and answers into answers.csv, beside this file; columns.csv explains
# their columns. Samples are counted in cases.csv.

# What is inspected. A service that is in no register needs its area (area: …), and "yot-ratings load --new-service".
service:
  name: "<name of the service>"

report:
  # Where only the month is known: fieldwork_month: "2022-02" in place of the two.
  fieldwork_from: "<day, like 2022-02-14>"
  fieldwork_to: "<day, like 2022-02-18>"

edition: ${quoted(code)}
${
  judged.length === 0
    ? ''
    : `
# Of these standards the rating is a judgement, which is recorded, not computed: ${ratings.join(', ')}.
# Take out one that was not rated.
judgements:
${lines.join('')}`
}
# What a report prints besides is kept beside that, and reconciled with it: published, samples, standard_ratings, overall,
# professional_discretion, recommendations, findings, context, as the schema of this file (inspection.schema.json) describes them.
# professional_discretion:
#   - {standard: ${quoted(standards.find(({ basis }) => basis === 'cases')?.code ?? '')}, from: ${quoted(ratings[0] ?? '')}, to: ${quoted(ratings[1] ?? '')}, reason: "<reason>"}
`;
}

/** Text as YAML has it in quotes, as JSON does: a code is not to be read as a number. */
const quoted = (text: string): string => JSON.stringify(text);

/** Text that stays in its comment. */
const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');
