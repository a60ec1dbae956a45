import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { embeddedServer, stopServer } from '../src/database/embedded/server.js';
import { openDatabase } from '../src/database/open.js';
import { loadBundled } from '../src/import/load.js';
import { manyCalls } from './fuzz/calls.js';
import { manyFiles, type Tries } from './fuzz/ground.js';

// Gives every reader of files, and the command line, what nobody means, for a while:
//   npx tsx scripts/fuzz.ts [--minutes 1] [--seed 1] [--only files|calls] [--target 'long answers']
// on an embedded server of its own. Every try has one of three ends: it is done, and the database is sound; it is refused in a
// user's words, and nothing has changed; or it is printed, with how to repeat it. Ends with 1 when there was one such.
// The command line is the built one: npm run build comes before.

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '1' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    only: { type: 'string', default: '' },
    target: { type: 'string', default: '' },
  },
});
const [minutes, seed] = [Number(values.minutes), Number(values.seed)];
if (!(minutes > 0) || !Number.isSafeInteger(seed) || !['', 'files', 'calls'].includes(values.only)) {
  console.error('--minutes is a number above 0, --seed a whole one, --only files or calls');
  process.exit(2);
}
console.log(`seed ${seed}`);

const home = mkdtempSync(path.join(tmpdir(), 'yot-ratings-fuzz-'));
// As root the server runs as another user, who has to be able to enter.
chmodSync(home, 0o755);
const folder = path.join(home, 'server');
mkdirSync(folder);
const server = await embeddedServer(folder);
const template = new URL(server.url).pathname.slice(1);
const admin = new URL(server.url);
admin.pathname = '/postgres';
const filled = await openDatabase(server.url);
await loadBundled(filled.db);
await filled.close();

// What never gives way cannot be timed by what it holds up.
const watchdog = new Worker(
  `const { parentPort } = require('node:worker_threads');
   let beat = Date.now(), doing = '';
   parentPort.on('message', (what) => { beat = Date.now(); doing = what; });
   setInterval(() => {
     if (Date.now() - beat < 120000) return;
     require('node:fs').writeSync(2, 'hangs: ' + doing + '\\n');
     process.kill(process.pid, 'SIGKILL');
   }, 1000);`,
  { eval: true },
);
watchdog.unref();

const all: Tries = { done: 0, refused: 0, wrong: [] };
const end = Date.now() + minutes * 60_000;
const part = values.only === '' ? 0.5 : 1;
const place = { adminUrl: admin.href, template };
const shown = new Set<number>();
const show = () => {
  for (const [at, { target, number, why }] of all.wrong.entries())
    if (!shown.has(at)) {
      shown.add(at);
      console.log(`\n${target}, number ${number}: ${why}`);
    }
};
if (values.only !== 'calls') {
  const until = Date.now() + part * (end - Date.now());
  await manyFiles(place, {
    seed,
    home,
    only: values.target,
    tries: all,
    isOver: (done) => {
      watchdog.postMessage(`files of try ${done}, seed ${seed}`);
      show();
      return Date.now() > until;
    },
  });
}
const files = all.done + all.refused + all.wrong.length;
if (values.only !== 'files')
  await manyCalls(place, {
    seed,
    home,
    tries: all,
    isOver: (done) => {
      watchdog.postMessage(`call ${done}, seed ${seed}`);
      show();
      return Date.now() > end;
    },
  });
show();
const calls = all.done + all.refused + all.wrong.length - files;
await server.release();
await stopServer(folder).catch(() => {});
rmSync(home, { recursive: true, force: true });
console.log(
  `seed ${seed}: ${files} files and ${calls} calls in ${minutes} minutes: ${all.done} done, ${all.refused} refused, ${all.wrong.length} wrong`,
);
process.exitCode = all.wrong.length > 0 ? 1 : 0;
