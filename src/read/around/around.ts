import type { EditionFile } from '../../import/edition/edition-file.js';
import { showsDamage } from '../checks/damage.js';
import type { ReadFinding, Reading, ReadValue } from '../reading.js';
import type { ReportDocument } from '../report-document.js';
import type { Sections } from '../structure/sections.js';
import { readFacts } from './facts/facts.js';
import { readFindings } from './findings.js';
import { readRecommendations } from './recommendations/recommendations.js';
import { readReportFacts } from './report.js';
import { readSample } from './sample/sample.js';
import { readService } from './service/service.js';

/** Everything that a report says around its ratings and figures. */
export function readAround(document: ReportDocument, parts: Sections, edition?: EditionFile): Reading {
  const { sections } = parts;
  const lines = document.lines.filter(({ noise }) => noise === undefined || noise === 'running head');
  const isDamaged = showsDamage(document);
  const service = readService(lines, sections, isDamaged);
  const found = service.values.find(({ path }) => path.join('.') === 'service.area')?.value;
  const area = found === undefined ? undefined : String(found);
  const readings: { values: ReadValue[]; findings?: ReadFinding[] }[] = [
    service,
    readReportFacts(lines, sections, isDamaged),
    readSample(sections, isDamaged),
    readFacts(parts, { area, edition }, document),
    readRecommendations(sections, area, isDamaged),
    readFindings(sections, isDamaged),
  ];
  return {
    values: readings.flatMap(({ values }) => values),
    findings: readings.flatMap(({ findings = [] }) => findings),
  };
}
