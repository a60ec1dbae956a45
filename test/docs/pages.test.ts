import { existsSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageFolder } from '../../src/disk/paths.js';
import { command } from '../support/command.js';
import { callsOf, pages, pageText } from '../support/pages.js';

/** The name by which a link reaches a heading, as GitHub makes it. */
const anchor = (heading: string) =>
  heading
    .toLowerCase()
    .replaceAll(/[^\w\- ]/g, '')
    .replaceAll(' ', '-');

const anchorsOf = (page: string) =>
  [...pageText(page).matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchor(heading as string));

const linksOf = (page: string) =>
  [...pageText(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, to]) => to as string);

describe.each(pages)('%s', (page) => {
  test('links to what is there', () => {
    for (const link of linksOf(page).filter((to) => !/^\w+:/.test(to))) {
      const [file = '', heading] = link.split('#');
      const target = file === '' ? page : path.join(path.dirname(page), file);
      expect(existsSync(path.join(packageFolder, target)), link).toBe(true);
      if (heading) expect(anchorsOf(target), link).toContain(heading);
    }
  });

  test('names files that are there', () => {
    const named = [...pageText(page).matchAll(/`((?:src|test|db|docs|scripts)\/[\w./-]+)`/g)];
    for (const [, file] of named)
      expect(existsSync(path.join(packageFolder, file as string)), file).toBe(true);
  });
});

const calls = pages.flatMap((page) => callsOf(page).map((args) => ({ page, line: args.join(' '), args })));

test.each(calls)('$page: yot-ratings $line is a command with such options', async ({ args }) => {
  const names = args[0] === 'db' ? args.slice(0, 2) : args.slice(0, 1);
  const { code, stdout } = await command([...names, '--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^Usage: yot-ratings ${names.join(' ')}\\b`));
  for (const option of args.filter((arg) => arg.startsWith('--'))) expect(stdout).toContain(`${option} `);
});
