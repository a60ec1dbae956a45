import { holdsOn, overlap, type Period, spanOf } from '../../days.js';
import { didYouMean } from '../../nearest.js';
import type { Problem } from '../../problem.js';
import { spoken } from '../../services/spoken.js';
import { refuse } from '../files/refuse.js';
import { shapeOf } from '../files/shape.js';
import type { ValuePath, YamlFile } from '../files/yaml-file.js';
import {
  type AuthorityEntry,
  authorityOf,
  type ServiceEntry,
  type ServicesFile,
  type SuccessionEntry,
} from './entries.js';

const authoritiesShape = shapeOf('register-local-authorities.schema.json');
const servicesShape = shapeOf('register-services.schema.json');

/** A thing that is known by a key for a time, and where in the file it stands. */
interface Holding extends Period {
  key: string;
  shown: string;
  at: ValuePath;
  /** Whose it is: what is held twice by one is held once. */
  by?: string;
}

const refusal = ({ file }: YamlFile) => `${file}: the register is not as it has to be; nothing was loaded.`;

/** The local authorities of a file. Throws a UserError with every problem of it. */
export function authoritiesIn(yaml: YamlFile): AuthorityEntry[] {
  refuse(refusal(yaml), authoritiesShape(yaml));
  const { local_authorities } = yaml.data as { local_authorities: AuthorityEntry[] };
  const names = local_authorities.flatMap((entry, at): Holding[] =>
    [entry.name, ...(entry.other_names ?? [])].map((name, nth) => ({
      ...periodOf(entry),
      key: spoken(name).full,
      shown: name,
      by: entry.ons_code,
      at: ['local_authorities', at, ...(nth === 0 ? [] : ['other_names', nth - 1])],
    })),
  );
  const codes = local_authorities.map(({ ons_code }, at): Holding => {
    return { key: ons_code, shown: ons_code, at: ['local_authorities', at, 'ons_code'] };
  });
  refuse(refusal(yaml), [...reversed(yaml, names), ...heldTwice(yaml, names), ...heldTwice(yaml, codes)]);
  return local_authorities;
}

/** The services of a file, which work for these local authorities. Throws a UserError with every problem of it. */
export function servicesIn(yaml: YamlFile, authorities: readonly AuthorityEntry[]): ServicesFile {
  refuse(refusal(yaml), servicesShape(yaml));
  const { services, successions } = yaml.data as ServicesFile;
  const each = (list: (entry: ServiceEntry, at: number) => Holding[]): Holding[] => services.flatMap(list);
  const codes = each(({ code }, at) => [{ key: code, shown: code, at: ['services', at, 'code'] }]);
  const official = each(({ code, names = [] }, at) =>
    names.map((name, nth) => ({
      ...periodOf(name),
      key: code,
      shown: `an official name of ${code}`,
      at: ['services', at, 'names', nth],
    })),
  );
  // A name leads to one service on a day, whether it is the service's own or its area's.
  const names = each(({ code: by, area, names = [], aliases = [] }, at) => [
    { key: spoken(area).full, shown: area, by, at: ['services', at, 'area'] },
    ...names.map((name, nth) => ({
      ...periodOf(name),
      key: spoken(name.name).full,
      shown: name.name,
      by,
      at: ['services', at, 'names', nth],
    })),
    ...aliases.map((name, nth) => ({
      key: spoken(name).full,
      shown: name,
      by,
      at: ['services', at, 'aliases', nth],
    })),
  ]);
  const works = each(({ local_authorities }, at) =>
    local_authorities.map(authorityOf).map((one, nth) => ({
      ...periodOf(one),
      key: one.name,
      shown: one.name,
      at: ['services', at, 'local_authorities', nth],
    })),
  );
  refuse(refusal(yaml), [
    ...[official, works].flatMap((holdings) => reversed(yaml, holdings)),
    ...[codes, official, names, works].flatMap((holdings) => heldTwice(yaml, holdings)),
    ...strangeAuthorities(yaml, works, authorities),
    ...withoutService(yaml, works, authorities),
    ...successionProblems(yaml, services, successions),
  ]);
  return { services, successions };
}

const periodOf = ({ from, until }: Period): Period => ({ from, until });

/** Authorities that a service works for and that are not there in that time. */
function strangeAuthorities(
  yaml: YamlFile,
  works: Holding[],
  authorities: readonly AuthorityEntry[],
): Problem[] {
  const names = new Set(authorities.map(({ name }) => name));
  return works.flatMap((holding) => {
    const { shown, at } = holding;
    if (!names.has(shown))
      return [
        yaml.problem(at, `"${shown}" is no local authority of the register${didYouMean(shown, names)}`),
      ];
    if (authorities.some((one) => one.name === shown && overlap(one, holding))) return [];
    return [yaml.problem(at, `"${shown}" was no local authority ${spanOf(holding)}`)];
  });
}

/** Every local authority has a service today, or had one on its last days. */
function withoutService(yaml: YamlFile, works: Holding[], authorities: readonly AuthorityEntry[]): Problem[] {
  const has = ({ name, from, until }: AuthorityEntry) =>
    works.some(
      (one) =>
        one.key === name && overlap(one, { from, until }) && (until !== undefined || one.until === undefined),
    );
  return authorities
    .filter((authority) => !has(authority))
    .map(({ name }) => yaml.problem(['services'], `no service works for the local authority ${name}`));
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
  return [...strange, ...heldTwice(yaml, pairs)];
}

/** What ends before it begins. */
const reversed = (yaml: YamlFile, holdings: readonly Holding[]): Problem[] =>
  holdings
    .filter(({ from, until }) => from != null && until != null && !holdsOn({ until }, from))
    .map(({ shown, at, from, until }) =>
      yaml.problem([...at, 'until'], `"${shown}" ends on ${until}, and begins on ${from}`),
    );

/** What is held twice on one day. */
function heldTwice(yaml: YamlFile, holdings: readonly Holding[]): Problem[] {
  const problems: Problem[] = [];
  const before = new Map<string, Holding[]>();
  for (const holding of holdings) {
    const { key, shown, at, by } = holding;
    const others = before.get(key) ?? [];
    if (others.some((other) => (by === undefined || other.by !== by) && overlap(other, holding)))
      problems.push(yaml.problem(at, `"${shown}" stands twice for the same days`));
    before.set(key, [...others, holding]);
  }
  return problems;
}
