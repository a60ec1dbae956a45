/** Questions of analysts, one file each: what is asked of the views of analytics, with its types. */
export { type DiscretionTrendRow, discretionTrend } from './discretion-trend.js';
export { type FactComparisonRow, factComparison } from './fact-comparison.js';
export { type LeagueTableRow, leagueTable } from './league-table.js';
export { type OverallDistanceRow, overallDistance } from './overall-distance.js';
export { type RatingDriverRow, ratingDriver } from './rating-driver.js';
export { type ServiceComparisonRow, serviceComparison } from './service-comparison.js';
export { type StandardDistanceRow, standardDistance } from './standard-distance.js';
