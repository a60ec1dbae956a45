import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { dbPath } from '../../src/disk/paths.js';
import { writeQuestionLinks } from '../../src/import/edition/question-links.js';
import { readText, YamlFile } from '../../src/import/files/yaml-file.js';
import { loadRegister } from '../../src/import/reference.js';
import { registerFiles } from '../../src/import/register/files.js';
import { formatProblem, UserError } from '../../src/problem.js';
import { contents, testFolder } from '../support/bundles.js';
import { rolledBack, testDatabase } from '../support/database.js';

// The register and the crosswalk come with the package, and whoever changes them is told what is wrong with them.

const database = testDatabase();
const files = testFolder();

type What = 'services' | 'local-authorities' | 'crosswalk';

test.each<[What, string | RegExp, string, RegExp]>([
  ['services', 'area: Barnet', 'area: {}', /area is keys with values: it has to be text/],
  ['services', 'code: essex', 'code: Essex', /it has to be small letters and digits/],
  ['services', '[Essex]', '[Esex]', /"Esex" is no local authority of the register.*"Essex"/],
  [
    'services',
    '[Essex]',
    '[Essex, {name: Poole, from: "2020"}]',
    /"Poole" is no local authority of the register from 2020/,
  ],
  ['services', 'successor: bridgend', 'successor: bridgen', /"bridgen" is no service of this.*"bridgend"/],
  ['services', 'on: "2019"', 'on: "2019-13"', /a day, a month or a year, as far as it is known/],
  ['services', /^services:/m, 'service:', /"services" is missing/],
  ['local-authorities', /nation: Wales/, 'nation: Scotland', /allowed are England, Wales/],
  ['local-authorities', 'E09000003', 'E0900000', /it has to be a code of the Office for National Statistics/],
  ['crosswalk', 'relation: continues', 'relation: goes on', /allowed are continues/],
  ['crosswalk', 'relation: continues', 'relation: new', /"new" goes without "from"/],
  ['crosswalk', 'relation: continues', 'relation: ended', /"ended" without "to"/],
  ['crosswalk', 'to: {edition: "2021"', 'to: {edition: "2018"', /both questions are of edition 2018/],
  [
    'crosswalk',
    'question: "1.1.2"}, to',
    'question: "2.1.1.a"}, to',
    /2021 1\.1\.2, a key question, can't continue 2018 2\.1\.1\.a, a prompt/,
  ],
  ['crosswalk', 'question: "1.1.2"}, to', 'question: "1.1.1"}, to', /series from 2018 1\.1\.1 stands twice/],
  [
    'crosswalk',
    'question: "1.1.2"}, to',
    'question: "1.9.2"}, to',
    /"2018 1\.9\.2" is no question that is loaded/,
  ],
])('%s: %s changed to "%s" is refused, and nothing is loaded', async (what, from, to, said) => {
  const folder = what === 'crosswalk' ? 'editions/2021' : 'register';
  const text = await readFile(dbPath(folder, `${what}.yaml`), 'utf8');
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  const file = path.join(await files.folder({ 'a.yaml': other }), 'a.yaml');
  const before = await contents(database.db);
  const loading = rolledBack(database.db, async (trx) => {
    const [authorities, services] = registerFiles;
    if (what === 'crosswalk')
      await writeQuestionLinks(trx, '2021', { crosswalk: new YamlFile(await readText(file)) });
    else await loadRegister(trx, what === 'services' ? [authorities, file] : [file, services]);
  });
  const error = await loading.then(() => new Error('it was loaded')).catch((reason: unknown) => reason);
  if (!(error instanceof UserError)) throw error;
  expect(error.problems.map(formatProblem).join('\n')).toMatch(said);
  expect(await contents(database.db)).toEqual(before);
});
