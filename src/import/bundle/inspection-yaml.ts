import { Document, isMap, isScalar, isSeq, Scalar, visit, type YAMLMap } from 'yaml';
import type { InspectionFile } from './inspection-file.js';

/** Sections whose entries take a line each. */
const inLines = [
  'samples standard_ratings professional_discretion key_questions prompts',
  'context recommendations findings',
].flatMap((names) => names.split(' '));

/** An inspection file as YAML: an entry a line, and a blank line before each long section. */
export function inspectionYaml(file: InspectionFile): string {
  const document = new Document(file, { aliasDuplicateObjects: false });
  for (const { key, value } of (document.contents as unknown as YAMLMap).items) {
    const name = String(isScalar(key) ? key.value : key);
    if (name === 'overall' && isMap(value)) value.flow = true;
    if (!inLines.includes(name)) continue;
    if (isScalar(key)) key.spaceBefore = name !== 'samples';
    const entries = isSeq(value) ? value.items : isMap(value) ? value.items.map((pair) => pair.value) : [];
    for (const entry of entries) if (isMap(entry)) entry.flow = true;
  }
  // Codes and dates are text for every reader of YAML, not only for those of version 1.2.
  visit(document, {
    Scalar(_, node) {
      if (typeof node.value === 'string' && /^[\d.:-]+(?:\.[a-z])?$/.test(node.value))
        node.type = Scalar.QUOTE_DOUBLE;
    },
  });
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}
