#!/usr/bin/env node
// Loaded here, and not above: a manager that installs no peers leaves kysely out, and that is to be said in a line.
const loaded = await Promise.all([import('./interrupt.js'), import('./main.js')]).catch((error: Error) => {
  if (!/\bkysely\b/.test(error.message)) throw error;
  console.error(
    'The package kysely is not installed: it is a peer of yot-ratings. Add it (yarn add kysely@0.28), and try again.',
  );
  process.exitCode = 2;
});
if (loaded) {
  const [{ leaveInGoodOrder }, { main }] = loaded;
  leaveInGoodOrder();
  process.exitCode = await main(process.argv.slice(2));
}

export {};
