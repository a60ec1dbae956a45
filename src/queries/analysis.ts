/** Questions of analysts: what is asked of the views of analytics, with its types. */
export * from './of-inspections.js';
export * from './of-services.js';
export * from './of-years.js';
export { type OverallDistanceRow, overallDistance } from './overall-distance.js';
export type { Synthetic, ViewName, ViewRow, Wanted } from './view.js';
