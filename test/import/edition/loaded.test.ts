import { describe, expect, test } from 'vitest';
import { load } from '../../../src/import/load.js';
import { contents, testFolder } from '../../support/bundles.js';
import { rolledBack, testDatabase } from '../../support/database.js';
import { editionFiles, underGoodEdition } from '../../support/editions.js';
import { loaded, questions } from './stored.js';

const database = testDatabase();
const files = testFolder();

describe('an edition from a folder', () => {
  test('loads, with its scale, questions and rules', async () => {
    const folder = await files.folder(editionFiles());
    await rolledBack(database.db, async (trx) => {
      expect(await load(trx, [folder])).toMatchObject([
        { kind: 'edition', name: 'edition Invented 1', outcome: 'loaded', notices: [] },
      ]);
      expect((await questions(trx)).map((row) => Object.values(row).slice(1))).toEqual([
        ['A.1.1', 'key question', 'A.1', null, '(,)', 'Does somebody lead?'],
        ['B.1.1', 'key question', 'B.1', null, '(,)', 'Was it assessed?'],
        ['B.1.1.a', 'prompt', 'B.1', 'B.1.1', '(,)', 'By whom?'],
        ['B.1.1.b', 'prompt', 'B.1', 'B.1.1', '(,)', 'When?'],
        ['B.1.2', 'key question', 'B.1', null, '(,)', 'Was it written down?'],
        ['B.2.1', 'key question', 'B.2', null, '(,2021-01-01)', 'Was it reviewed?'],
      ]);
      const scale = await trx
        .selectFrom('core.rating')
        .select(['rating', 'rating_rank'])
        .where('edition_code', '=', 'Invented 1')
        .orderBy('rating_rank')
        .execute();
      expect(scale.map((row) => Object.values(row))).toEqual([
        ['Weak', 0],
        ['Fair', 1],
        ['Strong', 2],
      ]);
    });
  });

  test('an amendment is made whole out of the rules before it', async () => {
    const folder = await files.folder(editionFiles());
    await rolledBack(database.db, async (trx) => {
      await load(trx, [folder]);
      const rules = await trx
        .selectFrom('core.rule_set')
        .select(['effective_from', 'rounding', 'confidence_level', 'discretion_points', 'rule_set_id'])
        .where('edition_code', '=', 'Invented 1')
        .orderBy('effective_from')
        .execute();
      expect(rules.map((row) => Object.values(row).slice(0, 4))).toEqual([
        ['2020-01-01', 'half up', 95, 3],
        ['2021-01-01', 'down', 95, 3],
      ]);
      const bands = await trx
        .selectFrom('core.band')
        .select(['from_percent', 'rating'])
        .where('rule_set_id', '=', rules[1]?.rule_set_id as number)
        .orderBy('from_percent')
        .execute();
      expect(bands.map((row) => Object.values(row))).toEqual([
        [0, 'Weak'],
        [40, 'Fair'],
        [70, 'Strong'],
      ]);
    });
  });

  test('loads in one call with an inspection under it, whatever comes first', async () => {
    const [bundle, folder] = [await files.bundle(underGoodEdition), await files.folder(editionFiles())];
    await rolledBack(database.db, async (trx) => {
      expect(await loaded(trx, bundle, folder)).toEqual(['loaded', 'loaded']);
      const rows = await trx
        .selectFrom('analytics.key_question_result')
        .select(['key_question', 'percent', 'rating'])
        .where('edition', '=', 'Invented 1')
        .orderBy('key_question')
        .execute();
      // 5/8 is 62.5%, 5/6 is 83.3%
      expect(rows.map((row) => Object.values(row))).toEqual([
        ['B.1.1', 63, 'Fair'],
        ['B.2.1', 83, 'Strong'],
      ]);
    });
  });

  test('loaded again changes nothing', async () => {
    const folder = await files.folder(editionFiles());
    await rolledBack(database.db, async (trx) => {
      await load(trx, [folder]);
      const before = await contents(trx);
      expect(await loaded(trx, folder)).toEqual(['unchanged']);
      expect(await contents(trx)).toEqual(before);
    });
  });
});
