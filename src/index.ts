/**
 * yot-ratings as a library: open the database, ask it, load into it, and rate without it.
 * What is exported here is the public interface; nothing else is.
 */

export { type BookOptions, type WrittenBook, writeBook } from './book/write.js';
export { type LoadedGroups, loadGroups } from './comparators/load-groups.js';
export type { Connection } from './database/connect.js';
export { type OpenDatabase, openDatabase } from './database/open.js';
export type { DB } from './database/schema.js';
export { type Exported, type ExportOptions, exportViews } from './export/export.js';
export { type LoadOptions, load, loadBundled } from './import/load.js';
export type { Loaded } from './import/record.js';
export { loadPackage } from './load-package.js';
export { exitCode, formatProblem, type Problem, UserError } from './problem.js';
export * from './queries/analysis.js';
export { editions } from './queries/editions.js';
export { evidence, type InspectionToRate } from './queries/evidence.js';
export { findService, type NamedService, type ServiceSearch, servicesNamed } from './queries/find-service.js';
export { type InspectionInFull, inspectionInFull } from './queries/inspection.js';
export { type InspectionRatings, ratings } from './queries/ratings.js';
export {
  countByLevel,
  type ReconciledFigure,
  reconciliation,
  type Status,
} from './queries/reconciliation.js';
export { type InspectionWhatIf, type Supposed, whatIf } from './queries/what-if.js';
export {
  type InspectionEvidence,
  type InspectionResult,
  rateInspection,
  type StandardResult,
} from './ratings/inspection.js';
export { minimumYes, percentage, wilson, wilsonOfPopulation } from './ratings/percentage.js';
export type { Evidence, KeyQuestionResult, QuestionEvidence, QuestionResult } from './ratings/question.js';
export type { Edition, Limit, Rounding, Rules, UnratedRule } from './ratings/rules.js';
export type { OtherEdition } from './ratings/what-if/other-edition.js';
export type { Supposition } from './ratings/what-if/supposition.js';
export { rateAsIf, type WhatIf } from './ratings/what-if/what-if.js';
export { makeBundle, writeBundle } from './read/bundle/write-bundle.js';
export { type ReadReport, readReport } from './read/read-report.js';
export { compareSqlAndTypescript, type Difference } from './reconcile/sql-and-typescript.js';
