/** How what would be stands to what is; what the other edition has nothing like is left out. */
export type Standing = 'same' | 'changes' | 'not known' | 'left out';

/** A rating as it is and as it would be; null when there is none. */
export interface SupposedRating {
  asItIs: string | null;
  asIf: string | null;
  standing: Standing;
  /** Why it is not known or left out, or what more is to be said; null when there is nothing. */
  why: string | null;
}

export const standingOf = (asItIs: string | null, asIf: string | null, isUnknown: boolean): Standing =>
  isUnknown ? 'not known' : asItIs === asIf ? 'same' : 'changes';
