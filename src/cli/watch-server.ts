import { watch } from '../database/watch.js';
import { giveUp, isServing } from './interrupt.js';
import { tell } from './print.js';

/** Looks after the server while a command works: says who is waited for, and ends the program when the server is stuck. */
export const watchServer = (url: string): (() => void) =>
  watch(url, { onWaiting: (text) => tell(text), onLost: giveUp, isPaused: isServing });
