import { readFileSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from './disk/paths.js';

const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8')) as {
  version: string;
};

/** Name and version of this program, as kept with every load. */
export const programVersion = `yot-ratings ${version}`;
