#!/usr/bin/env node
import { leaveInGoodOrder } from './interrupt.js';
import { main } from './main.js';

leaveInGoodOrder();
process.exitCode = await main(process.argv.slice(2));
