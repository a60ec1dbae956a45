import { type Direction, movingQuestions } from '../../queries/overall-distance.js';
import { questionsInWords, standardsInWords } from '../../words/distance-rows.js';
import { distanceSentence } from '../../words/distance-sentence.js';
import type { Book } from '../model.js';
import { type Block, type Cell, type Page, rated, type Section, type Table } from '../page.js';
import { date, listed, number, ofCases, plural, shareOf } from '../words.js';
import { keyQuestions, placeColumn } from './evidence.js';

type Inspection = Book['inspections'][number];
type StandardRating = Book['standardRatings'][number];

/** An inspection, with every figure that is known of it. */
export function inspectionPage(book: Book, inspection: Inspection): Page {
  const { inspection_id: id, service, report_url } = inspection;
  const ofService = book.services.find(({ service_id }) => service_id === inspection.service_id);
  return {
    path: inspection.path,
    title: `${service}, inspected ${date(inspection.as_of, inspection.as_of_precision)}`,
    headline: headlineOf(book, id),
    lead: [
      'All of ',
      { text: service, to: ofService?.path ?? 'services.html' },
      `. ${inspection.edition} edition; what is known of it rests on ${inspection.evidence ?? 'nothing yet'}.`,
      ...(report_url === null ? [] : [' ', { text: 'Where it is published', to: report_url }]),
    ],
    sections: [
      standards(book, id),
      keyQuestions(book, id),
      { id: 'prompts', heading: 'Prompts', blocks: [prompts(book, id)] },
      { id: 'judged', heading: 'Key questions that are judged', blocks: [{ table: judged(book, id) }] },
      distance(book, id),
      recommendations(book, id),
      { id: 'findings', heading: 'Strengths and areas for improvement', blocks: [findings(book, id)] },
      { id: 'facts', heading: 'The service and its area', blocks: [{ table: facts(book, id) }] },
      { id: 'inspection', heading: 'The inspection', blocks: [{ facts: about(book, inspection) }] },
      {
        id: 'disagreements',
        heading: 'Where the report and what is computed differ',
        blocks: [differences(book, id)],
      },
    ],
  };
}

/** The overall rating of an inspection, and beside it "21 of 36 points" with what has to be said of that. */
export function headlineOf(book: Book, id: number): { rating: Cell; words: string } {
  const [overall] = book.of(id, 'overall');
  if (!overall) return { rating: rated(null, null), words: '' };
  const { rating_source: from, limited_by, marker } = overall;
  const [score, most] =
    overall.score === null
      ? [overall.published_score, overall.published_out_of]
      : [overall.score, overall.max_score];
  const sources: Record<string, string> = { computed: 'computed from its standards', judgement: 'as judged' };
  const words = [
    score === null ? 'score not known [x]' : `${score} of ${most ?? '[x]'} points`,
    from && (sources[from] ?? 'as published'),
    limited_by && `limited by: ${limited_by}`,
    marker && [marker, overall.not_computed_because].filter(Boolean).join(' '),
  ];
  return { rating: rated(overall.rating, overall.rating_rank), words: words.filter(Boolean).join('; ') };
}

/** How a standard came to its rating, in a sentence. */
function reasonOf(book: Book, row: StandardRating): string {
  if (row.rating_source === 'judgement') return 'judged as a whole';
  if (row.computed_rating === null)
    return row.not_computed_because ?? (row.rating === null ? (row.marker ?? '') : 'as published');
  const driving = book
    .of(row.inspection_id, 'keyQuestions')
    .find(({ key_question }) => key_question === row.driving_key_question);
  const lowest = [row.driving_key_question, ...(row.tied_key_questions ?? [])].join(', ');
  return `lowest: ${lowest} at ${row.lowest_percent}%${driving ? ` (${ofCases(driving)})` : ''}`;
}

/** The ratings panel's decision and its grounds, or what would have let it decide. */
function panelOf(row: StandardRating): string {
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
  if (row.computed_rating === null) return '[x]';
  return grounds.length > 0 ? `no decision; ${said}` : 'no decision';
}

export const standards = (book: Book, id: number, heading = 'Standards'): Section => ({
  id: 'standards',
  heading,
  blocks: [
    {
      table: book.table(
        'Standards: rating, what set it, and whether a ratings panel decided otherwise',
        book.of(id, 'standardRatings'),
        [
          ['Standard', book.toStandard],
          ['Rating', (row) => rated(row.rating, row.rating_rank, row.marker)],
          ['Set by', (row) => reasonOf(book, row)],
          ['#Points', (row) => row.score ?? (row.counts ? '[x]' : 'does not count')],
          ['Panel', panelOf],
          ['Rests on', (row) => row.evidence ?? '[x]'],
          ...placeColumn(book, id, 'standard'),
        ],
      ),
    },
  ],
});

function prompts(book: Book, id: number): Block {
  const rows = book.of(id, 'prompts');
  if (rows.every((row) => row.percent === null && row.yes === null && row.relevant === null)) return {};
  const cases = rows[0]?.base === 'inspected' ? 'inspected' : 'relevant';
  return {
    text: [
      'What inspectors also asked of each case. A key question is answered by itself: it does not follow from its prompts.',
    ],
    table: book.table(`Prompts: yes, of how many ${cases} cases, in percent`, rows, [
      ['Prompt', (row) => row.prompt],
      ['Wording', (row) => row.text],
      ['%Yes of cases', shareOf],
      ['Rests on', (row) => row.evidence ?? '[x]'],
      ...placeColumn(book, id, 'prompt'),
    ]),
  };
}

const judged = (book: Book, id: number): Table =>
  book.table('Key questions that inspectors judge as a whole', book.of(id, 'judged'), [
    ['Key question', (row) => row.key_question],
    ['Wording', (row) => row.text],
    ['Rating', (row) => rated(row.rating, row.rating_rank)],
    ['Place in the report', (row) => row.place ?? '[x]'],
  ]);

export function distance(book: Book, id: number): Section {
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
      key_questions: questionsInWords(row.direction as Direction, movingQuestions(row)),
    }));
  const block: Block = {
    text: [
      'The fewest answers that would have to be otherwise. It says how firm a rating is, and is no plan: what counts is what is done for children.',
    ],
    list: [...overall, ...standards].map((row) => [
      `${row.title}, ${row.direction}: ${distanceSentence(row)}.`,
    ]),
  };
  return {
    id: 'distance',
    heading: 'How near the next rating is',
    blocks: standards.length > 0 ? [block] : [],
  };
}

export function recommendations(book: Book, id: number): Section {
  const made = book.inspection.get(id)?.recommendations_made ?? null;
  const list = book
    .of(id, 'recommendations')
    .map(({ addressed_to: to, summary, place }) => [`${summary} (to: ${to}${place ? `; ${place}` : ''})`]);
  const block: Block =
    list.length === 0 && made !== null
      ? { text: [`The report makes ${plural(made, 'recommendation')}; none is recorded here.`] }
      : { text: ['In words of this book, not of the report.'], isNote: true, list };
  return { id: 'recommendations', heading: 'Recommendations', blocks: [block] };
}

const findings = (book: Book, id: number): Block => ({
  list: book
    .of(id, 'findings')
    .map(({ kind, standard, summary, place }) => [
      `${kind}${standard ? `, ${standard}` : ''}: ${summary}${place ? ` (${place})` : ''}`,
    ]),
});

const facts = (book: Book, id: number): Table =>
  book.table('Facts that the report gives, each with unit, period and source', book.of(id, 'facts'), [
    ['Fact', (row) => row.measure],
    ['Of', (row) => [row.breakdown, row.category].filter((part) => part !== null).join(': ') || null],
    ['#Value', ({ value, marker }) => (value === null ? (marker ?? '[x]') : number(value))],
    ['Unit', (row) => row.unit],
    [
      '#Beside it',
      ({ comparator, comparator_value: value }) =>
        comparator && `${comparator}: ${value === null ? '[x]' : number(value)}`,
    ],
    ['Period', (row) => row.period],
    ['Source', (row) => row.source],
    ['Place in the report', (row) => row.place],
  ]);

function about(book: Book, row: Inspection): [term: string, fact: string][] {
  const [overall] = book.of(row.inspection_id, 'overall');
  const samples = book
    .of(row.inspection_id, 'samples')
    .map(
      ({ sample, cases, eligible }) =>
        `${sample}: ${cases ?? '[x]'} cases${eligible === null ? '' : ` of ${eligible}`}`,
    );
  const begin = row.fieldwork_start && date(row.fieldwork_start, row.fieldwork_precision);
  const percent = overall?.published_score_percent ?? null;
  const score = percent === null ? (overall?.published_score ?? null) : `${percent}%`;
  const published = [overall?.published_rating, score !== null && `score ${score}`]
    .filter(Boolean)
    .join(', ');
  const facts: [string, string | null][] = [
    ['Report', row.title],
    ['ISBN', row.isbn],
    ['Service, as the report calls it', row.service_at_inspection],
    ['Kind', row.inspection_type],
    ['Programme', row.programme],
    [
      'Fieldwork',
      begin && [begin, row.fieldwork_end && date(row.fieldwork_end)].filter(Boolean).join(' to '),
    ],
    [
      'Published',
      row.published ? date(row.published, row.published_precision) : String(row.published_year ?? '[x]'),
    ],
    ['Cases inspected', samples.join('; ')],
    ['Published as', overall?.published_not_rated ? '[z] not rated' : published],
  ];
  return facts.map(([term, fact]) => [term, fact || '[x]']);
}

function differences(book: Book, id: number): Block {
  const all = book.of(id, 'reconciled').filter(({ status }) => status !== 'not computable');
  const rows = all.filter(({ status }) => status !== 'agrees');
  if (all.length === 0) return {};
  const agreeing = plural(all.length - rows.length, 'published figure');
  if (rows.length === 0) return { text: [`Nowhere: ${agreeing} ${all.length === 1 ? 'agrees' : 'agree'}.`] };
  return {
    text: [`${agreeing} agree; these do not plainly:`],
    table: book.table('Published figures that do not plainly agree with what is computed', rows, [
      ['Figure', (row) => (row.level === row.code ? row.level : `${row.level} ${row.code}`)],
      ['Published', (row) => row.published],
      ['Computed', (row) => row.computed],
      ['How they stand', (row) => row.status],
      ['Why', (row) => row.explanation],
      ['Place in the report', (row) => row.place],
    ]),
  };
}
