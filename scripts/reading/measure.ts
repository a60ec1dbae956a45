/**
 * Measures the reader of reports on invented ones:
 * tsx scripts/reading/measure.ts [--reports 500] [--seed 1] [--rates 0,0.5] [--as conversion,any] [--to docs/reading-measured.json] [--failures] [--style PDF --style 'layout text']
 * Prints a table for each rate (percentage of damaged characters) and kind of damage; --failures lists what was not read right, and --wrong only what
 * is wrong though it was accepted.
 */
import { fork } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { damageKinds, damageName, damagesOf } from './damage.js';
import { gather } from './gather.js';
import type { Outcome } from './read-one.js';
import { editionFiles, layOut, type Planned, plannedReports } from './reports.js';
import { measuredTables } from './tables.js';
import { freshMaterial } from './with-material.js';

const { values: options } = parseArgs({
  options: {
    reports: { type: 'string', default: '500' },
    seed: { type: 'string', default: '1' },
    rates: { type: 'string', multiple: true, default: ['0', '0.5'] },
    as: { type: 'string', multiple: true, default: [...damageKinds] },
    to: { type: 'string' },
    style: { type: 'string', multiple: true },
    only: { type: 'string' },
    workers: { type: 'string', default: '2' },
    failures: { type: 'boolean', default: false },
    wrong: { type: 'boolean', default: false },
  },
});
const listed = (values: string[]) => values.flatMap((value) => value.split(/[\s,]+/));
const damages = damagesOf(listed(options.rates).map(Number), listed(options.as));

const isWorker = process.send !== undefined;
if (isWorker) work();
else await main();

async function main(): Promise<void> {
  const material = await freshMaterial();
  const planned = [
    ...plannedReports(material, { reports: Number(options.reports), seed: Number(options.seed) }),
  ]
    .filter(({ style }) => options.style?.includes(style) ?? true)
    .filter(({ number }) => options.only === undefined || number === Number(options.only));
  const outcomes = await readAll(planned);
  outcomes.sort((a, b) => a.number - b.number);
  if (options.failures || options.wrong) for (const outcome of outcomes) printFailures(outcome);
  const measured = gather(outcomes, damages);
  console.log(measuredTables(measured).join('\n'));
  if (options.to) {
    const written = { seed: Number(options.seed), measured };
    await writeFile(options.to, `${JSON.stringify(written, null, 2)}\n`);
  }
}

/** Reads every report with every damage, in processes of their own. */
async function readAll(planned: Planned[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const next = planned[Symbol.iterator]();
  await Promise.all(
    Array.from({ length: Number(options.workers) }, async () => {
      const worker = fork(fileURLToPath(import.meta.url), process.argv.slice(2), {
        execArgv: process.execArgv,
        serialization: 'advanced',
      });
      for (const one of next) {
        worker.send(one);
        const answer = await new Promise<Outcome[]>((resolve, reject) => {
          worker.once('message', (message) => resolve(message as Outcome[]));
          worker.once('exit', (code) => reject(new Error(`reading report ${one.number} ended with ${code}`)));
        });
        worker.removeAllListeners();
        outcomes.push(...answer);
      }
      worker.kill();
    }),
  );
  return outcomes;
}

function work(): void {
  const editions = editionFiles();
  process.on('message', async (planned: Planned) => {
    const { readOne } = await import('./read-one.js');
    const report = layOut(planned, await editions);
    const outcomes: Outcome[] = [];
    for (const damage of damages) outcomes.push(await readOne(report, damage));
    process.send?.(outcomes);
  });
}

function printFailures({ number, style, damage, refused, broken, judged }: Outcome): void {
  const about = `${number} ${style} ${damageName(damage)}`;
  if (refused) console.log(`${about}: refused: ${refused}`);
  if (broken) console.log(`${about}: broken: ${broken}`);
  if (refused || broken) return;
  for (const {
    fate,
    group,
    path,
    expected,
    read,
    confidence,
    place,
    why,
    line,
    raw,
    isPrintedSo,
  } of judged) {
    if (fate === 'right' || fate === 'kept lost' || (options.wrong && fate !== 'wrong')) continue;
    if (!options.failures && !options.wrong) continue;
    const said = confidence
      ? `${JSON.stringify(read)} (${confidence}, ${place}${why ? `: ${why}` : ''})`
      : 'nothing';
    const so = isPrintedSo ? ', printed so' : '';
    console.log(
      `${about}: ${fate}${so}: ${group}: ${path}: expected ${expected === undefined ? 'lost or none' : JSON.stringify(expected)}, read ${said} | ${line ?? ''}: ${raw.slice(0, 160)}`,
    );
  }
}
