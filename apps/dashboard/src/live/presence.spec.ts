import { PresenceBoard, typingLasts, viewingLasts } from './presence.js';

const bob = { id: 'm2', role: 'EDITOR' as const, user: { id: 'u2', name: 'Bob' } };
const seen = { conversationId: 'c1', member: bob, typing: true, viewing: true, contactTyping: false };

describe('PresenceBoard', () => {
  it('shows others, never oneself', () => {
    const board = new PresenceBoard();
    board.note(seen, 0);
    expect(board.read('c1', 'm1', 1)).toEqual({ viewers: ['Bob'], typists: ['Bob'], contactTyping: false });
    expect(board.read('c1', 'm2', 1)).toEqual({ viewers: [], typists: [], contactTyping: false });
    expect(board.read('c2', 'm1', 1).viewers).toEqual([]);
  });

  it('lets go of who is not heard of again', () => {
    const board = new PresenceBoard();
    board.note(seen, 0);
    expect(board.read('c1', 'm1', typingLasts)).toMatchObject({ viewers: ['Bob'], typists: [] });
    expect(board.read('c1', 'm1', viewingLasts)).toMatchObject({ viewers: [] });
  });

  it('knows when the customer writes, and when they left off', () => {
    const board = new PresenceBoard();
    board.note({ ...seen, member: null, contactTyping: true }, 0);
    expect(board.read('c1', 'm1', 1).contactTyping).toBe(true);
    board.note({ ...seen, member: null, contactTyping: false }, 2);
    expect(board.read('c1', 'm1', 3).contactTyping).toBe(false);
  });
});
