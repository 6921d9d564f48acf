import { Webhook } from 'standardwebhooks';
import type { TestInbox } from '../../../test/support/inbox.js';
import { TestVisitor, createWebChat } from '../../../test/support/visitor.js';
import { type ToldEvent, WebhooksUnderTest, writtenWords } from '../../../test/support/webhooks.js';
import { MessagesReceived } from '../../conversations/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { CaptureLead } from '../capture/capture-lead.js';
import { LeadSource } from '../enums.js';

const hooks = WebhooksUnderTest.declare();

/** Somebody with this address is interested. */
async function leadOf(
  { workspaceId }: TestInbox,
  email: string,
  more: { answerOnly?: boolean; test?: boolean } = {},
): Promise<{ leadId: string; contactId: string }> {
  const { app } = hooks.under.app;
  const captured = await app
    .get(Workspaces)
    .run(workspaceId, (tx) =>
      app.get(CaptureLead).apply(tx, { source: LeadSource.MANUAL, externalId: null, details: { email }, ...more }),
    );
  if (captured.outcome !== 'CAPTURED') throw new Error('The lead was not captured.');
  return captured;
}

describe('a system of the business', () => {
  it('is told what a visitor writes and a member resolves, signed, by ids and without a word of it', async () => {
    const inbox = await hooks.under.inbox();
    const { id, secret } = await hooks.endpoint(inbox, [
      'conversation.started',
      'message.received',
      'conversation.resolved',
    ]);
    const chat = await createWebChat(inbox.client);
    const visitor = new TestVisitor(hooks.under.app.url, chat);
    await visitor.open();
    const { body } = await visitor.write(writtenWords);
    await hooks.took(2);
    const { conversationId } = body;
    await inbox.client.ask('mutation ($id: ID!) { setConversationStatus(id: $id, status: RESOLVED) { id } }', {
      id: conversationId,
    });
    await hooks.took(3);
    const verified = hooks.taken.map(({ body: text, headers }) =>
      new Webhook(secret).verify(text, headers as never),
    ) as ToldEvent[];
    expect(verified.map(({ type }) => type).sort()).toEqual([
      'conversation.resolved',
      'conversation.started',
      'message.received',
    ]);
    const { rows } = await hooks.under.admin.query<{ contact_id: string }>(
      'select contact_id from conversations where id = $1',
      [conversationId],
    );
    const about = {
      workspaceId: inbox.workspaceId,
      conversationId,
      contactId: rows[0]?.contact_id,
      channelId: chat.channelId,
    };
    for (const { type, data, timestamp } of verified) {
      expect(data).toEqual(type === 'message.received' ? { ...about, messageId: body.message.id } : about);
      expect(new Date(timestamp).toISOString()).toBe(timestamp);
    }
    expect(JSON.stringify(hooks.taken)).not.toContain(writtenWords);
    const log = await hooks.logOf(inbox, id, (nodes) => nodes.every(({ status }) => status === 'DELIVERED'));
    expect(log.map((one) => [one.attempts, one.responseStatus])).toEqual([
      [1, 204],
      [1, 204],
      [1, 204],
    ]);
    expect(new Set(log.map((one) => one.id))).toEqual(new Set(hooks.taken.map(({ headers }) => headers['webhook-id'])));
  });

  it('is told of each message of those that come together, and of what it chose alone', async () => {
    const inbox = await hooks.under.inbox();
    const messages = await hooks.endpoint(inbox, ['message.received'], '/messages');
    const resolved = await hooks.endpoint(inbox, ['conversation.resolved'], '/resolved');
    const { messageIds, conversationId } = await hooks.written(inbox, 3);
    const other = await hooks.under.conversation(inbox);
    await inbox.client.ask(
      'mutation ($ids: [ID!]!) { updateConversations(ids: $ids, status: RESOLVED) { changed { id } } }',
      { ids: [conversationId, other] },
    );
    await hooks.took(5);
    const told = (path: string, name: string) =>
      hooks.taken
        .filter((one) => one.path === path)
        .map(({ body }) => (JSON.parse(body) as ToldEvent).data[name])
        .sort();
    expect(told('/messages', 'messageId')).toEqual([...messageIds].sort());
    expect(told('/resolved', 'conversationId')).toEqual([conversationId, other].sort());
    expect((await hooks.seen(inbox, messages.id)).deliveries.nodes).toHaveLength(3);
    expect((await hooks.seen(inbox, resolved.id)).deliveries.nodes).toHaveLength(2);
  });

  it('is told of a lead, and not of one that is used to answer and for nothing else', async () => {
    const inbox = await hooks.under.inbox();
    const { id } = await hooks.endpoint(inbox, ['lead.created']);
    await leadOf(inbox, 'answer-only@example.org', { answerOnly: true });
    await leadOf(inbox, 'test@example.org', { test: true });
    const captured = await leadOf(inbox, 'grace@example.org');
    await hooks.logOf(inbox, id, (nodes) => nodes[0]?.status === 'DELIVERED');
    expect((await hooks.seen(inbox, id)).deliveries.nodes).toHaveLength(1);
    const told = hooks.toldOf(inbox.workspaceId);
    expect(told).toMatchObject([
      {
        type: 'lead.created',
        data: { workspaceId: inbox.workspaceId, leadId: captured.leadId, contactId: captured.contactId },
      },
    ]);
    expect(JSON.stringify(told)).not.toContain('example.org');
    await hooks.under.admin.query('delete from leads where id = $1', [captured.leadId]);
    expect((await hooks.seen(inbox, id)).deliveries.nodes).toEqual([]);
  });

  it('is told what becomes of a lead, also where two contacts are made one, and not of one that is used to answer', async () => {
    const inbox = await hooks.under.inbox();
    const { id } = await hooks.endpoint(inbox, ['lead.changed']);
    const kept = await leadOf(inbox, 'grace@example.org');
    const joined = await leadOf(inbox, 'hopper@example.org');
    const quiet = await leadOf(inbox, 'answer-only@example.org', { answerOnly: true });
    const trial = await leadOf(inbox, 'test@example.org', { test: true });
    const update = (leadId: string, status: string) =>
      inbox.client.ask('mutation ($input: UpdateLeadInput!) { updateLead(input: $input) { status } }', {
        input: { id: leadId, status },
      });
    for (const { leadId } of [quiet, trial, kept]) await update(leadId, 'QUALIFIED');
    // It is that already.
    await update(kept.leadId, 'QUALIFIED');
    await inbox.client.ask(
      'mutation ($keep: ID!, $ids: [ID!]!) { mergeContacts(keepId: $keep, mergeIds: $ids) { id } }',
      {
        keep: kept.contactId,
        ids: [joined.contactId],
      },
    );
    const log = await hooks.logOf(inbox, id, (nodes) => nodes.every(({ status }) => status === 'DELIVERED'));
    expect(log.map(({ event }) => event)).toEqual(['lead.changed', 'lead.changed']);
    const { workspaceId } = inbox;
    const about = ({ leadId }: { leadId: string }) => ({ workspaceId, leadId, contactId: kept.contactId });
    const told = hooks.toldOf(workspaceId);
    expect(told.map(({ type, data }) => [type, data]).sort()).toEqual(
      [kept, joined].map((lead) => ['lead.changed', about(lead)]).sort(),
    );
  });

  it('is told of leads whose member leaves, which are nobody’s then, as their timelines and the live feed say', async () => {
    const inbox = await hooks.under.inbox();
    const leaver = await hooks.under.colleague(inbox, 'Leaver');
    const { id } = await hooks.endpoint(inbox, ['lead.changed']);
    const one = await leadOf(inbox, 'grace@example.org');
    const two = await leadOf(inbox, 'hopper@example.org');
    const others = await leadOf(inbox, 'others@example.org');
    const { workspaceId } = inbox;
    const { admin } = hooks.under;
    const { memberId } = leaver.member;
    await admin.query('update leads set owner_id = $1 where id = any ($2)', [memberId, [one.leadId, two.leadId]]);
    await inbox.client.ask('mutation ($id: ID!) { removeMember(memberId: $id) }', { id: memberId });
    await hooks.logOf(inbox, id, (nodes) => nodes.length === 2 && nodes.every(({ status }) => status === 'DELIVERED'));
    const told = hooks.toldOf(workspaceId).map(({ data }) => data.leadId);
    expect(told.sort()).toEqual([one.leadId, two.leadId].sort());
    const { rows: noted } = await admin.query(
      `select l.id, l.owner_id, a.about_id, a.member_id from leads l
         join lead_activities a on a.workspace_id = l.workspace_id and a.lead_id = l.id
        where l.workspace_id = $1 and a.kind = 'OWNER' order by l.id`,
      [workspaceId],
    );
    const letGo = (lead: string) => ({ id: lead, owner_id: null, about_id: null, member_id: null });
    expect(noted).toEqual([one.leadId, two.leadId].sort().map(letGo));
    const { rows: live } = await admin.query<{ id: string }>(
      `select unnest(ids)::text as id from workspace_events where workspace_id = $1 and kind = 'LeadChanged'`,
      [workspaceId],
    );
    expect(live.map(({ id: lead }) => lead).sort()).toEqual([one.leadId, two.leadId].sort());
    expect(live.map(({ id: lead }) => lead)).not.toContain(others.leadId);
  });

  it('is not told of what was rolled back, nor of what happens in another workspace', async () => {
    const inbox = await hooks.under.inbox();
    const stranger = await hooks.under.inbox('Bob');
    const { id } = await hooks.endpoint(inbox);
    await hooks.written(stranger);
    const { app } = hooks.under.app;
    const conversationId = await hooks.under.conversation(inbox);
    const messageIds = [await hooks.under.message(inbox, conversationId)];
    const undone = app.get(Workspaces).run(inbox.workspaceId, async (tx) => {
      const one = { conversationId, channelId: inbox.channelId, lastMessageId: '', messageIds, begun: false };
      await app.get(Facts).announce(tx, new MessagesReceived([one]));
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    const { conversationId: told } = await hooks.written(inbox);
    await hooks.logOf(inbox, id, (nodes) => nodes.length === 1 && nodes[0]?.status === 'DELIVERED');
    expect(hooks.toldOf(stranger.workspaceId)).toEqual([]);
    expect(hooks.toldOf(inbox.workspaceId)).toMatchObject([{ data: { conversationId: told } }]);
  });
});
