import type { SampleKey } from '../../../import/bundle/inspection-file.js';
import type { ReportLine } from '../../report-document.js';
import { disposalNames } from '../disposals.js';
import { isNear } from '../near.js';
import { numberOf, numbersIn } from '../numbers.js';
import type { Sentence } from '../sentences.js';
import { spelt } from '../spelling.js';

/** A count of a sample, and where it is said. `weight` is higher where the sample is described than where it is recalled. */
export interface Said {
  sample: SampleKey;
  key: string;
  value: number;
  line: ReportLine;
  weight: number;
  /** Whether its sentence counts something beside it that was not understood: then types do not sum to the whole. */
  isPartial?: boolean;
  /** Whether its number has a letter wrong: it counts where the sample's size says the same. */
  isMended?: boolean;
  /** Whether it is printed in digits, of which one may be another and nothing shows it. */
  isDigits?: boolean;
}

/** The sample that a sentence speaks of; undefined when it does not say. */
export function sampleOf(text: string): SampleKey | undefined {
  const lower = spelt(text.toLowerCase());
  if (/resettlement|received (?:a )?custodial sentence|released from custod/.test(lower))
    return 'resettlement';
  if (/out[- ]of[- ]court/.test(lower)) return 'out_of_court_disposals';
  const ofType = disposalNames.find(({ code, words }) => code !== 'other' && words.test(lower));
  if (ofType) return ofType.sample;
  return /court disposals|post-court/.test(lower) ? 'court_disposals' : undefined;
}

const number =
  '(\\d{1,3}|no|any|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[-‑ ](?:one|two|three|four|five|six|seven|eight|nine))?)';

/** How the size of a sample is said. */
const totals: [SampleKey, RegExp][] = [
  [
    'resettlement',
    new RegExp(
      `inspected ${number} (?:resettlement )?cases? (?:managed by [^.]{2,40} )?(?:that|who|where)[^.]{0,40}(?:custodial|custody|resettlement)`,
    ),
  ],
  ['resettlement', new RegExp(`${number} resettlement cases?`)],
  ['resettlement', new RegExp(`examining ${number} case files [^.]*custodial sentences?`)],
  [
    'out_of_court_disposals',
    new RegExp(
      `(?:inspected|examined|looked at) ${number} (?:cases?|children)(?: [^.]{0,60})? out[- ]of[- ]court`,
    ),
  ],
  [
    'court_disposals',
    new RegExp(
      `(?:inspected|examined|looked at) ${number} (?:cases?|children)(?: [^.]{0,60})? received an? (?:court disposal|sentence)`,
    ),
  ],
  ['out_of_court_disposals', new RegExp(`detailed look at ${number} out[- ]of[- ]court disposals`)],
  ['court_disposals', new RegExp(`detailed look at ${number} (?:court|post-court) (?:disposals|cases)`)],
  [
    'out_of_court_disposals',
    new RegExp(`(?:examined|inspected|sample of|and) ${number} out[- ]of[- ]court (?:disposals?|cases?)`),
  ],
  [
    'court_disposals',
    new RegExp(
      `(?:examined|inspected|sample of|and) ${number} (?:post-court|court) (?:disposals?|cases?|orders?)`,
    ),
  ],
];

export function countsIn({ text, lineAt }: Sentence, topic: SampleKey | undefined, weight: number): Said[] {
  const lower = spelt(text.toLowerCase().replaceAll(/\s+/g, ' '));
  const said: Said[] = [];
  const add = (sample: SampleKey, key: string, printed: string, index: number, more = 0) => {
    const value = /^(?:no|any)$/.test(printed) ? 0 : /^an?$/.test(printed) ? 1 : numberOf(printed);
    if (value !== undefined && !said.some((one) => one.sample === sample && one.key === key))
      said.push({
        sample,
        key,
        value,
        line: lineAt(index),
        weight: weight + more,
        isDigits: /\d/.test(printed),
      });
  };
  for (const [sample, pattern] of totals) {
    const match = pattern.exec(lower);
    if (match && !/margin of error/.test(match[0])) add(sample, 'cases', match[1] as string, match.index, 1);
  }
  const isDescribed =
    /took a? ?detailed|detailed look|consisted of|made up of|comprised|inspected|look at any|a mix of/.test(
      lower,
    );
  if (
    isDescribed &&
    !/of the cases selected|policy and provision|\bin (?:all|both|every|each)\b/.test(lower)
  ) {
    let rest = lower;
    let isLeft = false;
    for (const { sample, code, words } of disposalNames) {
      if (sample === 'resettlement' || (code === 'other' && !topic)) continue;
      if (topic && topic !== sample) continue;
      const before = new RegExp(`\\b${number} (?:${words.source})`).exec(rest);
      const behind = new RegExp(`(?:${words.source})(?: \\([a-z ]+\\))? \\(${number}\\)`).exec(rest);
      const match = before ?? behind;
      if (!match) {
        const near = new RegExp(`(\\p{L}{2,9}) (?:${words.source})`, 'u').exec(rest);
        const mended = near && mendedNumber(near[1] as string);
        if (mended) {
          add(sample, code, mended, near.index);
          for (const one of said) if (one.key === code) one.isMended = true;
          rest =
            rest.slice(0, near.index) + ' '.repeat(near[0].length) + rest.slice(near.index + near[0].length);
        } else if (near && code !== 'other' && /^and|^,/.test(rest.slice(near.index))) isLeft = true;
        continue;
      }
      const printed = match.slice(1).find((one) => one !== undefined) as string;
      const isNone = /(?:did not|didn['’]t) (?:look at|inspect|examine)/.test(lower.slice(0, match.index));
      add(sample, code, isNone ? 'no' : printed, match.index);
      rest =
        rest.slice(0, match.index) + ' '.repeat(match[0].length) + rest.slice(match.index + match[0].length);
    }
    const types = said.filter(({ key }) => key !== 'cases');
    // What follows the types is not about them.
    const left = numbersIn(rest.replace(/^.*?(?:detailed look at|consisted of|made up of|comprised)/, ''));
    const total = said.find(({ key }) => key === 'cases')?.value;
    if (isLeft || left.some(({ value }) => value !== total)) for (const one of types) one.isPartial = true;
  }
  const interviews =
    new RegExp(`conducted ${number} interviews? with`).exec(lower) ??
    new RegExp(`interviewed (?:\\w+ ){1,4}in (?:all )?${number}(?: of the \\w+)? cases?`).exec(lower);
  if (interviews && topic && !/^(?:no|any|an?)$/.test(interviews[1] as string))
    add(topic, 'case_manager_interviews', interviews[1] as string, interviews.index);
  return said;
}

const numberWords = [
  'one two three four five six seven eight nine eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen',
].flatMap((line) => line.split(' '));

/** The only number that a word is with a letter wrong. */
function mendedNumber(word: string): string | undefined {
  if (['the', 'to', 'or', 'of', 'for', 'on', 'no', 'our', 'these', 'so', 'were'].includes(word))
    return undefined;
  const near = numberWords.filter((one) => isNear(word, one, 1));
  return near.length === 1 ? near[0] : undefined;
}
