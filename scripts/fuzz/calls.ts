import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { anyCall } from './any-call.js';
import { type Tries, withGround } from './ground.js';

const program = fileURLToPath(new URL('../../dist/cli/bin.js', import.meta.url));

/** What a call may take, in milliseconds. */
const longest = 60_000;

/** How a call ended: its exit code, null when it had to be killed, and what it said on standard error. */
async function call(
  args: string[],
  { input, cwd, env }: { input: Buffer; cwd: string; env: NodeJS.ProcessEnv },
): Promise<{ code: number | null; said: string }> {
  const child = spawn(process.execPath, [program, ...args], { cwd, env, stdio: ['pipe', 'pipe', 'pipe'] });
  // Most calls end without having read it.
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  let said = '';
  child.stderr.on('data', (text) => {
    said += text;
  });
  child.stdout.resume();
  const timer = setTimeout(() => child.kill('SIGKILL'), longest);
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  clearTimeout(timer);
  return { code, said };
}

/** Why it is wrong that a call ended so; undefined when it is not. */
export function wrongWith({ code, said }: { code: number | null; said: string }): string | undefined {
  if (code === null) return `it hangs, or was killed:\n${said}`;
  if (code > 3) return `exit code ${code}:\n${said}`;
  if (/\n\s+at .*:\d+|\w+Error\b|undefined|\[object|SQLSTATE/.test(said))
    return `no words for a user:\n${said}`;
  if (code > 0 && said.trim() === '') return `exit code ${code} without a word`;
  // Who reaches the database is not told that it can't be reached.
  if (code === 3) return `exit code 3 with a database there:\n${said}`;
  return undefined;
}

const shellWord = (word: string): string =>
  `$'${[...word].map((one) => (/[\w./=,-]/.test(one) ? one : [...Buffer.from(one)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''))).join('')}'`;

/** Calls the built command line with arguments and files that nobody means, a number for each call, until told to stop. */
export async function manyCalls(
  server: { adminUrl: string; template: string },
  {
    seed,
    home,
    isOver,
    tries = { done: 0, refused: 0, wrong: [] },
  }: { seed: number; home: string; isOver: (done: number) => boolean; tries?: Tries },
): Promise<Tries> {
  const own = await mkdtemp(path.join(home, 'calls-'));
  try {
    await withGround(server, async ({ url }) => {
      for (let done = 0; !isOver(done); done++) {
        // Paths may lead up: there is more above that may be written to.
        const cwd = path.join(own, 'a', 'b', 'c');
        await mkdir(path.join(cwd, 'bundle'), { recursive: true });
        const { args, files, input } = anyCall(seed * 100_003 + done);
        for (const [name, content] of Object.entries(files)) await writeFile(path.join(cwd, name), content);
        const env = { ...process.env, DATABASE_URL: url, YOT_RATINGS_HOME: path.join(own, 'home') };
        const ended = await call(args, { input, cwd, env });
        const why = wrongWith(ended);
        if (why === undefined) tries[ended.code === 0 ? 'done' : 'refused']++;
        else {
          tries.wrong.push({
            target: `yot-ratings ${args.map(shellWord).join(' ')}`,
            number: seed * 100_003 + done,
            why,
          });
        }
        await rm(path.join(own, 'a'), { recursive: true, force: true });
      }
    });
    return tries;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}
