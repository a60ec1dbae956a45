import { type Refusal, refusal } from './refusal.js';

/** Wrong rows of the two rules that hold for all: what is protected, and how figures are shown. */
export const displayRefusals: Refusal[] = [
  refusal(
    'a second number of too few cases',
    'disclosure_control_pkey',
    'insert into core.disclosure_control (fewest_cases) values (3)',
  ),
  refusal(
    'another number of too few cases, said not to be the only one',
    'disclosure_control_is_only_check',
    'insert into core.disclosure_control (is_only, fewest_cases) values (false, 3)',
  ),
  refusal(
    'a number of too few cases that protects nobody',
    'disclosure_control_fewest_cases_check',
    'update core.disclosure_control set fewest_cases = 1',
  ),
  refusal(
    'a second rule of display',
    'display_rule_pkey',
    "insert into core.display_rule (rounding, confidence_level, wider_confidence_level) values ('down', 80, 95)",
  ),
  refusal(
    'another rule of display, said not to be the only one',
    'display_rule_is_only_check',
    "insert into core.display_rule values (false, 'down', 80, 95)",
  ),
  refusal(
    'figures rounded as nobody rounds',
    'display_rule_rounding_check',
    "update core.display_rule set rounding = 'nearest'",
  ),
  refusal(
    'intervals at a level without a quantile',
    'display_rule_confidence_level_fkey',
    'update core.display_rule set confidence_level = 81',
  ),
  refusal(
    'wider intervals at a level without a quantile',
    'display_rule_wider_confidence_level_fkey',
    `alter table core.display_rule drop constraint wider_level_is_in_names_of_columns;
    update core.display_rule set wider_confidence_level = 96`,
  ),
  refusal(
    'wider intervals that are not wider',
    'wider_level_is_wider',
    'update core.display_rule set confidence_level = 95',
  ),
  refusal(
    'intervals at 99% in columns that say 95',
    'wider_level_is_in_names_of_columns',
    'update core.display_rule set wider_confidence_level = 99',
  ),
];
