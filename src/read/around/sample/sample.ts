import type { SampleKey } from '../../import/bundle/inspection-file.js';
import type { Damage } from '../checks/damage.js';
import type { ReadFinding, ReadValue } from '../reading.js';
import type { Place, ReportLine } from '../report-document.js';
import type { Section } from '../structure/sections.js';
import { disposalNames } from './disposals.js';
import { isNear } from './near.js';
import { numberOf, numbersIn } from './numbers.js';
import { type Sentence, sentencesOf } from './sentences.js';
import { spelt } from './spelling.js';
import { valueAt } from './values.js';

/** A count of a sample, and where it is said. `weight` is higher where the sample is described than where it is recalled. */
interface Said {
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

const number =
  '(\\d{1,3}|no|any|a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|(?:thir|four|fif|six|seven|eigh|nine)teen|(?:twen|thir|for|fif|six|seven|eigh|nine)ty(?:[-‑ ](?:one|two|three|four|five|six|seven|eight|nine))?)';

/** Inspected cases by type of disposal, as the report's own sentences say, each held against the others. */
export function readSample(
  sections: readonly Section[],
  damage: Damage = 'none',
): { values: ReadValue[]; findings: ReadFinding[] } {
  const said: Said[] = [];
  for (const section of sections) {
    if (!['domain', 'standard', 'methodology', 'summary', 'foreword', 'other'].includes(section.kind))
      continue;
    // A sample is described where its domain begins.
    const weight = section.kind === 'domain' ? 3 : section.kind === 'standard' ? 2 : 1;
    // "2. Court disposals": what a domain's own title says, where damage leaves its sentences without a word of it.
    const ofTitle = section.kind === 'domain' ? sampleOf(section.lines[0]?.text ?? '') : undefined;
    let topic = ofTitle;
    for (const sentence of sentencesOf(section.lines)) {
      const own = sampleOf(sentence.text);
      if (own) topic = own;
      else if (/^(?:we (?:inspected|examined|took)|in this)/i.test(sentence.text)) topic = ofTitle;
      const isOurs = /\b(?:we|inspected|inspection|sample)\b|^these/i.test(
        spelt(sentence.text.toLowerCase()),
      );
      if (isOurs) said.push(...countsIn(sentence, own ?? topic, weight));
    }
  }
  return settle(said, damage === 'heavy');
}

/** The sample that a sentence speaks of; undefined when it does not say. */
function sampleOf(text: string): SampleKey | undefined {
  const lower = spelt(text.toLowerCase());
  if (/resettlement|received (?:a )?custodial sentence|released from custod/.test(lower))
    return 'resettlement';
  if (/out[- ]of[- ]court/.test(lower)) return 'out_of_court_disposals';
  const ofType = disposalNames.find(({ code, words }) => code !== 'other' && words.test(lower));
  if (ofType) return ofType.sample;
  return /court disposals|post-court/.test(lower) ? 'court_disposals' : undefined;
}

function countsIn({ text, lineAt }: Sentence, topic: SampleKey | undefined, weight: number): Said[] {
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

/**
 * Whether a count in digits may have lost one and would not show it: interviews, which nothing sums to, a size that only a sum gives, and
 * what is below ten, for which reports have words.
 */
const isUnsure = ({ key, value, isDigits }: Said): boolean =>
  isDigits === true && (key === 'case_manager_interviews' || key === 'cases' || value < 10);

/** One value for each key: where it is best described; what differs elsewhere is told. */
function settle(said: Said[], isHeavy: boolean): { values: ReadValue[]; findings: ReadFinding[] } {
  const values: ReadValue[] = [];
  const findings: ReadFinding[] = [];
  for (const sample of ['court_disposals', 'out_of_court_disposals', 'resettlement'] as const) {
    const own = said.filter((one) => one.sample === sample);
    const keys = [...new Set(own.map(({ key }) => key))];
    const chosen = new Map(
      keys.map((key) => {
        const ranked = own.filter((one) => one.key === key).sort((one, other) => other.weight - one.weight);
        return [key, ranked] as const;
      }),
    );
    const total = chosen.get('cases')?.[0];
    const sum = sumOfTypes(sample, chosen);
    // Where the types are counted the sample is described: its size belongs there, though only their sum says it.
    if (sum && !sum.isMended && (!total || (total.value === sum.value && total.weight < sum.weight)))
      chosen.set('cases', [
        { sample, key: 'cases', ...sum, isDigits: total === undefined },
        ...(chosen.get('cases') ?? []),
      ]);
    const isPrinted = total !== undefined && sum?.value === total.value;
    const isSummedUp = (key: string) => isPrinted && key !== 'case_manager_interviews';
    for (const [key, ranked] of [...chosen].sort(
      ([one], [other]) => Number(other === 'cases') - Number(one === 'cases'),
    )) {
      const [best, ...rest] = ranked as [Said, ...Said[]];
      const agree = rest.filter(({ value }) => value === best.value).map(({ line }) => line.place);
      const differ = rest.find(({ value }) => value !== best.value);
      const isSummed = key === 'cases' && sum?.value === best.value && sum.line !== best.line;
      const confirmedBy: Place[] = [...agree, ...(isSummed && sum ? [sum.line.place] : [])];
      const why =
        differ && agree.length === 0 && !isSummed
          ? `elsewhere it is ${differ.value}`
          : best.isMended && (!total || sum?.value !== total.value)
            ? 'its number is damaged, and the types do not sum to the sample'
            : (unfitting(key, best, total, sum, chosen) ??
              (isHeavy && isUnsure(best) && confirmedBy.length === 0 && !isSummedUp(key)
                ? 'nothing confirms it, in a report with many damaged characters'
                : undefined));
      values.push(
        valueAt(['sample', sample, key], best.value, best.line, {
          confirmedBy,
          ...(why ? { confidence: 'doubtful', why } : {}),
        }),
      );
      if (differ)
        findings.push({
          kind: 'contradiction',
          about: `${sample} ${key}`,
          message: `${sample}: ${key} is ${best.value} here and ${differ.value} there`,
          places: [best.line.place, differ.line.place],
        });
    }
  }
  return { values, findings };
}

/**
 * Why a count does not go with the sample's size: it is larger, or it is one of types that don't sum to it. Of these the one that is too
 * large by itself is doubtful, and the others are not.
 */
function unfitting(
  key: string,
  { value }: Said,
  total: Said | undefined,
  sum: { value: number } | undefined,
  chosen: ReadonlyMap<string, Said[]>,
): string | undefined {
  if (!total) return undefined;
  const isUnsure = sum && chosen.get('cases')?.length === 1 && sum.value !== total.value;
  if (key === 'cases') return isUnsure ? `its types sum to ${sum.value}` : undefined;
  if (value > total.value) return `there are only ${total.value} cases`;
  if (!sum || sum.value === total.value || total.value === 0) return undefined;
  if (key === 'case_manager_interviews') return undefined;
  const hasTooLarge = [...chosen].some(
    ([one, said]) => one !== 'cases' && (said[0]?.value ?? 0) > total.value,
  );
  return hasTooLarge ? undefined : `with the other types it sums to ${sum.value}, of ${total.value} cases`;
}

/** What the coarse types of disposal sum to, when the report counts them. */
function sumOfTypes(
  sample: SampleKey,
  chosen: ReadonlyMap<string, Said[]>,
): { value: number; line: ReportLine; weight: number; isMended: boolean } | undefined {
  const own = disposalNames.filter((one) => one.sample === sample);
  const counted = own
    .filter(({ partOf }) => partOf === undefined)
    .flatMap(({ code }) => {
      const said = chosen.get(code)?.[0];
      // Where orders are counted one by one, they are the community sentences.
      return (
        said ??
        own.filter(({ partOf }) => partOf === code).flatMap((finer) => chosen.get(finer.code)?.[0] ?? [])
      );
    });
  const [first] = counted;
  if (!first || sample === 'resettlement' || counted.some(({ isPartial }) => isPartial)) return undefined;
  const { line, weight } = first;
  return {
    value: counted.reduce((sum, { value }) => sum + value, 0),
    line,
    weight,
    isMended: counted.some(({ isMended }) => isMended),
  };
}
