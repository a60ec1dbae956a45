import { expect, test } from 'vitest';
import { commandProcess, serve, serverProcess, temporaryFolders } from '../../support/command.js';
import { rowsOf } from '../../support/connection.js';

const folder = temporaryFolders();

const readerUrlIn = (stdout: string) => stdout.match(/postgres:\/\/yot_ratings_reader:\S+/)?.[0] ?? 'none';

test('start makes all there is on a fresh folder, in a shell without a locale, and run again nothing', {
  timeout: 300_000,
}, async () => {
  const home = await folder();
  const env = { YOT_RATINGS_HOME: home };
  const serving = await serve(home, { env: { LANG: undefined, LC_ALL: undefined, LANGUAGE: undefined } });

  // UTF-8, on the loopback interface only, passwords by SCRAM
  const owner = (await commandProcess(['db', 'url'], { env })).stdout.trim();
  expect(
    await rowsOf(
      owner,
      `select
        current_setting('server_encoding') as encoding, upper('ŵigan é') as letters,
        current_setting('listen_addresses') as addresses, current_setting('unix_socket_directories') as sockets,
        (select string_agg(distinct auth_method, ', ') from pg_hba_file_rules) as log_in,
        (select string_agg(rolname, ', ' order by rolname) from pg_authid
          where rolcanlogin and rolpassword like 'SCRAM-SHA-256$%') as roles`,
    ),
  ).toEqual([
    {
      ...{ encoding: 'UTF8', letters: 'ŴIGAN É', addresses: '127.0.0.1', sockets: '' },
      log_in: 'scram-sha-256',
      roles: 'yot_ratings_analyst, yot_ratings_loader, yot_ratings_owner, yot_ratings_reader',
    },
  ]);

  // the URL that it prints reads the views and nothing else
  const reader = readerUrlIn(serving.stdout());
  const scores = `select score from analytics.overall_rating
    join analytics.inspection using (inspection_id) where evidence <> 'ratings only' order by score`;
  expect(await rowsOf(reader, scores)).toEqual([19, 21, 29, 31, 33].map((score) => ({ score })));
  await expect(rowsOf(reader, 'select from core.inspection')).rejects.toMatchObject({ code: '42501' });

  serving.kill('SIGINT');
  const first = await serving.ended;
  expect(first).toMatchObject({ code: 0, stderr: '' });
  expect(first.stdout).toMatch(/\nStopped\.\n$/);
  expect(await serverProcess(home)).toBeUndefined();
  expect(first.stdout).toContain(`embedded server in ${home}: made and started\n`);
  for (const printed of [
    /\d+ migrations applied; \d+ views made; 5 inspections and 6 files of reference data loaded; published ratings of 162 more/,
    /^Barnet YOS +2022-02 .* 21\/36 +Good/m,
    /^Essex YOS +2018-10 .* 33\/36 +Outstanding/m,
    /^Hammersmith and Fulham YJS +2022-07-18 .* 31\/36 +Outstanding/m,
    /^Kensington & Chelsea YOS +2020-10-19 .* 29\/36 +Good/m,
    /^Wigan YOT +2021-04-26 .* 19\/36 +Good/m,
    /\d cells compared, 0 differ/,
  ])
    expect(first.stdout).toMatch(printed);

  const again = await commandProcess(['start', '--once'], { env });
  expect(again).toMatchObject({ code: 0, stderr: '' });
  expect(again.stdout).toContain(`embedded server in ${home}: started\n`);
  expect(again.stdout).toContain('nothing to migrate; views up to date; nothing to load');
  expect(new URL(readerUrlIn(again.stdout)).password).toBe(new URL(reader).password);
  expect(await serverProcess(home)).toBeUndefined();
});
