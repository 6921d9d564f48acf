import { jest } from '@jest/globals';
import { type LiveNews, PassingStream } from '../../platform/live/index.js';
import type { ActivityType } from '../activity.type.js';
import { ActivityBoard } from './activity-board.js';

type Listener = (workspaceId: string, message: unknown) => void;

/** News as one process hears them. */
function boardAlone() {
  const listeners: Listener[] = [];
  const news = {
    onPassing: (listener: Listener) => listeners.push(listener),
    tellPassing: (workspaceId: string, message: object) => {
      for (const listener of listeners) listener(workspaceId, JSON.parse(JSON.stringify(message)));
    },
  };
  return { board: new ActivityBoard(news as unknown as LiveNews), news };
}

const looking: ActivityType = {
  conversationId: 'c1',
  memberId: 'm1',
  typing: false,
  viewing: true,
  contactTyping: false,
};

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('forgets after 30 seconds what nobody says again', () => {
  const { board } = boardAlone();
  const seen: ActivityType[] = [];
  board.watch('w1', null, (activity) => seen.push(activity));
  board.tell('w1', looking);
  jest.advanceTimersByTime(29_000);
  board.tell('w1', looking);
  jest.advanceTimersByTime(29_000);
  expect(seen).toEqual([looking]);
  jest.advanceTimersByTime(1_000);
  expect(seen).toEqual([looking, { ...looking, viewing: false }]);
  const late: ActivityType[] = [];
  board.watch('w1', null, (activity) => late.push(activity));
  expect(late).toEqual([]);
});

it('tells the watchers of the workspace and of the conversation, and nobody else', () => {
  const { board, news } = boardAlone();
  const seen: string[] = [];
  const names: [string, string, string | null][] = [
    ['all', 'w1', null],
    ['one', 'w1', 'c1'],
    ['other', 'w1', 'c2'],
    ['foreign', 'w2', null],
  ];
  const leaves = names.map(([name, workspaceId, conversationId]) =>
    board.watch(workspaceId, conversationId, () => seen.push(name)),
  );
  board.tell('w1', looking);
  news.tellPassing('w1', { kind: 'something else', conversationId: 'c1' });
  news.tellPassing('w1', {});
  expect(seen).toEqual(['all', 'one']);
  for (const leave of leaves) leave();
  board.tell('w1', { ...looking, typing: true });
  expect(seen).toEqual(['all', 'one']);
});

it('lets a stream be left while it waits', async () => {
  const left = jest.fn();
  let push: (activity: ActivityType) => void = () => undefined;
  const stream = new PassingStream('activity', (given) => {
    push = given;
    return left;
  });
  const waiting = stream.next();
  push(looking);
  expect(await waiting).toEqual({ done: false, value: { activity: looking } });
  const last = stream.next();
  await stream.return();
  expect(await last).toEqual({ done: true, value: undefined });
  expect(await stream.next()).toEqual({ done: true, value: undefined });
  expect(left).toHaveBeenCalledTimes(1);
});

it('keeps the newest for a reader who is slow', async () => {
  let push: (activity: ActivityType) => void = () => undefined;
  const stream = new PassingStream('activity', (given) => {
    push = given;
    return () => undefined;
  });
  for (let count = 0; count < 150; count += 1) push({ ...looking, conversationId: String(count) });
  expect(await stream.next()).toMatchObject({ value: { activity: { conversationId: '50' } } });
});
