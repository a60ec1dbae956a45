import { expect, test } from 'vitest';
import { bundledRegister } from '../../src/import/register/files.js';
import { resolve } from '../../src/services/resolve.js';
import { sharedFile, tableRows, unlessShared } from '../support/shared.js';

// The register of the package against the facts that it was made from, where they lie beside the project.

const services = sharedFile('facts/services.csv');
const aliases = sharedFile('facts/service-aliases.csv');
const register = bundledRegister();

/** The facts do not have the codes that Barnsley and Sheffield got when their boundary changed. */
const newer: Record<string, string> = { E08000038: 'E08000016', E08000039: 'E08000019' };

test.skipIf(services === undefined)(
  `every service works for the authorities, in the time, that the facts say${unlessShared(services)}`,
  () => {
    const facts = tableRows(services as string).map(({ basis, ...row }) => row);
    const ours = register.services.flatMap(({ area, authorities }) =>
      authorities
        .filter(({ ons_code }) => !(ons_code in newer))
        .map(({ from, until, ...authority }) => ({
          service: area,
          authority: authority.name,
          ons_code: authority.ons_code,
          dfe_la_code: authority.dfe_la_code ?? '',
          authority_type: authority.type,
          region: authority.region,
          nation: authority.nation,
          police_area: authority.police_area,
          // what the authority's own end, and that of its code, add to the facts
          from: from === '2009-04-01' ? '' : (from ?? ''),
          to: Object.values(newer).includes(authority.ons_code) ? '' : (until ?? ''),
        })),
    );
    const inOrder = (rows: Record<string, string>[]) =>
      rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
    expect(facts.length).toBe(189);
    expect(inOrder(ours)).toEqual(inOrder(facts));
  },
);

test.skipIf(aliases === undefined)(
  `every spelling of the facts leads to its service${unlessShared(aliases)}`,
  () => {
    const wrong = tableRows(aliases as string).filter(({ service, alias }) => {
      const resolved = resolve(register, alias as string);
      return !('found' in resolved) || resolved.found.area !== service;
    });
    expect(wrong).toEqual([]);
  },
);

test('a service is found by its code, its area and each of its names, on each day on which it has them', () => {
  const wrong = register.services.flatMap((service) => {
    const { code, area, names } = service;
    return [{ name: code, from: undefined }, { name: area, from: undefined }, ...names].filter(
      ({ name, from }) => {
        const resolved = resolve(register, name, from ?? undefined);
        return !('found' in resolved && resolved.found === service);
      },
    );
  });
  expect(wrong).toEqual([]);
});
