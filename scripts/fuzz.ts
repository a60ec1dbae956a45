import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyCall } from './any-call.js';

// Calls the built command line with arguments and files that nobody means, for a while:
//   npx tsx scripts/fuzz.ts [minutes] [seed]
// DATABASE_URL names the database; without it none can be reached, which only calls that are refused before it do not mind.
// A call that fails is printed as a line for the shell that repeats it. Ends with 1 when one has failed.

const [minutes, seed] = [Number(process.argv[2] ?? 1), Number(process.argv[3] ?? 1)];
const program = fileURLToPath(new URL('../dist/cli/bin.js', import.meta.url));
const DATABASE_URL = process.env.DATABASE_URL ?? 'postgres://nobody@127.0.0.1:1/none';
const home = mkdtempSync(path.join(tmpdir(), 'yot-ratings-fuzz-'));
const deadline = 60_000;

/** How a call ended, or why it is wrong that it ended so. */
async function wrongWith(args: string[]): Promise<string | undefined> {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: home,
    env: { ...process.env, DATABASE_URL, YOT_RATINGS_HOME: path.join(home, 'home') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  child.stdout.resume();
  const timer = setTimeout(() => child.kill('SIGKILL'), deadline);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  if (code === null) return `it hangs, or was killed:\n${said}`;
  if (code > 3) return `exit code ${code}:\n${said}`;
  if (/\n\s+at .*:\d+|TypeError|undefined|\[object/.test(said)) return `no words for a user:\n${said}`;
  if (code > 0 && said.trim() === '') return `exit code ${code} without a word`;
  return undefined;
}

const shellWord = (word: string): string =>
  `$'${[...word].map((one) => (/[\w./=,-]/.test(one) ? one : [...Buffer.from(one)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''))).join('')}'`;

let [calls, failures] = [0, 0];
const end = Date.now() + minutes * 60_000;
while (Date.now() < end) {
  const { args, files } = anyCall(seed * 1_000_000 + calls++);
  for (const [name, text] of Object.entries(files)) writeFileSync(path.join(home, name), text);
  const wrong = await wrongWith(args);
  if (wrong === undefined) continue;
  failures++;
  const made = Object.entries(files).map(([name, text]) => `printf %s ${shellWord(text)} > ${name}; `);
  console.log(`${made.join('')}yot-ratings ${args.map(shellWord).join(' ')}\n${wrong}\n`);
}
rmSync(home, { recursive: true, force: true });
console.log(`seed ${seed}: ${calls} calls in ${minutes} minutes, ${failures} failures`);
process.exitCode = failures > 0 ? 1 : 0;
