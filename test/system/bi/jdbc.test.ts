import { existsSync } from 'node:fs';
import { describeDriver, type Program, programFile, refusalStates, run } from './driver.js';

async function program(): Promise<Program> {
  const jar = [process.env.PGJDBC, '/usr/share/java/postgresql.jar'].find((file) => file && existsSync(file));
  if (!jar) return { missing: 'the JDBC driver; the variable PGJDBC names its jar' };
  // a runtime alone does not run a source file
  const modules = await run('java', ['--list-modules']);
  if (!modules?.stdout.includes('jdk.compiler')) return { missing: 'a Java development kit, 11 or later' };
  return { command: 'java', args: ['-cp', jar, programFile('Jdbc.java')] };
}

describeDriver('JDBC', await program(), {
  listsAll: true,
  refusal: refusalStates,
  kinds: {
    date: 'java.sql.Date',
    boolean: 'java.lang.Boolean',
    integer: 'java.lang.Integer',
    text: 'java.lang.String',
  },
});
