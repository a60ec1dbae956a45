/** What the rules of an edition can say, in the words that its files, the database and the computation of ratings share. */

/** How an exact fraction becomes a whole percentage. */
export type Rounding = 'half up' | 'half even' | 'down' | 'up';

/** What an unrated standard that counts means for the overall rating. */
export type UnratedRule = 'overall not rated' | 'bands in proportion' | 'counts as lowest';
