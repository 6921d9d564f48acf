import type { ConversationRowFragment } from '../api/documents.js';
import { tagChange, tagsAfter, wayBack, type Change } from './way-back.js';

type State = Parameters<typeof wayBack>[0][number];
const at = Date.parse('2026-03-01T12:00:00Z');
const member = (id: string) => ({ id, role: 'EDITOR', user: { id, name: id } }) as ConversationRowFragment['assignee'];
const state = (id: string, part: Partial<State> = {}): State => ({
  id,
  status: 'OPEN',
  snoozedUntil: null,
  assignee: null,
  priority: 'NONE',
  tags: [],
  spam: false,
  ...part,
});
const back = (before: State[], change: Change, now: State[]) =>
  wayBack(before, change, (id) => now.find((row) => row.id === id) ?? null, at);

describe('the way back', () => {
  it('puts back what was there, the alike together', () => {
    const before = [state('a'), state('b', { status: 'PENDING' }), state('c')];
    const now = before.map((row) => ({ ...row, status: 'RESOLVED' as const }));
    expect(back(before, { status: 'RESOLVED' }, now)).toEqual([
      { ids: ['a', 'c'], change: { status: 'OPEN' } },
      { ids: ['b'], change: { status: 'PENDING' } },
    ]);
  });

  it('leaves alone what was so already, and what is gone', () => {
    const before = [state('a', { status: 'RESOLVED' }), state('b')];
    expect(back(before, { status: 'RESOLVED' }, [before[0] as State])).toEqual([]);
  });

  it('leaves alone what somebody decided after it', () => {
    const before = [state('a'), state('b', { assignee: member('m9') })];
    const now = [state('a', { assignee: member('m3') }), state('b', { assignee: member('m1') })];
    expect(back(before, { assigneeId: 'm1' }, now)).toEqual([{ ids: ['b'], change: { assigneeId: 'm9' } }]);
  });

  it('puts a conversation back to sleep, unless its time has come', () => {
    const later = '2026-03-02T08:00:00.000Z';
    const before = [
      state('a', { status: 'SNOOZED', snoozedUntil: later }),
      state('b', { status: 'SNOOZED', snoozedUntil: '2026-03-01T11:59:00.000Z' }),
    ];
    const now = before.map((row) => ({ ...row, status: 'OPEN' as const, snoozedUntil: null }));
    expect(back(before, { status: 'OPEN' }, now)).toEqual([
      { ids: ['a'], change: { status: 'SNOOZED', snoozedUntil: later } },
      { ids: ['b'], change: { status: 'OPEN' } },
    ]);
  });

  it('snoozed anew goes back to the time before', () => {
    const before = [state('a', { status: 'SNOOZED', snoozedUntil: '2026-03-02T08:00:00.000Z' })];
    const now = [state('a', { status: 'SNOOZED', snoozedUntil: '2026-03-09T08:00:00.000Z' })];
    expect(back(before, { status: 'SNOOZED' }, now)).toEqual([
      { ids: ['a'], change: { status: 'SNOOZED', snoozedUntil: '2026-03-02T08:00:00.000Z' } },
    ]);
  });

  it('takes away only the tags that it brought', () => {
    const before = [state('a', { tags: ['vip'] }), state('b'), state('c', { tags: ['vip', 'return'] })];
    const now = before.map((row) => ({ ...row, tags: tagsAfter(row.tags, { addTags: ['vip', 'return'] }) }));
    expect(back(before, { addTags: ['vip', 'return'] }, now)).toEqual([
      { ids: ['a'], change: { removeTags: ['return'] } },
      { ids: ['b'], change: { removeTags: ['vip', 'return'] } },
    ]);
  });

  it('undoes spam and priority', () => {
    const before = [state('a', { priority: 'LOW' })];
    const now = [state('a', { priority: 'URGENT', spam: true })];
    expect(back(before, { priority: 'URGENT', spam: true }, now)).toEqual([
      { ids: ['a'], change: { priority: 'LOW', spam: false } },
    ]);
  });
});

describe('tags', () => {
  it('become those by what is added and removed', () => {
    const change = tagChange(['a', 'b'], ['b', 'c']);
    expect(change).toEqual({ addTags: ['c'], removeTags: ['a'] });
    expect(tagsAfter(['a', 'b'], change)).toEqual(['b', 'c']);
  });
});
