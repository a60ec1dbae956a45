import { describeDriver, type Program, programFile, pythonWith, refusalStates } from './driver.js';

async function program(): Promise<Program> {
  if (!(await pythonWith('import pyodbc'))) return { missing: 'Python with pyodbc' };
  const python = await pythonWith(
    'import pyodbc; assert any("PostgreSQL" in name for name in pyodbc.drivers())',
  );
  if (!python) return { missing: 'psqlODBC, in odbcinst.ini' };
  return { command: python, args: [programFile('odbc.py')] };
}

describeDriver('psqlODBC', await program(), {
  listsAll: true,
  refusal: refusalStates,
  // psqlODBC gives booleans as texts, unless told otherwise in the data source
  kinds: { date: 'date', boolean: 'str', integer: 'int', text: 'str' },
});
