import { expect, test } from 'vitest';
import { disposalNames } from '../../../src/read/around/disposals.js';
import { testDatabase } from '../../support/database.js';
import { aroundReader } from './reading.js';

const around = aroundReader();
const database = testDatabase();

test('types of disposal are those of the database', async () => {
  const rows = await database.db.selectFrom('core.disposal').selectAll().execute();
  const samples = {
    court_disposals: 'court',
    out_of_court_disposals: 'out of court',
    resettlement: 'resettlement',
  };
  const known = disposalNames.map(
    ({ sample, code, partOf = null }) => `${samples[sample]} ${code} ${partOf}`,
  );
  expect(known.sort()).toEqual(rows.map((row) => `${row.sample} ${row.disposal} ${row.part_of}`).sort());
});

test('a sample by type of disposal, in words and digits', async () => {
  const { file } = await around({
    domainText: {
      '2': [
        'We took a detailed look at nine community sentences and three custodial sentences managed by the YJS. We also conducted ten interviews with the relevant case managers.',
      ],
      '3': [
        'We inspected eight cases managed by the YJS that had received an out-of-court disposal. These consisted of two youth conditional cautions, no youth cautions, five community resolutions and one triage disposal. We interviewed the case managers in seven cases.',
      ],
      '4': [
        'To illustrate that work, we inspected four cases managed by the YJS that had received a custodial sentence.',
      ],
    },
  });
  expect(file.sample).toEqual({
    court_disposals: {
      cases: 12,
      community_sentence: 9,
      custodial_sentence: 3,
      case_manager_interviews: 10,
      place: expect.any(String),
    },
    out_of_court_disposals: {
      cases: 8,
      youth_conditional_caution: 2,
      youth_caution: 0,
      community_resolution: 5,
      triage: 1,
      case_manager_interviews: 7,
      place: expect.any(String),
    },
    resettlement: { cases: 4, place: expect.any(String) },
  });
});

test('types that were not looked at have none; orders are part of community sentences', async () => {
  const { file } = await around({
    domainText: {
      '2': [
        'We took a detailed look at 12 community sentences managed by the YJS. We did not look at any custodial sentences.',
      ],
    },
    text: { '2.1': ['We inspected five youth rehabilitation orders and seven referral orders.'] },
  });
  expect(file.sample?.court_disposals).toMatchObject({
    cases: 12,
    community_sentence: 12,
    custodial_sentence: 0,
    youth_rehabilitation_order: 5,
    referral_order: 7,
  });
});

test('kinds may be counted in brackets', async () => {
  const { file } = await around({
    domainText: {
      '3': [
        'The cases in the inspection sample were a mix of YCCs (six) and community resolutions (or equivalent) (2).',
      ],
    },
  });
  expect(file.sample?.out_of_court_disposals).toMatchObject({
    cases: 8,
    youth_conditional_caution: 6,
    community_resolution: 2,
  });
});

test('types that are not all legible do not sum to the sample', async () => {
  const { file } = await around({
    domainText: {
      '2': [
        'We took a detailed look at nine community sentences and four cxsxdxal sentences managed by the YJS.',
      ],
    },
  });
  // Nine and four are thirteen; the twelve are said in the annexe.
  expect(file.sample?.court_disposals).toMatchObject({ cases: 12, community_sentence: 9 });
});

test('with letters wrong in its words; a number with one wrong counts only where the sample’s size says the same', async () => {
  const { file } = await around({
    domainText: {
      '2': [
        'We took a detaild look at nine comunity sentences and three custdoial sentences managed by the YJS.',
      ],
      '3': [
        'We inspected eight cases that had received an out-of-court dsposal. These consisted of svven youth cautions and one trixge disposal.',
      ],
    },
  });
  expect(file.sample?.court_disposals).toMatchObject({
    cases: 12,
    community_sentence: 9,
    custodial_sentence: 3,
  });
  expect(file.sample?.out_of_court_disposals).toMatchObject({ cases: 8, triage: 1, youth_caution: 7 });
  const { file: unfit } = await around({
    domainText: {
      '3': [
        'We inspected eight cases that had received an out-of-court disposal. These consisted of svven youth cautions and two triage disposals.',
      ],
    },
  });
  expect(unfit.sample?.out_of_court_disposals).not.toHaveProperty('youth_caution');
});

test('a count that is another elsewhere, with nothing for either, is doubtful', async () => {
  const { file, findings } = await around({
    domainText: {
      '3': ['We inspected nine cases managed by the YJS that had received an out-of-court disposal.'],
    },
  });
  expect(file.sample?.out_of_court_disposals?.cases).toBeUndefined();
  expect(findings).toContainEqual(
    expect.objectContaining({
      kind: 'contradiction',
      message: 'out_of_court_disposals: cases is 9 here and 8 there',
      places: [expect.anything(), expect.anything()],
    }),
  );
});
