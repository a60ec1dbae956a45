/** Questions of analysts, one file each: what is asked of the views of analytics, with its types. */
export { type ContextFactRow, contextFact } from './context-fact.js';
export { type DiscretionTrendRow, discretionTrend } from './discretion-trend.js';
export { type FactComparisonRow, factComparison } from './fact-comparison.js';
export { type FindingRow, finding } from './finding.js';
export type { Wanted } from './given.js';
export { type KeyQuestionResultRow, keyQuestionResult } from './key-question-result.js';
export { type LeagueTableRow, leagueTable } from './league-table.js';
export { type OverallDistanceRow, overallDistance } from './overall-distance.js';
export { type OverallRatingRow, overallRating } from './overall-rating.js';
export { type PromptResultRow, promptResult } from './prompt-result.js';
export { type RatingDriverRow, ratingDriver } from './rating-driver.js';
export { type RecommendationRow, recommendation } from './recommendation.js';
export { type ServiceComparisonRow, serviceComparison } from './service-comparison.js';
export { type ServiceHistoryRow, serviceHistory } from './service-history.js';
export { type StandardDistanceRow, standardDistance } from './standard-distance.js';
export { type StandardRatingRow, standardRating } from './standard-rating.js';
export { type StandardTrendRow, standardTrend } from './standard-trend.js';
export { type SubgroupResultRow, subgroupResult } from './subgroup-result.js';
