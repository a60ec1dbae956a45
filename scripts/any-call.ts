import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** Arguments of a call, and the files that it names, by name. */
export interface AnyCall {
  args: string[];
  files: Record<string, string>;
}

/** Commands, and options with whether they take a value. Those that serve, or take minutes, are left out. */
const commands: [string[], Record<string, boolean>][] = [
  [['ratings'], { '--as-if': true, '--synthetic': false, '--json': false, '--csv': false }],
  [['reconcile'], { '--json': false, '--csv': false }],
  [['trends'], { '--questions': false, '--synthetic': false, '--json': false, '--csv': false }],
  [['compare'], { '--all': false, '--synthetic': false, '--json': false, '--csv': false }],
  [['distance'], { '--all': false, '--synthetic': false, '--json': false, '--csv': false }],
  [['export'], { '--only': true, '--format': true, '--spreadsheet-safe': false, '--json': false }],
  [
    ['simulate'],
    { '--inspections': true, '--seed': true, '--to': true, '--wide': false, '--first-year': true },
  ],
  [['template'], { '--to': true, '--long': false, '--fieldwork': true }],
  [['db', 'url'], { '--role': true }],
  [['db', 'check'], { '--json': false }],
  [
    ['load'],
    {
      '--cases': true,
      '--answers': true,
      '--ratings': true,
      '--columns': true,
      '--edition': true,
      '--dry-run': false,
      '--new-service': false,
      '--synthetic': false,
      '--json': false,
    },
  ],
];

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
    '/',
    '//',
    '~',
    '*',
    '/dev/null',
    'a/../../b',
    'x'.repeat(5000),
  ],
  ...[
    '0',
    '-0',
    '-1',
    '1e3',
    '0x10',
    '1,5',
    '1.5',
    '٢',
    '١٢',
    '½',
    '１２',
    'NaN',
    'Infinity',
    '1_000',
    '9'.repeat(400),
  ],
  ...[
    "'; drop schema core cascade; --",
    '$1',
    '$(id)',
    '%s',
    '\\',
    '\\.',
    '\t',
    '\n',
    '\r',
    '\u001b[31m',
    '\u202e',
  ],
  ...['\u200b', '\ufeff', '\ud800', '💥', 'é', '2021-02-30', '2021-13', '0000-00-00', '2022-02-14', 'today'],
  ...[
    '2018',
    '2021',
    '2.1',
    'overall',
    'Barnet',
    'Wigan',
    'base=relevant',
    'base=',
    '=',
    'edition=1e3',
    'owner',
    'csv',
  ],
  ...[
    '__proto__',
    'constructor',
    'toString',
    'null',
    'true',
    '=1+1',
    '@file',
    '--help=x',
    '--json=1',
    'file.yaml',
    'file.csv',
  ],
];

const contents = [
  ...[
    '',
    '\0',
    '{',
    '[]',
    'null',
    'service: 1',
    'a: &a [*a]',
    '"',
    '\ufeff',
    '- '.repeat(500),
    '\ud800',
    '%YAML 9',
  ],
  ...[
    'service,overall\nBarnet,Good\n',
    'case,sample,disposal\n"',
    'case\n=1+1\n',
    ',,,\n',
    'a;b\n1;2;3\n',
    'x\r\ry',
  ],
];

/** The call of a number: the same one every time. */
export function anyCall(number: number): AnyCall {
  const dice = xoroshiro128plus(number);
  const below = (size: number) => uniformInt(dice, 0, size - 1);
  const pick = <T>(things: readonly T[]): T => things[below(things.length)] as T;
  const [command, options] = pick(commands);
  const args = [...command];
  for (let left = below(3); left > 0; left--) args.push(pick(strange));
  for (let left = below(4); left > 0; left--) {
    const [option, takesValue] = pick(Object.entries(options));
    args.push(option);
    // A value too few, or too many, now and then.
    if (takesValue !== (below(8) === 0)) args.push(pick(strange));
  }
  const files = { 'file.yaml': pick(contents), 'file.csv': pick(contents) };
  return { args: args.map((arg) => arg.replaceAll('\0', '')), files };
}
