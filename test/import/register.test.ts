import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { writeCrosswalk } from '../../src/import/edition/question-links.js';
import { readText, YamlFile } from '../../src/import/files/yaml-file.js';
import { loadRegister } from '../../src/import/reference.js';
import { dbPath } from '../../src/paths.js';
import { formatProblem, UserError } from '../../src/problem.js';
import { contents, testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

// The register and the crosswalk come with the package, and whoever changes them is told what is wrong with them.

const database = testDatabase();
const files = testFolder();

type What = 'services' | 'local-authorities' | 'crosswalk';

/** Loads a file of the package with one thing in it changed; returns what it was refused with. */
async function refusal(what: What, from: string | RegExp, to: string): Promise<string> {
  const text = await readFile(
    dbPath(what === 'crosswalk' ? 'editions/2021' : 'register', `${what}.yaml`),
    'utf8',
  );
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  const file = path.join(await files.folder({ 'a.yaml': other }), 'a.yaml');
  const before = await contents(database.db);
  const error = await rolledBack<unknown>(database.db, (trx) =>
    what === 'crosswalk'
      ? readText(file).then((source) => writeCrosswalk(trx, '2021', new YamlFile(source)))
      : loadRegister(trx, what, file),
  ).then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof UserError)) throw error ?? new Error('it was loaded');
  expect(error.exit).toBe(1);
  expect(await contents(database.db)).toEqual(before);
  return error.problems
    .map((problem) => formatProblem(problem).replace(/^.*a\.yaml:\d+:\d+: /, ''))
    .join('\n');
}

test.each<[What, string | RegExp, string, RegExp]>([
  ['services', 'area: Barnet', 'area: {}', /area is keys with values: it has to be text/],
  ['services', 'code: essex', 'code: Essex', /it has to be small letters and digits/],
  ['services', 'code: essex', 'code: barnet', /"barnet" stands twice/],
  ['services', '[Essex YOS]', '[BARNET yos]', /"BARNET yos" stands twice for the same days/],
  ['services', '[Essex YOS]', '[The Leeds]', /"Leeds" stands twice for the same days/],
  [
    'services',
    'Essex Youth Offending Service, kind: YOS}',
    'Essex Youth Offending Service, kind: YOS}, {name: Essex Team}',
    /"an official name of essex" stands twice/,
  ],
  ['services', '[Essex]', '[Esex]', /"Esex" is no local authority of the register.*"Essex"/],
  ['services', '[Essex]', '[Essex, Essex]', /"Essex" stands twice/],
  [
    'services',
    '[Essex]',
    '[Barnet]',
    /"Barnet" stands twice[\s\S]*no service works for the local authority Essex/,
  ],
  ['services', '[Essex]', '[{name: Essex, until: "2020"}]', /no service works for the local authority Essex/],
  ['services', '[Essex]', '[Essex, {name: Poole, from: "2020"}]', /"Poole" was no local authority from 2020/],
  [
    'services',
    'successor: bridgend',
    'successor: bridgen',
    /"bridgen" is no service of this file.*"bridgend"/,
  ],
  ['services', 'successor: bridgend', 'successor: western-bay', /"western-bay" can't follow on itself/],
  ['services', 'on: "2019"', 'on: "2019-13"', /a day, a month or a year, as far as it is known/],
  ['services', '[Essex]', '[{name: Essex, from: "2020-01-01", until: "2019-01-01"}]', /ends on 2019-01-01/],
  ['services', /^services:/m, 'service:', /"services" is missing/],
  ['local-authorities', /nation: Wales/, 'nation: Scotland', /allowed are England, Wales/],
  ['local-authorities', /\{name: Barnet,/, '{name: Barking and Dagenham,', /stands twice for the same days/],
  ['local-authorities', 'E09000003', 'E09000002', /"E09000002" stands twice/],
  ['local-authorities', 'E09000003', 'E0900000', /it has to be a code of the Office for National Statistics/],
  ['local-authorities', /^local_authorities:[\s\S]*/m, 'local_authorities: {}', /it has to be a list/],
  ['crosswalk', 'relation: continues', 'relation: goes on', /allowed are continues/],
  ['crosswalk', 'relation: continues', 'relation: new', /"new" goes without "from"/],
  ['crosswalk', 'relation: continues', 'relation: ended', /"ended" without "to"/],
  ['crosswalk', 'to: {edition: "2021"', 'to: {edition: "2018"', /both questions are of edition 2018/],
  ['crosswalk', 'question: "1.1.2"}, to', 'question: "1.1.1"}, to', /continues more than one/],
  ['crosswalk', /^crosswalk:[\s\S]*/m, 'crosswalk: 1', /it has to be a list/],
])('%s: %s changed to "%s" is refused', async (what, from, to, said) => {
  expect(await refusal(what, from, to)).toMatch(said);
});
