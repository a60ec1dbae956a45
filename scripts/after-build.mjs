// What the compiler leaves behind: the command can be run, and the book's templates lie beside its code.
import { chmodSync, cpSync } from 'node:fs';

chmodSync('dist/cli/bin.js', 0o755);
for (const folder of ['templates', 'assets'])
  cpSync(`src/book/${folder}`, `dist/book/${folder}`, { recursive: true });
