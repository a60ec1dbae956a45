/**
 * Writes into the last column of docs/holding.md when the tests of each line last ran, and how many passed: from the reports of vitest
 * that are named. A line whose tests are not all in them stays as it is.
 *
 *   npx vitest run --mode long --reporter=default --reporter=json --outputFile.json=long.json
 *   npx tsx scripts/holding.ts long.json
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from '../src/disk/paths.js';

interface Report {
  testResults: { name: string; startTime: number; assertionResults: { status: string }[] }[];
}

interface Run {
  day: string;
  passed: number;
  failed: number;
  skipped: number;
}

const runs = new Map<string, Run>();
for (const file of process.argv.slice(2)) {
  const { testResults } = JSON.parse(readFileSync(file, 'utf8')) as Report;
  for (const { name, startTime, assertionResults } of testResults) {
    const count = (...of: string[]) => assertionResults.filter(({ status }) => of.includes(status)).length;
    const run = {
      day: new Date(startTime).toISOString().slice(0, 10),
      ...{ passed: count('passed'), failed: count('failed'), skipped: count('skipped', 'pending', 'todo') },
    };
    const test = name.slice(name.lastIndexOf(`${path.sep}test${path.sep}`) + 1).replaceAll(path.sep, '/');
    const before = runs.get(test);
    // of two runs the later, of one day the one that tried more
    if (!before || before.day < run.day || (before.day === run.day && before.passed <= run.passed))
      runs.set(test, run);
  }
}

const page = path.join(packageFolder, 'docs', 'holding.md');
let filled = 0;
const written = readFileSync(page, 'utf8')
  .split('\n')
  .map((line) => {
    const [fault, promise, tests = ''] = line.split(' | ');
    const named = [...tests.matchAll(/`(test\/[^`]+\.test\.ts)`/g)].map(([, file]) => file as string);
    const own = named.flatMap((file) => runs.get(file) ?? []);
    if (!line.startsWith('| ') || named.length === 0 || own.length < named.length) return line;
    filled += 1;
    const said = (['passed', 'failed', 'skipped'] as const).flatMap((status) => {
      const count = own.reduce((all, run) => all + run[status], 0);
      if (count === 0 && status !== 'passed') return [];
      return status === 'failed' ? `**${count} failed**` : `${count} ${status}`;
    });
    const day = own.map((run) => run.day).sort()[0];
    return [fault, promise, tests.replace(/ \|$/, ''), `${day}: ${said.join(', ')} |`].join(' | ');
  });
writeFileSync(page, written.join('\n'));
console.log(`docs/holding.md: ${filled} lines filled, from ${runs.size} files of tests`);
