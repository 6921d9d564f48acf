import { jest } from '@jest/globals';
import pg from 'pg';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { ChannelKind, type RoutedItem } from '../../channels/index.js';
import { newId } from '../../platform/database/index.js';
import { ReceiveMessages } from './receive-messages.js';
import { inboundBatches } from './receive-plain.js';
import { LookUp } from './look-up.js';

let under: InboxUnderTest;
let receive: ReceiveMessages;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  receive = under.app.app.get(ReceiveMessages);
}, 60_000);
afterAll(() => under.stop());
afterEach(() => jest.restoreAllMocks());

const now = new Date();

function item(channelId: string, value: object): RoutedItem {
  const payload = {
    object: 'whatsapp_business_account',
    entry: [{ id: '77', changes: [{ field: 'messages', value }] }],
  };
  return { deliveryId: newId(), receivedAt: now, channelId, kind: ChannelKind.WHATSAPP, payload };
}
function text(channelId: string, from: string, id: string, more: object = {}): RoutedItem {
  return item(channelId, {
    messaging_product: 'whatsapp',
    contacts: [{ profile: { name: 'Ayşe' }, wa_id: from }],
    messages: [
      { from, id, timestamp: String(Math.floor(now.getTime() / 1_000)), type: 'text', text: { body: id }, ...more },
    ],
  });
}
async function inbox(): Promise<TestInbox> {
  const made = await under.inbox();
  return { ...made, channelId: await under.channel(made.workspaceId, { kind: 'WHATSAPP' }) };
}

/** By which way batches were stored meanwhile. */
async function waysOf(work: () => Promise<unknown>): Promise<Record<string, number>> {
  const read = async () =>
    new Map((await inboundBatches.get()).values.map(({ labels, value }) => [String(labels.way), value]));
  const before = await read();
  await work();
  const after = [...(await read())].map(([way, value]) => [way, value - (before.get(way) ?? 0)] as const);
  return Object.fromEntries(after.filter(([, count]) => count > 0));
}
const stored = async ({ workspaceId }: TestInbox) =>
  (
    await under.admin.query<{ external_id: string; contact_id: string; unread_count: number; text: string | null }>(
      `select m.external_id, m.text, c.contact_id, c.unread_count from messages m
         join conversations c on c.workspace_id = m.workspace_id and c.id = m.conversation_id
        where m.workspace_id = $1 order by m.external_id`,
      [workspaceId],
    )
  ).rows;

describe('messages of customers', () => {
  it('of many workspaces are looked up in one statement and stored in few', async () => {
    const inboxes = [await inbox(), await inbox(), await inbox()];
    const batches = (round: string) =>
      new Map(
        inboxes.map(({ workspaceId, channelId }) => [
          workspaceId,
          ['a', 'b', 'c'].map((who) => text(channelId, `90555${who}`, `${round}-${who}`)),
        ]),
      );
    for (const round of ['first', 'second']) {
      const query = jest.spyOn(pg.Client.prototype, 'query');
      const ways = await waysOf(async () => {
        expect(await receive.apply(batches(round))).toEqual({ rejected: [], failed: new Map() });
      });
      const statements = query.mock.calls
        .map(([statement]) => (typeof statement === 'string' ? statement : (statement as { text: string }).text))
        .filter((sent) => /look_up_arrivals|store_messages|^begin|^commit|insert|update/.test(sent))
        .filter((sent) => !/\b(due|deliveries) /.test(sent));
      query.mockRestore();
      expect(ways).toEqual({ short: 3 });
      // Two workspaces in one statement and the third by itself.
      expect(statements).toHaveLength(1 + 2);
    }
    for (const one of inboxes) {
      const rows = await stored(one);
      expect(rows).toHaveLength(6);
      expect(rows.map((row) => row.unread_count)).toEqual([2, 2, 2, 2, 2, 2]);
      expect(new Set(rows.map((row) => row.contact_id)).size).toBe(3);
    }
  });

  it('of a blocked contact are counted and not stored, among those of others that are', async () => {
    const one = await inbox();
    const batch = (...texts: RoutedItem[]) => receive.apply(new Map([[one.workspaceId, texts]]));
    await batch(text(one.channelId, '1', 'before'), text(one.channelId, '2', 'other'));
    const block = (blocked: boolean) =>
      under.admin.query(
        `update contacts set blocked = $2 where id = (select contact_id from contact_identities where workspace_id = $1 and external_id = '1')`,
        [one.workspaceId, blocked],
      );
    const counts = async () =>
      (
        await under.admin.query<{ n: number }>(
          'select refused_messages as n from contacts where workspace_id = $1 order by n',
          [one.workspaceId],
        )
      ).rows.map(({ n }) => n);
    await block(true);
    const outcome = await batch(
      text(one.channelId, '1', 'before'),
      text(one.channelId, '1', 'spam 1'),
      text(one.channelId, '2', 'welcome'),
      text(one.channelId, '1', 'spam 2'),
    );
    expect(outcome).toEqual({ rejected: [], failed: new Map() });
    expect((await stored(one)).map((row) => row.external_id)).toEqual(['before', 'other', 'welcome']);
    expect(await counts()).toEqual([0, 2]);
    await block(false);
    await batch(text(one.channelId, '1', 'sorry'));
    expect((await stored(one)).map((row) => row.external_id)).toContain('sorry');
    expect(await counts()).toEqual([0, 2]);
  });

  it('that begin conversations are told to members who want to know, by the short way too', async () => {
    const one = await inbox();
    await under.admin.query(
      `insert into notification_preferences (workspace_id, member_id, mail, push) values ($1, $2, '{NEW_CONVERSATION}', '{}')`,
      [one.workspaceId, one.member.memberId],
    );
    await under.admin.query('update users set email_verified_at = now() where id = $1', [one.member.userId]);
    const batch = (...texts: RoutedItem[]) => waysOf(() => receive.apply(new Map([[one.workspaceId, texts]])));
    const waiting = async () =>
      (
        await under.admin.query<{ count: number; one: boolean }>(
          'select count, conversation_id is not null as one from notifications where workspace_id = $1',
          [one.workspaceId],
        )
      ).rows;
    expect(await batch(text(one.channelId, '11', 'n1'), text(one.channelId, '11', 'n2'))).toEqual({ short: 1 });
    expect(await waiting()).toEqual([{ count: 1, one: true }]);
    expect(await batch(text(one.channelId, '11', 'n3'))).toEqual({ short: 1 });
    expect(await waiting()).toEqual([{ count: 1, one: true }]);
    expect(await batch(text(one.channelId, '12', 'n4'), text(one.channelId, '13', 'n5'))).toEqual({ short: 1 });
    expect(await waiting()).toEqual([{ count: 3, one: false }]);
  });

  it('are numbered in the feed as they are stored, and a repeat is told nobody', async () => {
    const one = await inbox();
    const batch = new Map([[one.workspaceId, [text(one.channelId, '1', 'x'), text(one.channelId, '2', 'y')]]]);
    await receive.apply(batch);
    await receive.apply(batch);
    const { rows } = await under.admin.query<{ kind: string; seq: string }>(
      'select kind, seq from workspace_events where workspace_id = $1 order by seq',
      [one.workspaceId],
    );
    const told = rows.filter(({ kind }) => kind.startsWith('Message') || kind.startsWith('Conversation'));
    expect(told.map(({ kind }) => kind)).toEqual([
      'MessageAdded',
      'MessageAdded',
      'ConversationChanged',
      'ConversationChanged',
    ]);
    expect(Number(told[3]?.seq) - Number(told[0]?.seq)).toBe(3);
  });

  it('take the long way where something was said of them before they came', async () => {
    const one = await inbox();
    await under.admin.query(
      `insert into early_signals (workspace_id, channel_id, message_external_id, kind, at, value) values ($1, $2, 'unsent', 'unsend', $3, $4)`,
      [
        one.workspaceId,
        one.channelId,
        now,
        JSON.stringify({ type: 'unsend', messageExternalId: 'unsent', at: now.getTime() }),
      ],
    );
    expect(
      await waysOf(() => receive.apply(new Map([[one.workspaceId, [text(one.channelId, '1', 'unsent')]]]))),
    ).toEqual({ turned: 1, long: 1 });
    expect(await stored(one)).toMatchObject([{ external_id: 'unsent', text: null }]);
  });

  it('take the long way where their writer did something before they ever wrote', async () => {
    const one = await inbox();
    const reaction = item(one.channelId, {
      messaging_product: 'whatsapp',
      contacts: [{ profile: { name: 'Ayşe' }, wa_id: '905558' }],
      messages: [
        {
          from: '905558',
          id: 'reacted',
          timestamp: String(Math.floor(now.getTime() / 1_000)),
          type: 'reaction',
          reaction: { message_id: 'ours', emoji: '👍' },
        },
      ],
    });
    await receive.apply(new Map([[one.workspaceId, [reaction]]]));
    const first = new Map([[one.workspaceId, [text(one.channelId, '905558', 'hello')]]]);
    expect(await waysOf(() => receive.apply(first))).toEqual({ turned: 1, long: 1 });
    const { rows } = await under.admin.query(
      'select emoji, message_external_id as message from reactions where workspace_id = $1',
      [one.workspaceId],
    );
    expect(rows).toEqual([{ emoji: '👍', message: 'ours' }]);
  });

  it('take the long way where they are replied to already', async () => {
    const one = await inbox();
    await receive.apply(new Map([[one.workspaceId, [text(one.channelId, '1', 'before')]]]));
    await receive.apply(
      new Map([[one.workspaceId, [text(one.channelId, '1', 'reply', { context: { from: '1', id: 'late' } })]]]),
    );
    const late = { ...text(one.channelId, '1', 'late', { timestamp: String(Math.floor(now.getTime() / 1_000) - 60) }) };
    expect(await waysOf(() => receive.apply(new Map([[one.workspaceId, [late]]])))).toEqual({ turned: 1, long: 1 });
    const { rows } = await under.admin.query(
      `select 1 from workspace_events where workspace_id = $1 and kind = 'MessageChanged'`,
      [one.workspaceId],
    );
    expect(rows).toHaveLength(1);
  });

  it.each([
    ['a contact was merged into another', 'contacts'],
    ['another process stored the same meanwhile', 'messages'],
    ['another process met the same person meanwhile', 'people'],
  ])('are stored once and right where %s after the look-up', async (_what, changed) => {
    const one = await inbox();
    await receive.apply(new Map([[one.workspaceId, [text(one.channelId, '1', 'before')]]]));
    const other = await under.contact(one.workspaceId, {});
    const original = LookUp.prototype.ofAll;
    jest.spyOn(LookUp.prototype, 'ofAll').mockImplementationOnce(async function (this: LookUp, batches) {
      const found = await original.call(this, batches);
      if (changed === 'contacts') {
        await under.admin.query('update contact_identities set contact_id = $1 where workspace_id = $2', [
          other,
          one.workspaceId,
        ]);
      } else {
        const from = changed === 'people' ? '2' : '1';
        const id = changed === 'people' ? 'meanwhile' : 'after';
        await receive.apply(new Map([[one.workspaceId, [text(one.channelId, from, id)]]]));
      }
      return found;
    });
    const from = changed === 'people' ? '2' : '1';
    expect(
      await waysOf(async () => {
        expect(
          (await receive.apply(new Map([[one.workspaceId, [text(one.channelId, from, 'after')]]]))).failed.size,
        ).toBe(0);
      }),
    ).toMatchObject({ turned: 1, long: 1 });
    const rows = await stored(one);
    expect(rows.filter((row) => row.external_id === 'after')).toHaveLength(1);
    const { rows: people } = await under.admin.query('select 1 from contacts where workspace_id = $1', [
      one.workspaceId,
    ]);
    expect(people).toHaveLength(changed === 'people' ? 3 : 2);
  });
});
