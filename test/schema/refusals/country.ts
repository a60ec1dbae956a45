import { type Refusal, refusal } from './refusal.js';

const year = (values: string): string => `insert into core.inspectorate_year values (${values})`;
const total = (columns: string, values: string): string =>
  `insert into core.published_total (inspectorate_year, ${columns}) values ('2022', ${values})`;
const listed = (columns: string, values: string): string =>
  `insert into core.listed_figure (inspection_id, ${columns}) values (barnet(), ${values})`;
const group = (...rows: string[]): string =>
  `insert into core.comparator_group (comparator_set, group_name, neighbours_of) values ${rows.join(', ')}`;
const member = (...rows: string[]): string =>
  `${group("('families', 'A', null)")}; insert into core.comparator_member values ${rows.join(', ')}`;
const pair = (edition: string, first: string, second: string): string =>
  `insert into core.question_pair (edition_code, first_question_id, second_question_id) values (${edition}, ${first}, ${second})`;

/** Wrong rows of what is known of the country beside inspections: totals, tables of ratings, groups, pairs of questions. */
export const countryRefusals: Refusal[] = [
  refusal('two years of a name', 'inspectorate_year_pkey', year("'2022', '2030-01-01', '2031-01-01'")),
  refusal(
    'a year without a name',
    'inspectorate_year_inspectorate_year_check',
    year("'', '2030-01-01', '2031-01-01'"),
  ),
  refusal(
    'a year that ends before it begins',
    'inspectorate_year_begins_before_it_ends',
    year("'2030', '2031-01-01', '2030-01-01'"),
  ),
  refusal(
    'a year within another',
    'inspectorate_years_do_not_overlap',
    year("'2022 again', '2022-03-01', '2022-04-01'"),
  ),
  refusal('two totals of one kind', 'published_total_pkey', total('rating, inspections', "'all', 34")),
  refusal('a total of no rating', 'published_total_rating_check', total('rating, inspections', "'', 1")),
  refusal(
    'a total below zero',
    'published_total_inspections_check',
    total('rating, inspections', "'Good', -1"),
  ),
  refusal(
    'a share above a hundred',
    'published_total_percent_check',
    total('rating, percent', "'Good', 101"),
  ),
  refusal('a total that says nothing', 'published_total_is_a_number_or_a_share', total('rating', "'Good'")),
  refusal(
    'all inspections as a share',
    'all_inspections_are_a_number',
    total('rating, percent', "'all', 50"),
  ),
  refusal(
    'a total of a year that is none',
    'published_total_inspectorate_year_fkey',
    "insert into core.published_total (inspectorate_year, rating, inspections) values ('1999', 'all', 1)",
  ),
  refusal(
    'two listed figures of one kind',
    'listed_figure_pkey',
    "insert into core.listed_figure (inspection_id, code, rating) values (barnet(), '1.1', 'Good'), (barnet(), '1.1', 'Good')",
  ),
  refusal('a listed figure that says nothing', 'listed_figure_says_something', listed('code', "'1.1'")),
  refusal(
    'a listed rating that is none',
    'listed_rating_is_given_or_not',
    listed('code, rating, not_rated', "'1.1', 'Good', true"),
  ),
  refusal('a listed score of a standard', 'listed_score_is_of_the_score', listed('code, score', "'1.1', 2")),
  refusal('a listed score below zero', 'listed_figure_score_check', listed('code, score', "'score', -1")),
  refusal(
    'a listed score out of nothing',
    'listed_figure_out_of_check',
    listed('code, score, out_of', "'score', 1, 0"),
  ),
  refusal(
    'a listed score above a hundred percent',
    'listed_figure_score_percent_check',
    listed('code, score_percent', "'score', 101"),
  ),
  refusal(
    'two groups of one name',
    'comparator_group_pkey',
    group("('families', 'A', null)", "('families', 'A', null)"),
  ),
  refusal(
    'a list that is called region',
    'comparator_group_comparator_set_check',
    group("('region', 'A', null)"),
  ),
  refusal('a group without a name', 'comparator_group_group_name_check', group("('families', '', null)")),
  refusal('neighbours of no service', 'comparator_group_neighbours_of_fkey', group("('families', 'A', -1)")),
  refusal(
    'a service twice in a group',
    'comparator_member_pkey',
    member("('families', 'A', service('barnet'))", "('families', 'A', service('barnet'))"),
  ),
  refusal(
    'a member of no group',
    'comparator_member_comparator_set_group_name_fkey',
    "insert into core.comparator_member values ('families', 'B', service('barnet'))",
  ),
  refusal(
    'a member that is no service',
    'comparator_member_service_id_fkey',
    member("('families', 'A', -1)"),
  ),
  refusal(
    'a pair twice',
    'question_pair_pkey',
    pair("'2018'", "question('2018', '2.1.1')", "question('2018', '3.1.1')"),
  ),
  refusal(
    'a question with itself',
    'question_is_no_pair_with_itself',
    pair("'2018'", "question('2018', '2.1.1')", "question('2018', '2.1.1')"),
  ),
  refusal(
    'a pair whose first is of another edition',
    'question_pair_first_question_id_edition_code_fkey',
    pair("'2018'", "question('2021', '2.1.1')", "question('2018', '3.1.1')"),
  ),
  refusal(
    'a pair whose second is of another edition',
    'question_pair_second_question_id_edition_code_fkey',
    pair("'2018'", "question('2018', '2.1.1')", "question('2021', '3.1.1')"),
  ),
];
