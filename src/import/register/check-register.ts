import type { Transaction } from 'kysely';
import type { DB } from '../../database/schema.js';
import { plain } from '../../names.js';
import { didYouMean } from '../../nearest.js';
import { type Problem, UserError } from '../../problem.js';
import { shapeOf } from '../files/shape.js';
import type { ValuePath, YamlFile } from '../files/yaml-file.js';
import type { AuthorityEntry, Dated, ServiceEntry, SuccessionEntry } from './register.js';
import { authorityNames } from './service.js';

const authoritiesShape = shapeOf('register-local-authorities.schema.json');
const servicesShape = shapeOf('register-services.schema.json');

/** A thing that is known by a key for a time, and where in the file it stands. */
interface Holding extends Dated {
  key: string;
  shown: string;
  at: ValuePath;
}

/** Throws a UserError with every problem of a file of local authorities. */
export function checkAuthorities(yaml: YamlFile): void {
  refuse(yaml, authoritiesShape(yaml));
  const { local_authorities } = yaml.data as { local_authorities: AuthorityEntry[] };
  const held = local_authorities.map((entry, at): Holding => {
    return { ...entry, key: plain(entry.name), shown: entry.name, at: ['local_authorities', at] };
  });
  refuse(yaml, overlaps(yaml, held));
}

/** Throws a UserError with every problem of a file of services. Local authorities have been written before. */
export async function checkServices(trx: Transaction<DB>, yaml: YamlFile): Promise<void> {
  refuse(yaml, servicesShape(yaml));
  const { services, successions } = yaml.data as { services: ServiceEntry[]; successions: SuccessionEntry[] };
  const authorities = await authorityNames(trx);
  const each = <T>(list: (entry: ServiceEntry, at: number) => T[]): T[] => services.flatMap(list);
  const problems = [
    ...overlaps(
      yaml,
      services.map(({ code }, at) => ({ key: code, shown: code, at: ['services', at] })),
    ),
    ...overlaps(
      yaml,
      each(({ names }, at) =>
        names.map((name, nth) => ({
          ...name,
          key: name.name.toLowerCase(),
          shown: name.name,
          at: ['services', at, 'names', nth],
        })),
      ),
    ),
    ...services.flatMap(({ code, names }, at) => {
      const official = names.flatMap((name, nth) =>
        (name.usage ?? 'official') === 'official'
          ? [
              {
                ...name,
                key: 'official',
                shown: `an official name of ${code}`,
                at: ['services', at, 'names', nth],
              },
            ]
          : [],
      );
      return overlaps(yaml, official);
    }),
    ...services.flatMap(({ local_authorities }, at) =>
      overlaps(
        yaml,
        local_authorities.map((one, nth) => ({
          ...one,
          key: plain(one.name),
          shown: one.name,
          at: ['services', at, 'local_authorities', nth],
        })),
      ),
    ),
    ...each(({ local_authorities }, at) =>
      local_authorities.flatMap(({ name }, nth) =>
        authorities.has(plain(name))
          ? []
          : [
              yaml.problem(
                ['services', at, 'local_authorities', nth],
                `"${name}" is no local authority of the register${didYouMean(name, authorities.values())}`,
              ),
            ],
      ),
    ),
    ...successionProblems(yaml, services, successions),
  ];
  refuse(yaml, problems);
}

function successionProblems(
  yaml: YamlFile,
  services: ServiceEntry[],
  successions: SuccessionEntry[],
): Problem[] {
  const codes = services.map(({ code }) => code);
  const strange = successions.flatMap(({ predecessor, successor }, at) => {
    const unknown = (['predecessor', 'successor'] as const).flatMap((side) => {
      const code = side === 'predecessor' ? predecessor : successor;
      if (codes.includes(code)) return [];
      return [
        yaml.problem(
          ['successions', at, side],
          `"${code}" is no service of this file${didYouMean(code, codes)}`,
        ),
      ];
    });
    if (predecessor === successor)
      unknown.push(yaml.problem(['successions', at], `"${predecessor}" can't follow on itself`));
    return unknown;
  });
  const pairs = successions.map(({ predecessor, successor }, at): Holding => {
    const shown = `${successor} after ${predecessor}`;
    return { key: shown, shown, at: ['successions', at] };
  });
  return [...strange, ...overlaps(yaml, pairs)];
}

/** What ends before it begins, and what is held twice on one day. Days without an end are compared as texts, which ISO days allow. */
function overlaps(yaml: YamlFile, holdings: readonly Holding[]): Problem[] {
  const problems: Problem[] = [];
  const before = new Map<string, Holding[]>();
  for (const holding of holdings) {
    const { key, shown, at, from, until } = holding;
    if (from !== undefined && until !== undefined && from >= until)
      problems.push(yaml.problem([...at, 'until'], `"${shown}" ends on ${until}, and begins on ${from}`));
    const others = before.get(key) ?? [];
    if (others.some((other) => isSharedDay(other, holding)))
      problems.push(yaml.problem(at, `"${shown}" stands twice for the same days`));
    before.set(key, [...others, holding]);
  }
  return problems;
}

const isSharedDay = (one: Dated, other: Dated): boolean =>
  (one.from ?? '') < (other.until ?? '9999-99') && (other.from ?? '') < (one.until ?? '9999-99');

function refuse(yaml: YamlFile, problems: Problem[]): void {
  if (problems.length === 0) return;
  throw new UserError(
    `${yaml.file}: the register is not as it has to be; nothing was loaded.`,
    undefined,
    problems,
  );
}
