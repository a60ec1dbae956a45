import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { packageFolder } from '../../src/disk/paths.js';

/** The pages for people, as paths from the package's folder: the README, and those in docs. */
export const pages: string[] = [
  'README.md',
  ...readdirSync(path.join(packageFolder, 'docs'))
    .filter((file) => file.endsWith('.md'))
    .sort()
    .map((file) => `docs/${file}`),
];

export const pageText = (page: string): string => readFileSync(path.join(packageFolder, page), 'utf8');

/** The blocks of code of a page that are in a language. */
export const blocksOf = (page: string, language: string): string[] =>
  [...pageText(page).matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, block]) => block as string,
  );

/** Command lines of this program in the blocks of a page: their arguments, up to a comment, a pipe or another command. */
export const callsOf = (page: string): string[][] =>
  blocksOf(page, 'sh').flatMap((block) =>
    [...block.matchAll(/npx yot-ratings ([^#\n|&)<]*)/g)].map(([, line]) =>
      [...(line as string).matchAll(/"([^"]*)"|[^\s"]+/g)].map(([whole, quoted]) => quoted ?? whole),
    ),
  );
