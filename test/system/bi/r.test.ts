import { describeDriver, type Program, programFile, run } from './driver.js';

async function program(): Promise<Program> {
  const probe = (name: string) => run('Rscript', ['-e', `library(${name})`]);
  if ((await probe('stats'))?.code !== 0) return { missing: 'Rscript' };
  if ((await probe('RPostgres'))?.code !== 0 && (await probe('RPostgreSQL'))?.code !== 0)
    return { missing: 'R with RPostgres or RPostgreSQL' };
  return { command: 'Rscript', args: [programFile('libpq.R')] };
}

describeDriver('R', await program(), {
  listsAll: false,
  // RPostgreSQL says no more than that it could not
  refusal:
    /permission denied|must be|cannot (insert|update|delete|\w+ view)|not a table|could not create execute/i,
  kinds: { date: 'Date', boolean: 'logical', integer: 'integer', text: 'character' },
});
