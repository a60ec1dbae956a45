import type { Command } from 'commander';

/** Makes a command. It reports how it ended when that is not 0. */
export type CommandMaker = (endWith: (exit: number) => void) => Command;
