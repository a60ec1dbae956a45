import type { DomainEntry } from '../../../src/import/edition/edition-file.js';
import type { Making } from '../style.js';
import { fill } from './fill.js';
import { findingsPart } from './findings.js';
import { samplePart } from './sample.js';
import { standardPart } from './standard.js';

/** A domain's chapter: what was inspected, what was found, and its standards. */
export function domainPart(making: Making, domain: DomainEntry): void {
  const { draft, content, look, random } = making;
  const text = `${domain.code}. ${domain.title}`;
  draft.add({ kind: 'page', number: 10 + Number(domain.code) });
  draft.add({ kind: 'heading', level: 2, text });
  if (random.isBelow(0.1)) draft.add({ kind: 'heading', level: 2, text });
  if (domain.code === '4') {
    const [standard] = domain.standards;
    if (!standard) return;
    standardPart(making, standard);
    samplePart(making, 'resettlement');
    findingsPart(making, { domain: domain.code });
    return;
  }
  if (domain.sample === 'court') samplePart(making, 'court_disposals');
  if (domain.sample === 'out of court') samplePart(making, 'out_of_court_disposals');
  draft.add({ kind: 'paragraph', text: fill(making, 2) });
  const isAtEnd = content.keyQuestions === 'annexe';
  if (!isAtEnd) findingsPart(making, { domain: domain.code });
  draft.add({ kind: 'paragraph', text: fill(making, 1) });
  for (const standard of domain.standards) standardPart(making, standard);
  if (!isAtEnd) return;
  draft.add({ kind: 'heading', level: 3, text: 'Summary' });
  if (look.pageEnd === 'rule') draft.add({ kind: 'paragraph', text: '---' });
  findingsPart(making, { domain: domain.code });
}
