// What the compiler leaves behind: the command can be run, and templates lie beside the code that fills them.
import { chmodSync, cpSync } from 'node:fs';

chmodSync('dist/cli/bin.js', 0o755);
for (const folder of ['book/templates', 'book/assets', 'connect/templates'])
  cpSync(`src/${folder}`, `dist/${folder}`, { recursive: true });
