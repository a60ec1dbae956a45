import type { SampleEntry } from '../../../src/import/bundle/inspection-file.js';
import { oneOf } from '../../../src/simulate/random.js';
import type { Making } from '../style.js';
import { counted, listed } from '../words.js';

const names: Record<string, string> = {
  community_sentence: 'community sentence',
  custodial_sentence: 'custodial sentence',
  referral_order: 'referral order',
  youth_rehabilitation_order: 'youth rehabilitation order',
  youth_conditional_caution: 'youth conditional caution',
  youth_caution: 'youth caution',
  community_resolution: 'community resolution',
  triage: 'triage disposal',
  other: 'other disposal',
};

type SampleKey = 'court_disposals' | 'out_of_court_disposals' | 'resettlement';

/** What was inspected in a domain: its cases by disposal, and the interviews. */
export function samplePart(making: Making, key: SampleKey): void {
  const { draft, inspected, words, random } = making;
  const entry = inspected.file.sample?.[key];
  if (!entry?.cases) return;
  const block = `sample ${key}`;
  const cases = entry.cases;
  const { sentence, split } = sentenceOf(making, key, entry);
  for (const [disposal, count] of Object.entries(split)) draft.tell(['sample', key, disposal], count, block);
  draft.tell(['sample', key, 'cases'], cases, block);
  let text = sentence;
  const interviews = entry.case_manager_interviews;
  if (key !== 'resettlement' && interviews !== undefined && interviews > 0) {
    draft.tell(['sample', key, 'case_manager_interviews'], interviews, block);
    text += oneOf(random, [
      ` We also conducted ${counted(interviews)} interview${interviews === 1 ? '' : 's'} with the relevant case managers.`,
      ` We interviewed the case managers in ${counted(interviews)} case${interviews === 1 ? '' : 's'}.`,
    ]);
  }
  if (key !== 'resettlement')
    text += ` We looked at the quality of assessment, planning, implementation and delivery${key === 'court_disposals' ? ', and reviewing' : ''}.`;
  draft.add({ kind: 'paragraph', text: text.replaceAll('{team}', words.team), key: block });
}

function sentenceOf({ random }: Making, key: SampleKey, entry: SampleEntry) {
  const cases = entry.cases as number;
  const of = (disposal: string) => (entry[disposal] as number | undefined) ?? 0;
  const phrase = (split: Record<string, number>) =>
    listed(Object.entries(split).map(([disposal, count]) => disposals(disposal, count)));
  if (key === 'resettlement') {
    const sentence = `To illustrate that work, we inspected ${counted(cases)} case${cases === 1 ? '' : 's'} managed by the {team} that had received a custodial sentence.`;
    return { sentence, split: {} };
  }
  if (key === 'court_disposals') {
    const isCoarse = random.isBelow(0.5);
    const community = of('referral_order') + of('youth_rehabilitation_order');
    const split = printed({
      ...(isCoarse
        ? { community_sentence: community }
        : {
            referral_order: of('referral_order'),
            youth_rehabilitation_order: of('youth_rehabilitation_order'),
          }),
      custodial_sentence: of('custodial_sentence'),
      other: of('other'),
    });
    const sentence = isCoarse
      ? `We took a detailed look at ${phrase(split)} managed by the {team}.`
      : `We inspected ${counted(cases)} case${cases === 1 ? '' : 's'} managed by the {team} that had received a court disposal. These consisted of ${phrase(split)}.`;
    return { sentence, split };
  }
  const split = printed({
    youth_conditional_caution: of('youth_conditional_caution'),
    youth_caution: of('youth_caution'),
    community_resolution: of('community_resolution'),
    triage: of('triage'),
    other: of('other'),
  });
  const sentence = oneOf(random, [
    `We inspected ${counted(cases)} case${cases === 1 ? '' : 's'} managed by the {team} that had received an out-of-court disposal. These consisted of ${phrase(split)}.`,
    `We took a detailed look at ${counted(cases)} out-of-court disposal${cases === 1 ? '' : 's'} managed by the {team}: ${phrase(split)}.`,
  ]);
  return { sentence, split };
}

/** Disposals of which there are any. */
const printed = (split: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(split).filter(([, count]) => count > 0));

function disposals(disposal: string, count: number): string {
  const name = names[disposal] as string;
  return `${counted(count)} ${count === 1 ? name : `${name}s`}`;
}
