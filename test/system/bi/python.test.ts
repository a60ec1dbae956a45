import { describeDriver, type Program, programFile, pythonWith, refusalStates } from './driver.js';

async function program(): Promise<Program> {
  const python = (await pythonWith('import psycopg')) ?? (await pythonWith('import psycopg2'));
  if (!python) return { missing: 'Python with psycopg or psycopg2' };
  return { command: python, args: [programFile('libpq.py')] };
}

describeDriver('Python', await program(), {
  listsAll: false,
  refusal: refusalStates,
  kinds: { date: 'date', boolean: 'bool', integer: 'int', text: 'str' },
});
