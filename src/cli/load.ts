import { Command } from 'commander';
import { load } from '../import/load.js';
import { formatProblem } from '../problem.js';
import type { CommandMaker } from './command.js';
import { print, printJson, tell } from './print.js';
import { withDatabase } from './with-database.js';

export const loadCommand: CommandMaker = () =>
  new Command('load')
    .description('load inspections (bundles) or editions: all that is named, or nothing')
    .argument(
      '<bundle...>',
      "a bundle's folder, its inspection.yaml or .json, a folder of bundles, or an edition's folder",
    )
    .option('--new-service', 'add a service that is in no register')
    .option('--json', 'print JSON')
    .action((bundles: string[], { newService = false, json }: { newService?: true | false; json?: true }) =>
      withDatabase(async ({ db }) => {
        const loaded = await load(db, bundles, { newService });
        for (const { ignored } of loaded) for (const problem of ignored) tell(formatProblem(problem));
        if (json) return printJson(loaded.map(({ kind, name, outcome }) => ({ kind, name, outcome })));
        for (const { name, outcome } of loaded) {
          print(`${name}: ${outcome === 'unchanged' ? 'loaded already, nothing changed' : outcome}`);
        }
      }),
    );
