import { type Bundle, checkShape } from '../../import/bundle/bundle.js';
import { checkBundle } from '../../import/bundle/check/index.js';
import type { EditionFile } from '../../import/edition/edition-file.js';
import type { ValuePath, YamlFile } from '../../import/files/yaml-file.js';
import type { Problem } from '../../problem.js';
import type { ReadFinding, Reading, ReadValue } from '../reading.js';
import { assemble, isSure } from './assemble.js';
import { frameworkOf } from './framework.js';

interface AtPath extends Problem {
  path: ValuePath;
}

/**
 * Makes a reading one whose bundle the loader takes: values that contradict each other or the edition, as the loader itself
 * finds, become doubtful, each with the loader's reason, and a finding says so. A missing date of fieldwork stays missing.
 */
export function loadable(reading: Reading, edition: EditionFile): Reading {
  const framework = frameworkOf(edition);
  let { values, findings } = reading;
  for (;;) {
    const { file, positions } = assemble(values, '');
    const yaml = {
      data: file,
      file: 'inspection.yaml',
      problem: (path: ValuePath, message: string) => ({ file: 'inspection.yaml', message, path }),
    } as unknown as YamlFile;
    const misshapen = checkShape(yaml);
    const bundle = { yaml, inspection: file } as unknown as Bundle;
    const problems = (misshapen.length > 0 ? misshapen : checkBundle(bundle, framework).problems) as AtPath[];
    const handled = new Set<string>();
    for (const { path, message } of problems) {
      const original = originalPath(path, positions);
      const entry = entryPath(original);
      // What stands nowhere (a date that is missing) can't be doubted. What is said of an entry twice may be settled by the first.
      if (path.length < 2 || handled.has(entry.join(' '))) continue;
      const doubted = doubt(values, original, message);
      if (!doubted) continue;
      handled.add(entry.join(' '));
      values = doubted.values;
      findings = [
        ...findings,
        { kind: 'contradiction', about: entry.slice(1).join(' '), message, places: doubted.places },
      ];
    }
    if (handled.size === 0) return { values, findings };
  }
}

/** A path in the file as the path that values have: entries of lists that were left out count there. */
function originalPath(path: ValuePath, positions: Record<string, number[]>): (string | number)[] {
  const [section, at, ...rest] = path;
  const position = positions[String(section)]?.[Number(at)];
  return position === undefined ? [...path] : [section as string, position, ...rest];
}

const isWithin = (path: ValuePath, above: ValuePath): boolean =>
  above.every((step, at) => String(path[at]) === String(step));

/** The entry that a path leads into: of a section without entries the key itself. */
const entryPath = (path: (string | number)[]) => path.slice(0, 2);

/**
 * Makes what stands at a path doubtful: it, or all of its entry; where all of that is doubtful already, it is taken away.
 * undefined when nothing was read that stands there.
 */
function doubt(
  values: readonly ReadValue[],
  path: (string | number)[],
  why: string,
): { values: ReadValue[]; places: ReadFinding['places'] } | undefined {
  // Of a pair of counts that contradict each other nobody knows which is wrong.
  const isPair = path[0] === 'key_questions' || path[0] === 'prompts';
  const exact = isPair ? [] : values.filter((value) => isSure(value) && isWithin(value.path, path));
  const found = exact.length > 0 ? exact : values.filter((value) => isWithin(value.path, entryPath(path)));
  if (found.length === 0) return undefined;
  const doubtful = new Set(found);
  const isDoubtedAlready = !found.some(isSure);
  return {
    values: values.flatMap((value) => {
      if (!doubtful.has(value)) return [value];
      if (isDoubtedAlready) return [];
      return [{ ...value, confidence: value.confidence === 'lost' ? 'lost' : 'doubtful', why }];
    }),
    places: found.map(({ place }) => place),
  };
}
