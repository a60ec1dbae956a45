import { describe, expect, test } from 'vitest';
import { aroundReader } from './reading.js';
import { wornLines } from './worn.js';

const around = aroundReader();

test('strengths and areas for improvement of a domain, wrapped or not; what follows the list is none', async () => {
  const { file } = await around({
    domainText: {
      '1': [
        'Strengths:',
        '- Leaders know the children',
        'whom they serve.',
        '- Staff stay.',
        'Aeras for improvement:',
        '- The board meets seldom.',
        'Organisations that are well led are more likely to achieve their aims.',
      ],
    },
    text: {
      '2.4': [
        'Summary',
        'Strengths:',
        '- Reviews come in time.',
        'Area for improvement:',
        'Plans are not changed',
        'when they should be.',
      ],
    },
  });
  expect(file.findings?.map(({ place, ...rest }) => rest)).toEqual([
    { domain: '1', kind: 'strength', summary: 'Leaders know the children whom they serve.' },
    { domain: '1', kind: 'strength', summary: 'Staff stay.' },
    { domain: '1', kind: 'area for improvement', summary: 'The board meets seldom.' },
    { domain: '2', kind: 'strength', summary: 'Reviews come in time.' },
    { domain: '2', kind: 'area for improvement', summary: 'Plans are not changed when they should be.' },
  ]);
});

test('those below a standard are the standard’s; a domain with one standard is that standard', async () => {
  const { file } = await around({
    text: {
      '3.4': ['### Strengths', '- The panel is swift.'],
      '4.1': ['### Strengths', '- Release is planned.'],
    },
  });
  expect(file.findings).toMatchObject([{ domain: '3', standard: '3.4' }, { domain: '4' }]);
  expect(file.findings?.[1]).not.toHaveProperty('standard');
});

test('below a heading that is joined to the paragraph above it; the next part’s heading is none, and a damaged bullet is one', async () => {
  const { file } = await around({
    domainText: {
      '1': [
        'The service is small and stands in one town. Strengths:',
        '- Leaders know the children whom they serve.',
        '- Staff stay',
        '*Managers listen.',
        '- The board meets.',
        ' Staff are heard.',
        '% Plans are made.',
        '9. Outcomes of it all',
      ],
    },
  });
  expect(file.findings?.map(({ summary }) => summary)).toEqual([
    'Leaders know the children whom they serve.',
    'Staff stay',
    'Managers listen.',
    'The board meets.',
    'Staff are heard.',
    'Plans are made.',
  ]);
});

describe('in a damaged report', () => {
  const lists = ['Strengths:', '- Leaders listen.', 'Areas for improvement:', '- Plans are late.'];
  const doubtful = async (domainText: Record<string, string[]>, text: Record<string, string[]> = {}) => {
    const { values } = await around({ domainText, text, background: wornLines });
    const own = values.filter(({ path, confidence }) => path[0] === 'findings' && confidence === 'doubtful');
    return own.map(({ path }) => path.slice(1).join(' '));
  };

  test('lists that come twice in a section, or below a single standard, may be of a part whose heading is lost', async () => {
    expect(await doubtful({ '1': lists })).toEqual([]);
    expect(await doubtful({ '1': [...lists, ...lists] })).toEqual(['2 domain', '3 domain']);
    const below = await doubtful({ '1': lists }, { '1.3': lists });
    expect(below).toEqual(['2 domain', '2 standard', '3 domain', '3 standard']);
  });

  test('an entry that goes on with a capital may have lost its full stop', async () => {
    const entry = '- Assessments of risk rely too much on what is reported by the child';
    expect(await doubtful({ '1': ['Strengths:', entry, 'In one example, a worker left.'] })).toEqual([
      '0 summary',
    ]);
    expect(await doubtful({ '1': ['Strengths:', entry, 'in one example of a plan.'] })).toEqual([]);
  });

  test('an entry without a capital among others may be none', async () => {
    const others = ['- Leaders listen.', '- Staff stay.', '- Plans are made.', '- Data is used.'];
    const list = ['Strengths:', ...others, '* group of children chose the furniture.'];
    expect(await doubtful({ '1': list })).toEqual(['4 summary']);
  });
});
