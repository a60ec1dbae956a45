import { movingQuestions } from '../../queries/overall-distance.js';
import type { Direction } from '../../ratings/distance.js';
import { questionsInWords, standardsInWords } from '../../words/distance-rows.js';
import { distanceSentence } from '../../words/distance-sentence.js';
import { type Cell, columns } from '../figure.js';
import type { Book } from '../model.js';
import type { Block, Page, PageMaker, Section, Words } from '../page.js';
import { date, interval, listed, number, ofCases, percent, plural } from '../words.js';
import { keyQuestionFigure, placeColumn } from './evidence.js';

/** A page for each inspection, with every figure that is known of it. */
export const inspectionPages = (book: Book): PageMaker[] =>
  [...book.inspection.keys()].map((id) => () => inspectionPage(book, id));

function inspectionPage(book: Book, id: number): Page {
  const row = book.inspection.get(id) as NonNullable<ReturnType<Book['inspection']['get']>>;
  const path = book.inspectionPaths.get(id) as string;
  const overall = book.overallOf.get(id);
  const figure = keyQuestionFigure(book, path, id);
  const section = (id: string, heading: string, blocks: Block[]): Section[] =>
    blocks.length > 0 ? [{ id, heading, blocks }] : [];
  return {
    path,
    title: `${row.service}, inspected ${date(row.as_of, row.as_of_precision)}`,
    headline: {
      rating: overall?.rating ?? null,
      rank: overall?.rating_rank ?? null,
      words: scoreWords(book, id),
    },
    lead: [
      [
        'All of ',
        {
          text: row.service as string,
          to: book.servicePaths.get(row.service_id as number) ?? 'services.html',
        },
        `. ${row.edition} edition; what is known of it rests on ${row.evidence ?? 'nothing yet'}.`,
        ...(row.report_url === null ? [] : [' ', { text: 'Where it is published', to: row.report_url }]),
      ],
    ],
    sections: [
      ...section('standards', 'Standards', standardBlocks(book, id)),
      ...section('key-questions', 'Key questions', figure ? [{ figure }] : []),
      ...section('prompts', 'Prompts', promptBlocks(book, id)),
      ...section('judged', 'Key questions that are judged', judgedBlocks(book, id)),
      ...section('distance', 'How near the next rating is', distanceBlocks(book, id)),
      ...section('recommendations', 'Recommendations', recommendationBlocks(book, id)),
      ...section('findings', 'Strengths and areas for improvement', findingBlocks(book, id)),
      ...section('facts', 'The service and its area', factBlocks(book, id)),
      ...section('inspection', 'The inspection', aboutBlocks(book, id)),
      ...section('disagreements', 'Where the report and what is computed differ', differenceBlocks(book, id)),
    ],
  };
}

/** "21 of 36 points", with what has to be said of it. */
export function scoreWords(book: Book, id: number): string {
  const overall = book.overallOf.get(id);
  if (!overall) return '';
  const score = overall.score ?? overall.published_score;
  const most = overall.score === null ? overall.published_out_of : overall.max_score;
  return [
    score === null ? 'score not known [x]' : `${score} of ${most ?? '[x]'} points`,
    overall.rating_source &&
      (overall.rating_source === 'computed'
        ? 'computed from its standards'
        : `as ${overall.rating_source === 'judgement' ? 'judged' : 'published'}`),
    overall.limited_by && `limited by: ${overall.limited_by}`,
    overall.marker !== null &&
      `${overall.marker}${overall.not_computed_because ? ` ${overall.not_computed_because}` : ''}`,
  ]
    .filter(Boolean)
    .join('; ');
}

/** How a standard came to its rating, in a sentence. */
function reasonOf(book: Book, row: NonNullable<ReturnType<Book['standardsOf']['get']>>[number]): string {
  if (row.rating_source === 'judgement') return 'judged as a whole';
  if (row.computed_rating === null)
    return row.not_computed_because ?? (row.rating === null ? (row.marker ?? '') : 'as published');
  const tied = row.tied_key_questions ? `, ${row.tied_key_questions.join(', ')}` : '';
  const driving = book.keyQuestionsOf
    .get(row.inspection_id)
    ?.find(({ key_question }) => key_question === row.driving_key_question);
  return `lowest: ${row.driving_key_question}${tied} at ${row.lowest_percent}%${driving ? ` (${ofCases(driving)})` : ''}`;
}

/** The ratings panel's decision and its grounds, or what would have let it decide. */
function panelOf(row: NonNullable<ReturnType<Book['standardsOf']['get']>>[number]): string {
  const known: [string, boolean | null][] = [
    ['near a boundary', row.near_boundary],
    ['one case would change it', row.one_case_flips],
    ['small sample', row.small_sample],
  ];
  const grounds = known.filter(([, holds]) => holds).map(([ground]) => ground);
  const said = grounds.length > 0 ? `grounds: ${listed(grounds)}` : 'no ground known';
  if (row.discretion)
    return `Panel: from ${row.discretion_from} to ${row.rating}. ${row.discretion_reason ?? ''} (${said})`;
  // Of what is known from a table of ratings alone, nobody says whether a panel decided.
  if (row.computed_rating === null) return '[x]';
  return grounds.length > 0 ? `no decision; ${said}` : 'no decision';
}

export function standardBlocks(book: Book, id: number): Block[] {
  const rows = book.standardsOf.get(id) ?? [];
  if (rows.length === 0) return [];
  const place = placeColumn(book, id, 'standard');
  return [
    {
      table: {
        caption: 'Standards: rating, what set it, and whether a ratings panel decided otherwise',
        columns: columns('Standard', 'Rating', 'Set by', '#Points', 'Panel', 'Rests on', ...place.titles),
        rows: rows.map((row): Cell[] => [
          { text: `${row.standard} ${row.title}`, to: `standards/${row.standard}.html` },
          { rating: row.rating, rank: row.rating_rank, marker: row.marker },
          reasonOf(book, row),
          row.score ?? (row.counts ? '[x]' : 'does not count'),
          row.basis === 'cases' ? panelOf(row) : '[z]',
          row.evidence ?? '[x]',
          ...place.cells(row.standard),
        ]),
      },
    },
  ];
}

function promptBlocks(book: Book, id: number): Block[] {
  const rows = book.promptsOf.get(id) ?? [];
  if (rows.every((row) => row.percent === null && row.yes === null && row.relevant === null)) return [];
  const place = placeColumn(book, id, 'prompt');
  return [
    {
      text: [
        'What inspectors also asked of each case. A key question is answered by itself: it does not follow from its prompts.',
      ],
    },
    {
      table: {
        caption: `Prompts: yes, of how many ${rows[0]?.base === 'inspected' ? 'inspected' : 'relevant'} cases, in percent`,
        columns: columns(
          'Prompt',
          'Wording',
          '#Yes of cases',
          '#%',
          `#${book.level}% interval`,
          'Rests on',
          ...place.titles,
        ),
        rows: rows.map((row) => [
          row.prompt,
          row.text,
          ofCases(row),
          percent(row),
          interval(row.low, row.high),
          row.evidence ?? '[x]',
          ...place.cells(row.prompt),
        ]),
      },
    },
  ];
}

function judgedBlocks(book: Book, id: number): Block[] {
  const rows = book.judgedOf.get(id) ?? [];
  if (rows.length === 0) return [];
  return [
    {
      table: {
        caption: 'Key questions that inspectors judge as a whole',
        columns: columns('Key question', 'Wording', 'Rating', 'Place in the report'),
        rows: rows.map((row) => [
          row.key_question,
          row.text,
          { rating: row.rating, rank: row.rating_rank },
          row.place ?? '[x]',
        ]),
      },
    },
  ];
}

export function distanceBlocks(book: Book, id: number): Block[] {
  const overall = (book.overallDistancesOf.get(id) ?? []).filter(
    (row) => row.next_rating !== null || row.explanation !== null,
  );
  const standards = (book.distancesOf.get(id) ?? []).filter(
    (row) => row.next_rating !== null && (row.answers !== null || row.is_reachable !== null),
  );
  if (standards.length === 0) return [];
  const words = (about: string, row: Parameters<typeof distanceSentence>[0]): Words => [
    `${about}: ${distanceSentence(row)}.`,
  ];
  return [
    {
      text: [
        'The fewest answers that would have to be otherwise. It says how firm a rating is, and is no plan: what counts is what is done for children.',
      ],
    },
    {
      list: [
        ...overall.map((row) =>
          words(`Overall, ${row.direction}`, {
            ...row,
            standard: 'overall',
            key_questions: standardsInWords(row),
          }),
        ),
        ...standards.map((row) =>
          words(`${row.standard} ${row.title}, ${row.direction}`, {
            ...row,
            key_questions: questionsInWords(row.direction as Direction, movingQuestions(row)),
          }),
        ),
      ],
    },
  ];
}

export function recommendationBlocks(book: Book, id: number): Block[] {
  const rows = book.recommendationsOf.get(id) ?? [];
  const row = book.inspection.get(id);
  if (rows.length > 0)
    return [
      { text: ['In words of this book, not of the report.'], isNote: true },
      {
        list: rows.map(({ addressed_to, summary, place }) => [
          `${summary} (to: ${addressed_to}${place === null ? '' : `; ${place}`})`,
        ]),
      },
    ];
  return row?.recommendations_made != null
    ? [
        {
          text: [
            `The report makes ${plural(row.recommendations_made, 'recommendation')}; none is recorded here.`,
          ],
        },
      ]
    : [];
}

function findingBlocks(book: Book, id: number): Block[] {
  const rows = book.findingsOf.get(id) ?? [];
  return rows.length === 0
    ? []
    : [
        {
          list: rows.map(({ kind, standard, summary, place }) => [
            `${kind}${standard ? `, ${standard}` : ''}: ${summary}${place === null ? '' : ` (${place})`}`,
          ]),
        },
      ];
}

function factBlocks(book: Book, id: number): Block[] {
  const rows = book.factsOf.get(id) ?? [];
  if (rows.length === 0) return [];
  return [
    {
      table: {
        caption: 'Facts that the report gives, each with unit, period and source',
        columns: columns(
          'Fact',
          'Of',
          '#Value',
          'Unit',
          '#Beside it',
          'Period',
          'Source',
          'Place in the report',
        ),
        rows: rows.map((row) => [
          row.measure,
          [row.breakdown, row.category].filter((part) => part !== null).join(': ') || null,
          row.value === null ? (row.marker ?? '[x]') : number(row.value),
          row.unit,
          row.comparator === null
            ? null
            : `${row.comparator}: ${row.comparator_value === null ? '[x]' : number(row.comparator_value)}`,
          row.period,
          row.source,
          row.place,
        ]),
      },
    },
  ];
}

function aboutBlocks(book: Book, id: number): Block[] {
  const row = book.inspection.get(id);
  if (!row) return [];
  const samples = (book.samplesOf.get(id) ?? []).map(
    ({ sample, cases, eligible }) =>
      `${sample}: ${cases ?? '[x]'} cases${eligible === null ? '' : ` of ${eligible}`}`,
  );
  const facts: [string, string | null][] = [
    ['Report', row.title],
    ['ISBN', row.isbn],
    ['Service, as the report calls it', row.service_at_inspection],
    ['Kind', row.inspection_type],
    ['Programme', row.programme],
    [
      'Fieldwork',
      row.fieldwork_start === null
        ? null
        : `${date(row.fieldwork_start, row.fieldwork_precision)}${row.fieldwork_end ? ` to ${date(row.fieldwork_end)}` : ''}`,
    ],
    [
      'Published',
      row.published === null
        ? String(row.published_year ?? '[x]')
        : date(row.published, row.published_precision),
    ],
    ['Cases inspected', samples.join('; ') || null],
    ['Published as', overallPublished(book, id)],
  ];
  return [{ facts: facts.map(([term, words]) => [term, [words ?? '[x]']]) }];
}

function overallPublished(book: Book, id: number): string | null {
  const overall = book.overallOf.get(id);
  if (!overall) return null;
  if (overall.published_not_rated) return '[z] not rated';
  const score =
    overall.published_score_percent !== null
      ? `${overall.published_score_percent}%`
      : overall.published_score;
  return (
    [overall.published_rating, score === null ? null : `score ${score}`]
      .filter((part) => part !== null)
      .join(', ') || null
  );
}

function differenceBlocks(book: Book, id: number): Block[] {
  const rows = (book.reconciledOf.get(id) ?? []).filter(
    ({ status }) => status !== 'agrees' && status !== 'not computable',
  );
  const agreeing = (book.reconciledOf.get(id) ?? []).filter(({ status }) => status === 'agrees').length;
  if (rows.length === 0)
    return agreeing === 0
      ? []
      : [
          {
            text: [
              `Nowhere: ${plural(agreeing, 'published figure')} ${agreeing === 1 ? 'agrees' : 'agree'}.`,
            ],
          },
        ];
  return [
    { text: [`${plural(agreeing, 'published figure')} agree; these do not plainly:`] },
    {
      table: {
        caption: 'Published figures that do not plainly agree with what is computed',
        columns: columns('Figure', 'Published', 'Computed', 'How they stand', 'Why', 'Place in the report'),
        rows: rows.map((row) => [
          row.level === row.code ? row.level : `${row.level} ${row.code}`,
          row.published,
          row.computed,
          row.status,
          row.explanation,
          row.place,
        ]),
      },
    },
  ];
}
