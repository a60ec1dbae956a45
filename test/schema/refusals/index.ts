import { countryRefusals } from './country.js';
import { crosswalkRefusals } from './crosswalk.js';
import { displayRefusals } from './display.js';
import { editionRefusals } from './editions.js';
import { factRefusals } from './facts-and-findings.js';
import { inspectionRefusals } from './inspections.js';
import { questionRefusals } from './questions.js';
import { ratingRefusals } from './ratings.js';
import { recordRefusals } from './records.js';
import type { Refusal } from './refusal.js';
import { resultRefusals } from './results.js';
import { roleRefusals } from './roles.js';
import { ruleRefusals } from './rules.js';
import { sampleRefusals } from './samples.js';
import { serviceRefusals } from './services.js';

/** Every wrong row, from the editions to the records. */
export const refusals: Refusal[] = [
  ...editionRefusals,
  ...questionRefusals,
  ...ruleRefusals,
  ...countryRefusals,
  ...crosswalkRefusals,
  ...serviceRefusals,
  ...inspectionRefusals,
  ...sampleRefusals,
  ...displayRefusals,
  ...resultRefusals,
  ...ratingRefusals,
  ...factRefusals,
  ...recordRefusals,
  ...roleRefusals,
];
