import {
  askedLeads,
  countLeadFilters,
  noLeadFilters,
  readLayout,
  readLeadFilters,
  writeLeadFilters,
} from './lead-filters.js';

const dayStart = (day: string) => new Date(`${day}T00:00:00+03:00`);

describe('what narrows the leads', () => {
  it.each([
    ['', {}],
    ['status=new,won', { status: ['NEW', 'WON'] }],
    ['source=lead_ad,chat', { source: ['LEAD_AD', 'CHAT'] }],
    ['owner=me&tag=wholesale', { ownerId: 'm1', tag: 'wholesale' }],
    ['owner=m2', { ownerId: 'm2' }],
    ['owner=none', { unassigned: true }],
    ['since=2026-11-22', { createdAfter: '2026-11-21T20:59:59.999Z' }],
    ['q=+Ay%C5%9Fe+', { search: 'Ayşe' }],
    ['status=constructor&source=&since=2026-13-40&owner=', {}],
  ])('stands in the address: %s', (search, asked) => {
    expect(askedLeads(readLeadFilters(search), 'm1', dayStart)).toEqual(asked);
  });

  it('is written as it was read, the same in any order', () => {
    const wanted = 'status=new,won&source=chat&owner=me&tag=a&since=2026-11-22&q=x';
    expect(writeLeadFilters(readLeadFilters('q=x&status=won,new&tag=a&since=2026-11-22&source=chat&owner=me'))).toBe(
      wanted,
    );
    expect(writeLeadFilters(readLeadFilters(wanted), 'list')).toBe(`view=list&${wanted}`);
    expect(writeLeadFilters(noLeadFilters)).toBe('');
  });

  it('is counted, a kind at a time', () => {
    expect(countLeadFilters(noLeadFilters)).toBe(0);
    expect(countLeadFilters(readLeadFilters('status=new,won&q=x&since=2026-11-22'))).toBe(3);
  });

  it('says board or list, where it says anything', () => {
    expect(['view=list', 'view=board', 'view=x', ''].map(readLayout)).toEqual(['list', 'board', null, null]);
  });
});
