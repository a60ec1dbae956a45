/** What the rules of an edition can say, in the words that its files, the database and the computation of ratings share. */

/** How an exact fraction becomes a whole percentage. */
export const roundings = ['half up', 'half even', 'down', 'up'] as const;
export type Rounding = (typeof roundings)[number];

/** Where the overall rating is from. */
export type OverallRule = 'summed' | 'judged' | 'none';

/** Which key questions a standard is rated from that has some that are counted and others that are judged. */
export type RatedFrom = 'all key questions' | 'counted key questions' | 'judged key questions';

/** What an unrated standard that counts means for the overall rating. */
export type UnratedRule = 'overall not rated' | 'bands in proportion' | 'counts as lowest';
