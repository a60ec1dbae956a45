import type { SampleKey } from '../../../import/bundle/inspection-file.js';
import type { ReadFinding, ReadValue } from '../../reading.js';
import type { Place, ReportLine } from '../../report-document.js';
import { disposalNames } from '../disposals.js';
import { valueAt } from '../values.js';
import type { Said } from './said.js';

/** One value for each key: where it is best described; what differs elsewhere is told. */
export function settle(said: Said[], isDamaged: boolean): { values: ReadValue[]; findings: ReadFinding[] } {
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
            : (unfitting(key, best, { total, sum, isDamaged }, chosen) ??
              (isDamaged && isUnsure(best, total?.value) && confirmedBy.length === 0 && !isSummedUp(key)
                ? 'nothing confirms it, in a damaged report'
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
 * Whether a count in digits may have lost one, or two of them their order, and would not show it: a size that only a sum gives, what is below
 * ten, for which reports have words, and interviews, which nothing sums to, where there could be as many with the digits in the other order.
 */
function isUnsure({ key, value, isDigits }: Said, most: number | undefined): boolean {
  if (isDigits !== true) return false;
  if (key !== 'case_manager_interviews') return key === 'cases' || value < 10;
  const turned = Number([...String(value)].reverse().join(''));
  const canBe = turned !== value && turned >= 10 && turned <= (most ?? Number.POSITIVE_INFINITY);
  return value < 10 || most === undefined || canBe;
}

/**
 * Why a count does not go with the sample's size: it is larger, or it is one of types that don't sum to it. Of these the one that is too
 * large by itself is doubtful, and the others are not.
 */
function unfitting(
  key: string,
  { value }: Said,
  {
    total,
    sum,
    isDamaged,
  }: { total: Said | undefined; sum: { value: number } | undefined; isDamaged: boolean },
  chosen: ReadonlyMap<string, Said[]>,
): string | undefined {
  if (isDamaged && sum && key === 'case_manager_interviews' && value > sum.value)
    return `the types sum to ${sum.value}`;
  if (!total) return undefined;
  const isUnsure = sum && (isDamaged || chosen.get('cases')?.length === 1) && sum.value !== total.value;
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
