import { eventually } from '../support/client.js';
import { PrivacyDoors } from '../support/privacy-doors.js';
import { type TestWebChat, TestVisitor, createWebChat, proofOf } from '../support/visitor.js';
import { ChannelKind, type RoutedItem } from '../../src/channels/index.js';
import { Receipts } from '../../src/privacy/index.js';
import { ReceiveMessages } from '../../src/conversations/inbound/receive-messages.js';
import { newId } from '../../src/platform/database/index.js';

let doors: PrivacyDoors;
let chat: TestWebChat;

beforeAll(async () => {
  doors = await PrivacyDoors.open({ TRUST_PROXY: '1' });
  chat = await createWebChat(doors.ada.client);
}, 60_000);
afterAll(() => doors.close());

interface Forgotten {
  readonly forgotten: boolean;
  readonly confirmation_code: string;
  readonly statusUrl: string;
}
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);
const visitor = () => new TestVisitor(doors.under.app.url, chat);
const forget = (who: TestVisitor) => who.call<Forgotten>('POST', 'forget');
const rows = async (text: string, ...values: unknown[]) =>
  (await doors.under.admin.query<Record<string, unknown>>(text, values)).rows;
const contactOf = async (conversationId: string) =>
  String((await rows('select contact_id as id from conversations where id = $1', conversationId))[0]?.['id']);
const addressOf = async (contactId: string) =>
  String((await rows('select external_id as id from contact_identities where contact_id = $1', contactId))[0]?.['id']);
async function upload(who: TestVisitor): Promise<string> {
  const form = new FormData();
  form.append('file', new File([new Uint8Array(png)], 'canary-name.png'));
  return (await who.call<{ id: string }>('POST', 'files', form)).body.id;
}

/** What a visitor wrote, as a process that stood still brings it late. */
function arrive(address: string, externalId: string, at: Date): Promise<unknown> {
  const payload = {
    type: 'message',
    externalId,
    text: 'again',
    uploads: [],
    visitor: [{ externalId: address, handle: null }],
    name: null,
    at: at.getTime(),
  };
  const item: RoutedItem = {
    deliveryId: newId(),
    receivedAt: at,
    channelId: chat.channelId,
    kind: ChannelKind.WEB_CHAT,
    payload,
  };
  return doors.under.app.app.get(ReceiveMessages).apply(new Map([[doors.ada.workspaceId, [item]]]));
}

describe('a visitor who asks in the chat to be erased', () => {
  it('is, like anybody by any door: a request, tombstones, and a receipt that their code leads to [promise 66] [promise 68]', async () => {
    const who = visitor();
    await who.open({ identity: { name: 'Canary Name', email: 'canary@example.com' } });
    const attachmentIds = [await upload(who)];
    await upload(who);
    const { conversationId } = (await who.write('canary words', { attachmentIds })).body;
    const contactId = await contactOf(conversationId);
    await eventually(async () =>
      (await rows("select from attachments where status = 'READY' and workspace_id = $1", doors.ada.workspaceId))
        .length > 0
        ? true
        : null,
    );
    expect(await rows('select from files where workspace_id = $1', doors.ada.workspaceId)).toHaveLength(3);

    const { status, body } = await forget(who);
    expect([status, body.forgotten]).toEqual([200, true]);
    expect(body.statusUrl).toMatch(new RegExp(`/privacy/requests/${body.confirmation_code}$`));
    for (const [table, column, id] of [
      ['contacts', 'id', contactId],
      ['contact_identities', 'contact_id', contactId],
      ['conversations', 'id', conversationId],
      ['messages', 'conversation_id', conversationId],
      ['visitors', 'channel_id', chat.channelId],
    ] as const)
      expect([table, await rows(`select from ${table} where ${column} = $1`, id)]).toEqual([table, []]);
    // What they uploaded and did not send as well, and what a message had copied: not a day later.
    expect(await rows('select from files where workspace_id = $1', doors.ada.workspaceId)).toEqual([]);

    await doors.done(body.confirmation_code);
    const [request] = await rows(
      'select origin, kind, status, erasure_id, contact_ids from privacy_requests where code = $1',
      body.confirmation_code,
    );
    expect(request).toMatchObject({ origin: 'WIDGET', kind: 'ERASE', status: 'COMPLETED', contact_ids: [] });
    const answer = await fetch(`${doors.under.app.url}/privacy/requests/${body.confirmation_code}/receipt.json`);
    const receipt = (await answer.json()) as { hash: string; retained: { what: string; count: number }[] };
    expect(receipt).toMatchObject({ retained: [{ what: 'tombstones', count: 3 }] });
    const issued = await doors.under.app.app.get(Receipts).byErasure(String(request?.['erasure_id']));
    expect(receipt.hash).toBe(issued?.hash);
    expect(JSON.stringify(receipt)).not.toMatch(/canary|visitor:/i);
    expect((await who.messages()).status).toBe(401);
    expect((await forget(who)).status).toBe(401);
  }, 60_000);

  it('does not come back by a delivery from before; whoever writes again starts afresh: P5', async () => {
    const who = visitor();
    const proven = { identity: { id: 'site-user-5', hash: proofOf(chat.secret, 'site-user-5') } };
    await who.open(proven);
    const { conversationId } = (await who.write('before')).body;
    const contactId = await contactOf(conversationId);
    const address = await addressOf(contactId);
    const [said] = await rows(
      'select external_id as id, sent_at as at from messages where conversation_id = $1',
      conversationId,
    );
    const { body } = await forget(who);
    expect(body.forgotten).toBe(true);
    // They come back before all of it is done: what is theirs from now on stays.
    const back = visitor();
    await back.open(proven);
    const attachmentIds = [await upload(back)];
    await doors.done(body.confirmation_code);

    await arrive(address, String(said?.['id']), said?.['at'] as Date);
    await arrive(address, 'late', new Date(Date.now() - 60_000));
    expect(await rows('select from contact_identities where external_id = $1', address)).toEqual([]);

    const again = (await back.write('after', { attachmentIds })).body;
    expect(await contactOf(again.conversationId)).not.toBe(contactId);
    expect((await back.messages()).body.messages.map(({ text }) => text)).toEqual(['after']);
  });

  describe('whom a member has put together with somebody who writes elsewhere', () => {
    const together = async (who: TestVisitor, from: string) => {
      const { conversationId } = (await who.write('in the chat')).body;
      const contactId = await contactOf(conversationId);
      const mailed = await doors.writer(from);
      await doors.ada.client.ask(
        'mutation ($keep: ID!, $merge: [ID!]!) { mergeContacts(keepId: $keep, mergeIds: $merge) { id } }',
        { keep: mailed, merge: [contactId] },
      );
      return { mailed, contactId, conversationId };
    };

    it('goes with all of it where the site has said who they are', async () => {
      const who = visitor();
      await who.open({ identity: { id: 'site-user-6', hash: proofOf(chat.secret, 'site-user-6') } });
      const { mailed, contactId } = await together(who, 'same-person@example.com');
      expect((await forget(who)).body.forgotten).toBe(true);
      expect(await rows('select from contacts where id = any ($1)', [mailed, contactId])).toEqual([]);
    });

    it('loses what was said in the chat at once; a member decides about the rest', async () => {
      const who = visitor();
      await who.open({ identity: { name: 'Jane', email: 'jane@example.com' } });
      const { mailed, conversationId } = await together(who, 'jane@example.com');
      const { body } = await forget(who);
      expect(body.forgotten).toBe(true);
      expect(await rows('select from conversations where id = $1', conversationId)).toEqual([]);
      expect((await who.messages()).status).toBe(401);
      expect(await rows('select from contacts where id = $1', mailed)).toHaveLength(1);
      expect(
        await rows('select status, contact_ids from privacy_requests where code = $1', body.confirmation_code),
      ).toEqual([{ status: 'VERIFYING', contact_ids: [mailed] }]);
    });
  });

  it('waits where a legal hold keeps it, has one request however often they ask, and goes when it ends [promise 73]', async () => {
    const who = visitor();
    await who.open();
    const { conversationId } = (await who.write('held')).body;
    const contactId = await contactOf(conversationId);
    const { placeLegalHold } = await doors.ada.client.ask<{ placeLegalHold: { id: string } }>(
      'mutation ($id: ID!) { placeLegalHold(contactId: $id, reason: "a court") { id } }',
      { id: contactId },
    );
    const [first, second] = [await forget(who), await forget(who)];
    expect([first.status, first.body.forgotten]).toEqual([200, false]);
    expect(second.body).toEqual(first.body);
    expect((await doors.stateOf(first.body.confirmation_code)).status).toBe('ON_HOLD');
    expect((await who.messages()).body.messages).toHaveLength(1);
    await doors.ada.client.ask('mutation ($id: ID!) { releaseLegalHold(id: $id) { id } }', { id: placeLegalHold.id });
    await doors.done(first.body.confirmation_code);
    expect(await rows('select from contacts where id = $1', contactId)).toEqual([]);
    expect((await who.messages()).status).toBe(401);
  }, 60_000);

  it('who never wrote leaves a request that is done, and no upload', async () => {
    const who = visitor();
    await who.open();
    const uploaded = await upload(who);
    const { body } = await forget(who);
    expect(await doors.stateOf(body.confirmation_code)).toMatchObject({ status: 'COMPLETED', kind: 'ERASE' });
    await eventually(async () =>
      (await rows('select from files where id = $1', uploaded.split('.')[0])).length === 0 ? true : null,
    );
    expect((await who.messages()).status).toBe(401);
  });
});
