import type { Sql, WorkspaceTransaction } from '../../platform/database/index.js';
import { MessagesReceived } from '../../conversations/index.js';
import { Facts, type Outbox } from '../../platform/outbox/index.js';
import { DraftOnArrival } from './draft-on-arrival.js';

describe('what arrives', () => {
  it.each([
    [[], []],
    [['c1'], ['a', 'c']],
  ])('costs one statement a batch, and a job only where the channel has a bot: %j', async (withBot, due) => {
    const statements: Sql[] = [];
    const scheduled: string[] = [];
    const tx = {
      workspaceId: 'w',
      query: async (statement: Sql) => (statements.push(statement), withBot.map((channelId) => ({ channelId }))),
    };
    const facts = new Facts();
    const outbox = { schedule: (_tx: unknown, kind: string, id: string) => scheduled.push(`${kind} ${id}`) };
    new DraftOnArrival(facts, outbox as unknown as Outbox).onModuleInit();
    const conversations = [
      ['a', 'c1'],
      ['b', 'c2'],
      ['c', 'c1'],
    ].map(([conversationId, channelId]) => ({
      conversationId: conversationId!,
      channelId: channelId!,
      lastMessageId: 'm',
    }));
    await facts.announce(tx as unknown as WorkspaceTransaction, new MessagesReceived(conversations));
    expect(statements).toHaveLength(1);
    expect(scheduled).toEqual(due.map((id) => `draft-reply ${id}`));
  });
});
