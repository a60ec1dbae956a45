// Makes dist, the program as it is run. Plain JavaScript: it is what runs when nothing is built yet.
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

let compiler;
try {
  compiler = require.resolve('typescript/bin/tsc');
} catch {
  console.error(
    'A checkout is built here by TypeScript, which npm ci --omit=dev leaves out: call npm ci. (The package, as npm pack makes it, needs no build.)',
  );
  process.exit(1);
}
const { status } = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
// What is as it has to be is left alone: a checkout may be another user's, or read-only.
if ((statSync('dist/cli/bin.js').mode & 0o111) === 0) chmodSync('dist/cli/bin.js', 0o755);
const isThere = (from, to) =>
  statSync(from).isFile() && existsSync(to) && readFileSync(from).equals(readFileSync(to));
// What the compiler leaves behind: templates lie beside the code that fills them.
for (const folder of ['book/templates', 'book/assets', 'connect/templates'])
  cpSync(`src/${folder}`, `dist/${folder}`, { recursive: true, filter: (from, to) => !isThere(from, to) });
