import { askedFilter, countFilters, filtersFrom, noFilters, readFilters, readOrder, writeFilters } from './filters.js';

const full = {
  status: ['OPEN', 'SNOOZED'] as const,
  channels: ['c1', 'c2'],
  assignee: 'me',
  tag: 'iade & değişim',
  unread: true,
  mentioned: true,
  drafted: true,
  spam: true,
  text: 'nerede?',
};

describe('filters in the address', () => {
  it('come back as they were written, each by itself and all at once', () => {
    for (const name of Object.keys(full) as (keyof typeof full)[]) {
      const one = { ...noFilters, [name]: full[name] };
      expect(readFilters(writeFilters(one))).toEqual(one);
      expect(countFilters(one)).toBe(1);
    }
    expect(readFilters(writeFilters(full))).toEqual(full);
    expect(countFilters(full)).toBe(9);
  });

  it('are nothing where nothing is narrowed', () => {
    expect(writeFilters(noFilters)).toBe('');
    expect(readFilters('')).toEqual(noFilters);
    expect(countFilters(readFilters('?order=priority'))).toBe(0);
  });

  it('leave aside what they do not know', () => {
    expect(readFilters('status=open,sleeping&colour=red').status).toEqual(['OPEN']);
    expect(readOrder('order=sideways')).toBeNull();
    expect(readOrder('order=priority')).toBe('PRIORITY');
  });

  it('are written one way, in whatever order they were chosen', () => {
    const other = { ...full, channels: ['c2', 'c1'] };
    expect(writeFilters(other, 'PRIORITY')).toBe(writeFilters(full, 'PRIORITY'));
  });
});

describe('what the server is asked for', () => {
  it('is the view, where nothing narrows it', () => {
    expect(askedFilter('mine', noFilters, 'm1')).toEqual({ status: ['OPEN', 'PENDING'], assigneeId: 'm1' });
    expect(askedFilter('mentioned', noFilters, 'm1')).toEqual({ mentioned: true });
  });

  it('is what was chosen instead of what the view says', () => {
    const chosen = { ...noFilters, status: ['RESOLVED'] as const, assignee: 'none' };
    expect(askedFilter('mine', chosen, 'm1')).toEqual({ status: ['RESOLVED'], unassigned: true });
    expect(askedFilter('unassigned', { ...noFilters, assignee: 'm2' }, 'm1')).toEqual({
      status: ['OPEN', 'PENDING'],
      assigneeId: 'm2',
    });
  });

  it('can be read back, with the person at the screen as `me`', () => {
    expect(filtersFrom(askedFilter('all', full, 'm1'), 'm1')).toEqual(full);
    expect(filtersFrom(askedFilter('all', { ...full, assignee: 'none' }, 'm1'), 'm1').assignee).toBe('none');
    expect(filtersFrom(askedFilter('all', full, 'm1'), 'm2').assignee).toBe('m1');
  });
});
