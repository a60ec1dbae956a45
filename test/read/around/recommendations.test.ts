import { describe, expect, test } from 'vitest';
import { aroundReader } from './reading.js';
import { wornLines } from './worn.js';

const around = aroundReader();

const short = async (recommendations: string[]) => {
  const { file, findings } = await around({ recommendations });
  const list = (file.recommendations ?? []) as { number: number; addressed_to: string; summary: string }[];
  return {
    list: list.map(({ number, addressed_to, summary }) => `${number} ${addressed_to}: ${summary}`),
    findings: findings.map(({ message }) => message),
  };
};

test('each goes to whom the line above it names', async () => {
  const { list, findings } = await short([
    'We have made three recommendations.',
    '### Rutland Youth Justice Service and Rutland Police should:',
    '1. plan together',
    '2. learn from what goes wrong.',
    'The management board should:',
    '3. read what it is sent.',
  ]);
  expect(list).toEqual([
    '1 Rutland Youth Justice Service and Rutland Police: plan together',
    '2 Rutland Youth Justice Service and Rutland Police: learn from what goes wrong.',
    '3 The management board: read what it is sent.',
  ]);
  expect(findings).toEqual([]);
});

test('in lists that are broken by page ends and footnotes, with damaged bullets', async () => {
  const { list } = await short([
    'The service should:',
    '- 1. plan together with all',
    '<sup>4</sup> A footnote about something else.',
    'of its partners',
    '• 2) learn',
    'The board should',
    '. 3. read what it is sent.',
  ]);
  expect(list).toEqual([
    '1 The service: plan together with all of its partners',
    '2 The service: learn',
    '3 The board: read what it is sent.',
  ]);
});

test('a damaged running head is neither one of them nor a part of one', async () => {
  const { list } = await short([
    'The service should:',
    'Inspecton of youth ofending services: Rutland YJS',
    '1. plan together with all',
    '17',
    'of its partners Inspction of youth offending services: Rutland YJS 17',
  ]);
  expect(list).toEqual(['1 The service: plan together with all of its partners']);
});

test('without numbers they are counted', async () => {
  const { list } = await short([
    'The service should:',
    '• plan together',
    '• learn.',
    'The board should:',
    '• read.',
  ]);
  expect(list).toEqual(['1 The service: plan together', '2 The service: learn.', '3 The board: read.']);
});

test('fewer than the report says are told', async () => {
  const { findings } = await short([
    'We have made three recommendations.',
    'The service should:',
    '1. plan together.',
  ]);
  expect(findings).toContain('the report says that there are 3 recommendations, 1 were found');
});

test('the line that names whom is known with letters of "should" wrong', async () => {
  const { list } = await short([
    'The service should:',
    '1. plan together',
    'The Rutland Youth Justice Management Board shtuld:',
    '2. read what it is sent',
    'Rutland Council sohuld:',
    '3. pay',
    'The policeshould:',
    '4. come',
    'The Rutlnad Youth Justice Teams houl:d',
    '5. go',
    '<b>The courts should<:/b>',
    '6. stay.',
  ]);
  expect(list).toEqual([
    '1 The service: plan together',
    '2 The Rutland Youth Justice Management Board: read what it is sent',
    '3 Rutland Council: pay',
    '4 The police: come',
    '5 The Rutland Youth Justice Team: go',
    '6 The courts: stay.',
  ]);
});

test('numbers are those printed, whatever stands before them; damaged ones begin an entry as well', async () => {
  const { list } = await short([
    'We have made seven recommendations.',
    'The service should:',
    '3. plan together',
    '.4 learn',
    '5 . listen',
    '88. ask',
    '7 answer',
  ]);
  expect(list).toEqual([
    '3 The service: plan together',
    '4 The service: learn',
    '5 The service: listen',
    '6 The service: ask',
    '7 The service: answer',
  ]);
});

test('a number that is not legible and could be another is left out', async () => {
  const { list } = await short(['The service should:', 'q. plan together', '3. learn.', '4. read.']);
  expect(list).toEqual([
    'undefined The service: plan together',
    '3 The service: learn.',
    '4 The service: read.',
  ]);
});

test('in lists whose heading is joined to the paragraph above it, or has other words', async () => {
  const { list } = await short([
    'We made four recommendations for the good of children. Rutland Council should:',
    '1. plan together',
    '',
    'The chair of the board is asked to:',
    '2. read what is sent',
    '',
    '### Rutland Police',
    '3. share what they know',
    '',
    'e management board should:',
    '4. listen.',
    '',
    '##! Rutland College should:',
    '5. teach.',
  ]);
  expect(list).toEqual([
    '1 Rutland Council: plan together',
    '2 The chair of the board: read what is sent',
    '3 Rutland Police: share what they know',
    '4 e management board: listen.',
    '5 Rutland College: teach.',
  ]);
});

test('one whose number is damaged is no part of the one above it', async () => {
  const { list } = await short([
    'The service should:',
    '1. plan together 2 . learn from others',
    '100. ask for help',
    '¤. act',
    '5.. listen',
    'l6. read.',
  ]);
  expect(list).toEqual([
    '1 The service: plan together',
    '2 The service: learn from others',
    '3 The service: ask for help',
    '4 The service: act',
    '5 The service: listen',
    '6 The service: read.',
  ]);
});

test('a heading or a paragraph below the list is no part of its last entry', async () => {
  const paragraph = 'Sessions were adapted to each child. Work with others took longer to begin.';
  const ofHeading = ['The service should:', '1. plan together', '## Bcakgruond', paragraph];
  expect((await short(ofHeading)).list).toEqual(['1 The service: plan together']);
  expect((await short(['The service should:', '1. plan together', paragraph])).list).toEqual([
    '1 The service: plan together',
  ]);
});

test('what is said between two lists is no part of an entry, and ends nothing', async () => {
  const { list } = await short([
    'The service should:',
    '1. plan together',
    'Much was found to be good. More could be done for those who wait.',
    'which is told below',
    'The board should:',
    '2. read.',
  ]);
  expect(list).toEqual(['1 The service: plan together', '2 The board: read.']);
});

describe('in a damaged report', () => {
  const doubtful = async (recommendations: string[]) => {
    const { values } = await around({ recommendations, background: wornLines });
    const own = values.filter(
      ({ path, confidence }) => path[0] === 'recommendations' && confidence === 'doubtful',
    );
    return own.map(({ path }) => path.slice(1).join(' '));
  };

  test('one whose next number is missing may hold the next one too', async () => {
    const list = ['The service should:', '1. plan together', '2. learn', '4. read.'];
    expect(await doubtful(list)).toEqual(['1 number', '1 summary', '1 addressed_to']);
    expect(await doubtful(['We have made four recommendations.', ...list.slice(0, 3)])).toEqual([
      '1 number',
      '1 summary',
      '1 addressed_to',
    ]);
    expect(await doubtful([...list.slice(0, 3), '3. read.'])).toEqual([]);
  });

  test('one that goes on with an addressee is doubtful', async () => {
    const list = ['The service should:', '1. plan together', 'with he Rutland Board hsould,', '2. read.'];
    expect(await doubtful(list)).toEqual(['0 number', '0 summary', '0 addressed_to']);
  });

  test('a neighbour whose name is like that of the area is that neighbour', async () => {
    const recommendations = [
      'Bolton Council should:',
      '1. plan together',
      'Haltn Council should:',
      '2. read.',
    ];
    const { file } = await around({ area: 'Halton', recommendations, background: wornLines });
    expect(file.recommendations).toMatchObject([
      { addressed_to: 'Bolton Council' },
      { addressed_to: 'Halton Council' },
    ]);
  });

  test('whom it names is spelt as bodies are, and as the service is', async () => {
    const { file } = await around({
      recommendations: [
        'Rutland YSJ should:',
        '1. plan together',
        'The YouthJ usticeB oard ghuold:',
        '2. learn',
        'Rvtlnd Covncil and the polcie should:',
        '3. read.',
        'Rutland YSOshoudl:',
        '4. write.',
        'RutlandY LS should:',
        '5. count.',
      ],
      background: wornLines,
    });
    expect(file.recommendations).toMatchObject([
      { addressed_to: 'Rutland YJS' },
      { addressed_to: 'The Youth Justice Board' },
      { addressed_to: 'Rutland Council and the police' },
      { addressed_to: 'Rutland YOS' },
    ]);
  });
});
