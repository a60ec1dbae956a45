import { questionsInWords, standardsInWords } from '../../words/distance-rows.js';
import { distanceSentence } from '../../words/distance-sentence.js';
import type { Book } from '../model.js';
import type { Page } from '../render.js';
import { among, date, listed, ofCases, shareOf } from '../words.js';

type StandardRating = Book['standardRatings'][number];

/** An inspection, with every figure that is known of it. */
export function inspectionPage(book: Book, inspection: Book['inspections'][number]): Page {
  const { inspection_id: id, service, service_id, as_of, as_of_precision } = inspection;
  const prompts = book.of(id, 'prompts');
  const isAnyKnown = prompts.some((row) => (row.percent ?? row.yes ?? row.relevant) !== null);
  return {
    path: inspection.path,
    template: 'inspection',
    title: `${service}, inspected ${date(as_of, as_of_precision)}`,
    ...{ inspection, ...aboutInspection(book, id) },
    of: (name: 'judged' | 'findings' | 'facts') => book.of(id, name),
    service: book.services.find((one) => one.service_id === service_id)?.path ?? 'services.html',
    prompts: (isAnyKnown ? prompts : []).map((row) => ({
      ...row,
      yes_of_cases: shareOf(row),
      place: book.placeOf(id, 'prompt', row.prompt),
    })),
    samples: book.of(id, 'samples'),
    compared: book
      .of(id, 'reconciled')
      .filter(({ status }) => status !== 'not computable')
      .map((row) => ({ ...row, figure: row.level === row.code ? row.level : `${row.level} ${row.code}` })),
  };
}

/** What the page of an inspection, and that of the service whose latest it is, say of it. */
export const aboutInspection = (book: Book, id: number) => ({
  overall: book.of(id, 'overall')[0],
  standards: book.of(id, 'standardRatings').map((row) => ({
    ...row,
    standard: book.toStandard(row),
    set_by: reasonOf(book, row),
    points: row.score ?? (row.counts ? null : 'does not count'),
    panel: panelOf(row),
    place: book.placeOf(id, 'standard', row.standard),
  })),
  keyQuestions: keyQuestionsOf(book, id),
  distances: distancesOf(book, id),
  made: book.inspection.get(id)?.recommendations_made ?? null,
  recommendations: book
    .of(id, 'recommendations')
    .map(({ addressed_to: to, summary, place }) => [`${summary} (to: ${to}${place ? `; ${place}` : ''})`]),
});

/** How a standard came to its rating, in a sentence. */
function reasonOf(book: Book, row: StandardRating): string | null {
  if (row.rating_source === 'judgement') return 'judged as a whole';
  if (row.computed_rating === null)
    return row.not_computed_because ?? (row.rating === null ? row.marker : 'as published');
  const driving = book
    .of(row.inspection_id, 'keyQuestions')
    .find(({ key_question }) => key_question === row.driving_key_question);
  const lowest = [row.driving_key_question, ...(row.tied_key_questions ?? [])].join(', ');
  return `lowest: ${lowest} at ${row.lowest_percent}%${driving ? ` (${ofCases(driving)})` : ''}`;
}

/** The ratings panel's decision and its grounds, or what would have let it decide. */
function panelOf(row: StandardRating): string | null {
  if (row.basis !== 'cases') return '[z]';
  const grounds = [
    row.near_boundary && 'near a boundary',
    row.one_case_flips && 'one case would change it',
    row.small_sample && 'small sample',
  ].filter((ground) => typeof ground === 'string');
  const said = grounds.length > 0 ? `grounds: ${listed(grounds)}` : 'no ground known';
  if (row.discretion)
    return `Panel: from ${row.discretion_from} to ${row.rating}. ${row.discretion_reason ?? ''} (${said})`;
  // Of what is known from a table of ratings alone, nobody says whether a panel decided.
  if (row.computed_rating === null) return null;
  return grounds.length > 0 ? `no decision; ${said}` : 'no decision';
}

/** The key questions with a percentage's place in the bands, and the one that has the lowest. */
function keyQuestionsOf(book: Book, id: number) {
  const drivers = book
    .of(id, 'standardRatings')
    .flatMap((row) => [row.driving_key_question, ...(row.tied_key_questions ?? [])]);
  const rows = book.of(id, 'keyQuestions').map((row) => ({
    ...row,
    label: row.key_question,
    of: ofCases(row),
    among: among(row),
    group: row.title ?? '',
    isDriving: drivers.includes(row.key_question),
    marker: row.rating === null && row.relevant === 0 ? '[z]' : null,
    yes_of_cases: shareOf(row),
    place: book.placeOf(id, 'key question', row.key_question),
  }));
  const [lowest] = rows
    .filter(({ percent }) => percent !== null)
    .sort((a, b) => (a.percent ?? 0) - (b.percent ?? 0));
  const bands = book.scale.flatMap(({ rating, rank }) => {
    const of = book.scaleRows.filter((row) => row.edition === lowest?.edition && row.rating === rating);
    const from = of.find(({ from_percent }) => from_percent !== null)?.from_percent;
    return from == null ? [] : [{ rating, rank, from }];
  });
  return { rows, lowest, bands };
}

/** How near the next ratings are, a sentence each: overall, then the standards; none where no standard's is known. */
function distancesOf(book: Book, id: number): string[][] {
  const overall = book
    .of(id, 'overallDistances')
    .filter((row) => row.next_rating !== null || row.explanation !== null)
    .map((row) => ({ ...row, standard: 'overall', title: 'Overall', key_questions: standardsInWords(row) }));
  const standards = book
    .of(id, 'distances')
    .filter((row) => row.next_rating !== null && (row.answers !== null || row.is_reachable !== null))
    .map((row) => ({
      ...row,
      title: `${row.standard} ${row.title}`,
      key_questions: questionsInWords(row),
    }));
  if (standards.length === 0) return [];
  return [...overall, ...standards].map((row) => [
    `${row.title}, ${row.direction}: ${distanceSentence(row)}.`,
  ]);
}
