import { InboxUnderTest } from '../../../test/support/inbox.js';
import { MessagesReceived } from '../../conversations/index.js';
import { Workspaces, newId, sql } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';

describe('what arrives', () => {
  let under: InboxUnderTest;
  beforeAll(async () => {
    under = await InboxUnderTest.start();
  });
  afterAll(() => under.stop());

  it.each([
    ['DRAFT', false, true],
    ['AUTO', false, true],
    ['OFF', false, false],
    ['DRAFT', true, false],
  ])('is drafted for where the channel has a bot: mode %s, frozen %s', async (mode, frozen, drafted) => {
    const { workspaceId, channelId } = await under.inbox();
    const elsewhere = await under.channel(workspaceId);
    const botId = newId();
    await under.admin.query(
      `insert into bots (workspace_id, id, name, mode, lead_mode, temperature, max_replies_per_conversation, frozen)
       values ($1, $2, 'Bot', $3, 'OFF', 0, 3, $4)`,
      [workspaceId, botId, mode, frozen],
    );
    await under.admin.query(`insert into bot_channels (workspace_id, channel_id, bot_id) values ($1, $2, $3)`, [
      workspaceId,
      channelId,
      botId,
    ]);
    const arrived = [
      [newId(), channelId],
      [newId(), elsewhere],
      [newId(), channelId],
    ].map(([conversationId = '', channel = '']) => {
      const lastMessageId = newId();
      return { conversationId, channelId: channel, begun: false, lastMessageId, messageIds: [lastMessageId] };
    });
    // Held to the end of the transaction, so that no worker takes them up while they are looked at.
    const due = await under.app.app.get(Workspaces).run(workspaceId, async (tx) => {
      await under.app.app.get(Facts).announce(tx, new MessagesReceived(arrived));
      return tx.query<{ rowId: string }>(sql`
        select row_id as "rowId" from due where kind = 'draft-reply' and workspace_id = ${workspaceId} order by row_id`);
    });
    const expected = arrived.filter((one) => drafted && one.channelId === channelId).map((one) => one.conversationId);
    expect(due.map(({ rowId }) => rowId)).toEqual(expected.sort());
  });
});
