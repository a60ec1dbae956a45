import type { SampleKey } from '../../import/bundle/inspection-file.js';

/** A type of disposal: its code, the coarser type that it is part of, and how reports name it. */
export interface DisposalName {
  sample: SampleKey;
  code: string;
  partOf?: string;
  /** A pattern for one or many of it, in lower case. */
  words: RegExp;
}

/** Types of disposal as the database has them, finer before coarser where words of one are words of the other. */
export const disposalNames: readonly DisposalName[] = [
  {
    sample: 'court_disposals',
    code: 'youth_rehabilitation_order',
    partOf: 'community_sentence',
    words: /youth rehabilitation orders?|\byros?\b/,
  },
  {
    sample: 'court_disposals',
    code: 'referral_order',
    partOf: 'community_sentence',
    words: /referral orders?/,
  },
  {
    sample: 'court_disposals',
    code: 'community_sentence',
    words: /community (?:sentences?|orders?)(?: cases?)?/,
  },
  { sample: 'court_disposals', code: 'custodial_sentence', words: /custodial sentences?|custody cases?/ },
  { sample: 'court_disposals', code: 'other', words: /other (?:court )?disposals?/ },
  {
    sample: 'out_of_court_disposals',
    code: 'youth_conditional_caution',
    words: /(?:youth )?conditional cautions?|\byccs?\b/,
  },
  { sample: 'out_of_court_disposals', code: 'youth_caution', words: /youth cautions?|\bycs?\b/ },
  {
    sample: 'out_of_court_disposals',
    code: 'community_resolution',
    words: /community resolutions?|\bcrs?\b/,
  },
  {
    sample: 'out_of_court_disposals',
    code: 'triage',
    words: /triages?(?: (?:disposals?|interventions?|cases?))?/,
  },
  {
    sample: 'out_of_court_disposals',
    code: 'other',
    words: /other (?:out[- ]of[- ]court )?(?:informal )?disposals?/,
  },
  { sample: 'resettlement', code: 'custodial_sentence', words: /custodial sentences?/ },
  { sample: 'resettlement', code: 'other', words: /other resettlement cases?/ },
];
