import type { EditionFile } from '../../import/edition/edition-file.js';
import { damageOf } from '../checks/damage.js';
import type { ReadFinding, Reading, ReadValue } from '../reading.js';
import type { ReportDocument } from '../report-document.js';
import type { Sections } from '../structure/sections.js';
import { readFacts } from './facts/facts.js';
import { readFindings } from './findings.js';
import { readRecommendations } from './recommendations.js';
import { readReportFacts } from './report.js';
import { readSample } from './sample/sample.js';
import { readService } from './service.js';

/** Everything that a report says around its ratings and figures. */
export function readAround(document: ReportDocument, parts: Sections, edition?: EditionFile): Reading {
  const { sections } = parts;
  const lines = document.lines.filter(({ noise }) => noise === undefined || noise === 'running head');
  const damage = damageOf(document);
  const service = readService(lines, sections, damage);
  const [area, kind] = ['area', 'kind'].map((key) => {
    const value = service.values.find(({ path }) => path.join('.') === `service.${key}`)?.value;
    return value === undefined ? undefined : String(value);
  });
  const readings: { values: ReadValue[]; findings?: ReadFinding[] }[] = [
    service,
    readReportFacts(lines, sections, damage),
    readSample(sections, damage),
    readFacts(parts, { area, edition }, document),
    readRecommendations(sections, { ...(area && { area }), ...(kind && { kind }) }, damage),
    readFindings(sections, damage),
  ];
  return {
    values: readings.flatMap(({ values }) => values),
    findings: readings.flatMap(({ findings = [] }) => findings),
  };
}
