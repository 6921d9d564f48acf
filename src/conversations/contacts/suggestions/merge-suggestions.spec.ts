import { InboxUnderTest, type TestInbox } from '../../../../test/support/inbox.js';
import { ForgetMergesWorker } from '../forget-merges.worker.js';

let under: InboxUnderTest;
let ada: TestInbox;
let mail: string;
let chat: string;
let count = 0;

beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
  mail = await under.channel(ada.workspaceId, { kind: 'EMAIL', provider: 'email' });
  chat = await under.channel(ada.workspaceId, { kind: 'WEB_CHAT', provider: 'webchat' });
}, 60_000);
afterAll(() => under.stop());

const suggested = async (id: string, { client } = ada) => {
  const { contact } = await client.ask<{
    contact: { mergeSuggestions: { address: string; contact: { id: string } }[] };
  }>('query ($id: ID!) { contact(id: $id) { mergeSuggestions { address contact { id } } } }', { id });
  return contact.mergeSuggestions.map(({ contact: other, address }) => [other.id, address]);
};
const person = (columns: Record<string, unknown> = {}) => under.contact(ada.workspaceId, columns);

/** Somebody who wrote a mail, which proved its sender or did not. */
async function mailed(address: string, authenticated: boolean) {
  const contact = await person();
  await under.identity(ada.workspaceId, { channel_id: mail, contact_id: contact, external_id: address, kind: 'EMAIL' });
  const inbox = { ...ada, channelId: mail };
  const conversation = await under.conversation(inbox, { contact_id: contact });
  const content = JSON.stringify({ mail: { sender: address, authenticated } });
  await under.message(inbox, conversation, { text: 'Hello', content });
  return contact;
}
/** A visitor of a chat, whose address a site signed or who said it themselves. */
async function visited(email: string, details_proven: boolean) {
  const contact = await person();
  count += 1;
  const address = `visitor:${String(count)}`;
  await under.identity(ada.workspaceId, {
    channel_id: chat,
    contact_id: contact,
    external_id: address,
    kind: 'WEB_CHAT',
  });
  await under.insert('visitors', ada.workspaceId, {
    channel_id: chat,
    token_hash: Buffer.from(address.padEnd(32, '.')),
    address,
    email,
    details_proven,
  });
  return contact;
}

it('suggests who has the same number on another account of the business', async () => {
  const other = await under.channel(ada.workspaceId);
  const [one, two] = [await person(), await person()];
  const number = { external_id: '905551112233', kind: 'WHATSAPP', handle: '+90 555 111 22 33' };
  await under.identity(ada.workspaceId, { channel_id: ada.channelId, contact_id: one, ...number });
  await under.identity(ada.workspaceId, { channel_id: other, contact_id: two, ...number });
  expect(await suggested(one)).toEqual([[two, '+90 555 111 22 33']]);
  expect(await suggested(two)).toEqual([[one, '+90 555 111 22 33']]);
  await ada.client.ask('mutation ($a: ID!, $b: ID!) { mergeContacts(keepId: $a, mergeIds: [$b]) { id } }', {
    a: one,
    b: two,
  });
  expect(await suggested(one)).toEqual([]);
});

it('suggests by a mail address that both have proved, and by none that anybody only said', async () => {
  const proved = await mailed('ann@example.com', true);
  const signed = await visited('Ann@example.com', true);
  const again = await visited('ann@example.com', true);
  // Each of these may be anybody who knows the address.
  await visited('ann@example.com', false);
  const typed = await person({ emails: ['ann@example.com'] });
  const found = (await suggested(proved)).map(([id]) => id).sort();
  expect(found).toEqual([signed, again].sort());
  expect((await suggested(signed)).map(([id]) => id).sort()).toEqual([proved, again].sort());
  expect(await suggested(typed)).toEqual([]);
  const forged = await mailed('bob@example.com', false);
  const bob = await visited('bob@example.com', true);
  expect([await suggested(forged), await suggested(bob)]).toEqual([[], []]);
});

it('suggests nobody of whom data may not be used, of another workspace, or by a name that two sites gave', async () => {
  const eve = await under.inbox('Eve');
  const [other, second] = [
    await under.channel(ada.workspaceId),
    await under.channel(ada.workspaceId, { kind: 'WEB_CHAT', provider: 'webchat' }),
  ];
  const [one, restricted, foreign] = [
    await person(),
    await person({ processing_restricted: true }),
    await under.contact(eve.workspaceId),
  ];
  const number = { external_id: '905559998877', kind: 'WHATSAPP' };
  await under.identity(ada.workspaceId, { channel_id: ada.channelId, contact_id: one, ...number });
  await under.identity(ada.workspaceId, { channel_id: other, contact_id: restricted, ...number });
  await under.identity(eve.workspaceId, { channel_id: eve.channelId, contact_id: foreign, ...number });
  expect([await suggested(one), await suggested(restricted), await suggested(foreign, eve)]).toEqual([[], [], []]);
  const [here, there] = [await person(), await person()];
  const user = { external_id: 'user:1', kind: 'WEB_CHAT' };
  await under.identity(ada.workspaceId, { channel_id: chat, contact_id: here, ...user });
  await under.identity(ada.workspaceId, { channel_id: second, contact_id: there, ...user });
  expect(await suggested(here)).toEqual([]);
});

it('forgets how contacts were before a merge once that cannot be taken back, also where nobody merges again', async () => {
  const [keep, other] = [await person(), await person()];
  await ada.client.ask('mutation ($a: ID!, $b: ID!) { mergeContacts(keepId: $a, mergeIds: [$b]) { id } }', {
    a: keep,
    b: other,
  });
  const merges = async () =>
    (await under.admin.query<{ id: string }>('select id from contact_merges where kept_id = $1', [keep])).rows;
  const [merge] = await merges();
  const { rows } = await under.admin.query<{ days: number }>(
    `select floor(extract(epoch from due_at - now()) / 86400)::int as days from due where kind = 'forget-merges' and row_id = $1`,
    [merge?.id],
  );
  expect(rows).toEqual([{ days: 30 }]);
  const worker = under.app.app.get(ForgetMergesWorker);
  const job = { workspaceId: ada.workspaceId } as Parameters<typeof worker.run>[0];
  await worker.run(job);
  expect(await merges()).toHaveLength(1);
  await under.admin.query(`update contact_merges set merged_at = now() - interval '31 days' where kept_id = $1`, [
    keep,
  ]);
  await worker.run(job);
  expect(await merges()).toEqual([]);
});
