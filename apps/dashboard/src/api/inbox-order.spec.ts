import type { ConversationRowFragment } from './documents.js';
import { arrangeMessages, arrangeRows, belongsIn } from './inbox-order.js';

function row(id: string, part: Partial<ConversationRowFragment> = {}): ConversationRowFragment {
  return {
    id,
    subject: null,
    status: 'OPEN',
    priority: 'NONE',
    tags: [],
    snoozedUntil: null,
    unreadCount: 0,
    lastActivityAt: '2026-01-01T00:00:00.000Z',
    createdAt: '2026-01-01T00:00:00.000Z',
    readPointer: null,
    spam: false,
    aiMode: 'OFF',
    aiPaused: false,
    assignee: null,
    channel: { id: 'ch1', kind: 'MESSENGER', name: 'Page', status: 'CONNECTED' },
    contact: {
      id: 'p1',
      name: 'Ada',
      blocked: false,
      automationObjected: false,
      processingRestricted: false,
      identities: [],
    },
    lastMessage: null,
    messagingWindow: { open: true, closesAt: null, humanAgentUntil: null, reason: null },
    ...part,
  };
}
const ada = { id: 'm1', role: 'OWNER' as const, user: { id: 'u1', name: 'Ada' } };

describe('belongsIn', () => {
  it.each([
    [{}, {}, true],
    [{ spam: true }, {}, false],
    [{ spam: true }, { spam: true }, true],
    [{ status: 'RESOLVED' }, { status: ['OPEN', 'PENDING'] }, false],
    [{ status: 'PENDING' }, { status: ['OPEN', 'PENDING'] }, true],
    [{ assignee: ada }, { unassigned: true }, false],
    [{ assignee: ada }, { assigneeId: 'm1' }, true],
    [{}, { assigneeId: 'm1' }, false],
    [{ unreadCount: 2 }, { unread: true }, true],
    [{}, { unread: true }, false],
    [{ tags: ['vip'] }, { tag: 'vip' }, true],
    [{}, { channelIds: ['ch2'] }, false],
    [{}, { search: 'x' }, false],
  ] as const)('%j in %j: %s', (part, filter, belongs) => {
    expect(belongsIn(row('c', part as Partial<ConversationRowFragment>), filter as never)).toBe(belongs);
  });
});

describe('arrangeRows', () => {
  const rows = [
    row('old', { lastActivityAt: '2026-01-01T00:00:00.000Z', priority: 'URGENT' }),
    row('new', { lastActivityAt: '2026-01-03T00:00:00.000Z' }),
    row('done', { lastActivityAt: '2026-01-02T00:00:00.000Z', status: 'RESOLVED' }),
    row('new', { lastActivityAt: '2026-01-03T00:00:00.000Z' }),
  ];
  const ids = (list: readonly { id: string }[]) => list.map(({ id }) => id);

  it('shows each once, newest first, and only what belongs', () => {
    expect(ids(arrangeRows(rows, { status: ['OPEN'] }, 'LAST_ACTIVITY'))).toEqual(['new', 'old']);
  });

  it('keeps the open one whatever became of it', () => {
    expect(ids(arrangeRows(rows, { status: ['OPEN'] }, 'LAST_ACTIVITY', 'done'))).toEqual(['new', 'done', 'old']);
  });

  it('sorts by waiting time and by priority', () => {
    expect(ids(arrangeRows(rows, {}, 'WAITING_LONGEST'))).toEqual(['old', 'done', 'new']);
    expect(ids(arrangeRows(rows, {}, 'PRIORITY'))).toEqual(['old', 'new', 'done']);
  });
});

describe('arrangeMessages', () => {
  it('puts the oldest first as the server does, by id, and shows each once', () => {
    const [a, b] = [
      { id: '019a-1', sentAt: '2026-01-01T00:00:00.002Z' },
      { id: '019a-2', sentAt: '2026-01-01T00:00:00.001Z' },
    ];
    expect(arrangeMessages([b, a, b])).toEqual([a, b]);
  });
});
