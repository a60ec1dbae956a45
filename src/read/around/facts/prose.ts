import type { ReportLine } from '../../report-document.js';
import type { Section } from '../../structure/sections.js';
import { sentencesOf } from '../sentences.js';
import type { Fact } from './fact.js';
import type { Strictness } from './prose/counted.js';
import { factsIn } from './prose/sentence.js';

/** Facts in the running text of a section. `isCaseBased` says whether a standard's text is about results of cases. */
export function proseFacts(
  section: Section,
  used: ReadonlySet<ReportLine>,
  isCaseBased: (section: Section) => boolean,
): Fact[] {
  const strictness = strictnessOf(section, isCaseBased);
  if (strictness === undefined) return [];
  const lines = section.lines.filter((line, at) => at > 0 && !used.has(line) && !isListed(section, at));
  return sentencesOf(lines).flatMap((sentence) => factsIn(sentence, section, strictness));
}

function strictnessOf(section: Section, isCaseBased: (section: Section) => boolean): Strictness | undefined {
  switch (section.kind) {
    case 'background':
    case 'facts':
    case 'foreword':
      return 'open';
    case 'standard':
      return isCaseBased(section) ? 'cases' : 'open';
    case 'domain':
      return section.domain === '1' ? 'open' : 'cases';
    case 'methodology':
      return 'survey';
    default:
      return undefined;
  }
}

/** Strengths and areas for improvement are findings; their figures stand in the text as well. */
function isListed({ lines }: Section, at: number): boolean {
  if (lines[at]?.bullet !== true) return false;
  const heading = lines.slice(0, at).findLast((line) => line.bullet !== true);
  return (
    /^(?:strengths?|areas? for improvement)\W*$/i.test(heading?.text ?? '') || lines[at]?.bullet === true
  );
}
