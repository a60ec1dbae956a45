import { good2018, good2021 } from '../../test/support/bundles.js';
import { diceOf, garbled, numbers, texts } from './garble.js';

/** Arguments of a call, the files that it names, by name, and what it gets on standard input. */
export interface AnyCall {
  args: string[];
  input: Buffer;
  files: Record<string, Buffer>;
}

/** Commands, and options with whether they take a value: begun so that none serves for ever, or takes minutes. */
const commands: [string[], Record<string, boolean>][] = [
  [['ratings'], { '--as-if': true, '--as-of': true, '--synthetic': false, '--json': false, '--csv': false }],
  [['reconcile'], { '--synthetic': false, '--json': false, '--csv': false }],
  [['trends'], { '--questions': false, '--synthetic': false, '--json': false, '--csv': false }],
  [['compare'], { '--all': false, '--synthetic': false, '--json': false, '--csv': false }],
  [['distance'], { '--all': false, '--synthetic': false, '--json': false, '--csv': false }],
  [
    ['export'],
    {
      '--only': true,
      '--format': true,
      '--synthetic': false,
      '--spreadsheet-safe': false,
      '--force': false,
      '--json': false,
    },
  ],
  [
    ['simulate', '--inspections', '2'],
    { '--inspections': true, '--seed': true, '--to': true, '--wide': false, '--first-year': true },
  ],
  [['template'], { '--edition': true, '--to': true, '--long': false, '--fieldwork': true }],
  [
    ['read'],
    {
      '--to': true,
      '--load': false,
      '--new-service': false,
      '--show': true,
      '--editions': true,
      '--replace': false,
      '--json': false,
    },
  ],
  [['start', '--once'], { '--once': false }],
  [['db'], {}],
  [['db', 'up'], {}],
  [['db', 'down'], {}],
  [['db', 'url'], { '--role': true }],
  [['db', 'check'], { '--repair': false, '--json': false }],
  [['db', 'backup'], { '--force': false }],
  [['db', 'restore'], {}],
  [['db', 'reset'], { '--yes': false }],
  [['bench', '--scales', 'x'], { '--scales': true, '--runs': true, '--to': true }],
  [[], { '--version': false, '--help': false }],
  [['help'], {}],
  [
    ['load'],
    {
      '--cases': true,
      '--answers': true,
      '--ratings': true,
      '--columns': true,
      '--edition': true,
      '--errors': true,
      '--dry-run': false,
      '--new-service': false,
      '--synthetic': false,
      '--json': false,
    },
  ],
];

/** Values that somebody means, so that not every call ends at its first argument. */
const meant = [
  ...['2018', '2021', '2.1', 'overall', 'Barnet', 'Wigan', 'Essex YOS', 'base=relevant', 'edition=2021'],
  ...['owner', 'reader', 'csv', 'parquet', 'overall_rating', '2022-02-14', '1', '3', 'out', 'file.yaml'],
  ...['file.csv', 'map.yaml', 'report.txt', 'bundle', '-'],
];

/** Paths and options that nobody means. Nothing above the folder of the call may be written to, and so no absolute ones that can be. */
const strange = [
  ...[
    '',
    ' ',
    '-',
    '--',
    '---',
    '-x',
    '.',
    '..',
    '~',
    '*',
    '/dev/null',
    '/dev/null/x',
    '/proc/x',
    'a/../../b',
  ],
  ...[
    '--help=x',
    '--json=1',
    '--=',
    '@file',
    'base=',
    '=',
    'edition=1e3',
    'rounding=half-up',
    'x'.repeat(5000),
  ],
  ...['\ud800', '/proc/self/mem', 'out/../out', './bundle/', 'bundle\\..'],
];

/** Files that are given to every call, by name: most of them with something wrong. */
const good: Record<string, string> = {
  'file.yaml': good2018,
  'file.csv': 'service,published,overall,score\nBarnet,2021-03,Good,21/36\n',
  'map.yaml': 'columns: {service: service}\nedition: "2018"\n',
  'report.txt':
    'An inspection of youth offending services in\n\nRutland\n\nHM Inspectorate of Probation, May 2022\n',
  'bundle/inspection.yaml': good2021,
  'bundle/cases.csv': 'case,sample,disposal\nC1,court,referral_order\n',
  'bundle/answers.csv': 'case,question,answer\nC1,2.1.1,yes\n',
};

/** The call of a number: the same one every time. */
export function anyCall(number: number): AnyCall {
  const dice = diceOf(number);
  const { below, pick } = dice;
  const value = () => pick(pick([meant, meant, strange, numbers, texts]));
  const [command, options] = pick(commands);
  const args = [...command];
  for (let left = below(3); left > 0; left--) args.push(value());
  const named = Object.entries(options);
  for (let left = named.length > 0 ? below(4) : 0; left > 0; left--) {
    const [option, takesValue] = pick(named);
    args.push(option);
    // A value too few, or too many, now and then.
    if (takesValue !== (below(8) === 0)) args.push(value());
  }
  const files = Object.entries(good).map(([name, text]): [string, Buffer] => {
    const content = Buffer.from(text);
    return [name, below(3) === 0 ? content : garbled(content, dice)];
  });
  const [, input] = pick(files);
  // No system lets a call have a null in it, and a shell passes no half of a pair.
  return {
    args: args.map((arg) => Buffer.from(arg.replaceAll('\0', '')).toString()),
    files: Object.fromEntries(files),
    input,
  };
}
