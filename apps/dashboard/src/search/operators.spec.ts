import { noFilters } from '../inbox/filters.js';
import { parseSearch } from './operators.js';

const channels = [
  { id: 'c1', name: 'Demo Shop', kind: 'MESSENGER' },
  { id: 'c2', name: 'Destek', kind: 'WEB_CHAT' },
];
const parse = (typed: string) => parseSearch(typed, channels);

describe('what was typed into the search', () => {
  it('is words where nothing else is said', () => {
    expect(parse('  siparişim   nerede ')).toEqual({ words: 'siparişim nerede', filters: noFilters, narrowed: false });
  });

  it.each([
    ['is:open iade', 'iade', { status: ['OPEN'] }],
    ['iade IS:UNREAD is:resolved', 'iade', { unread: true, status: ['RESOLVED'] }],
    ['is:mine', '', { assignee: 'me' }],
    ['is:unassigned x', 'x', { assignee: 'none' }],
    ['tag:vip nerede', 'nerede', { tag: 'vip' }],
    ['tag:"iade ve değişim"', '', { tag: 'iade ve değişim' }],
    ['in:messenger order', 'order', { channels: ['c1'] }],
    ['in:"demo shop" order', 'order', { channels: ['c1'] }],
    ['in:web-chat', '', { channels: ['c2'] }],
    ['in:DESTEK', '', { channels: ['c2'] }],
  ])('%j', (typed, words, filters) =>
    expect(parse(typed)).toEqual({ words, filters: { ...noFilters, ...filters }, narrowed: true }),
  );

  it.each(['is:sleeping', 'in:nowhere', 'https://example.com/is:open', 'from:ada', 'tag:'])(
    'leaves %j as words',
    (typed) => expect(parse(typed)).toMatchObject({ words: typed, narrowed: false }),
  );
});
