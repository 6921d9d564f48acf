import { Queues } from '../../src/platform/queue/index.js';
import { eventually } from '../support/client.js';
import { SandboxStory } from '../support/sandbox-story.js';

const away = 'We are closed. We answer tomorrow from nine.';
let story: SandboxStory;
let messages = 0;

beforeAll(async () => {
  story = await SandboxStory.start();
  await story.connect('whatsapp');
  await story.connect('messenger');
}, 60_000);
afterAll(() => story.stop());

/** Closed all week but for what is given; UTC. */
const hours = (more: object = {}) =>
  story.client.ask('mutation ($input: UpdateWorkspaceInput!) { updateWorkspace(input: $input) { id } }', {
    input: { timezone: 'UTC', businessHours: { always: false, week: [], awayMessage: away, ...more } },
  });

/** Somebody writes; gives the conversation, and who they are. */
async function written(
  customer?: string,
  more: Record<string, unknown> = {},
): Promise<{ id: string; customer: string }> {
  const writer = customer ?? (await story.newCustomer('whatsapp'));
  const words = `message ${String((messages += 1))}`;
  await story.play('whatsapp', { kind: 'text', text: words, ...more }, writer);
  return { id: await story.conversationOf(words), customer: writer };
}

/** The words of absence in a conversation, once all the work that is due is done. */
async function said(id: string) {
  await eventually(async () => {
    const { rows } = await story.owner.query<{ n: number }>(
      `select count(*)::int as n from due where kind in ('send-away-message', 'deliver-messages') and due_at <= now() + interval '5 s'`,
    );
    return rows[0]?.n === 0 ? true : null;
  });
  const { rows } = await story.owner.query<{
    id: string;
    text: string;
    author: string;
    direction: string;
    kind: string;
  }>(
    `select id, text, author, direction, kind from messages where conversation_id = $1 and author = 'SYSTEM' order by id`,
    [id],
  );
  return rows;
}

/** Makes the work due now, as if the customer's message had just been stored. */
async function due(kind: string, id: string): Promise<void> {
  await story.owner.query(
    `insert into due (kind, workspace_id, row_id, due_at) select $2, workspace_id, id, now() from conversations where id = $1
     on conflict (kind, workspace_id, row_id) do update set due_at = now(), generation = due.generation + 1`,
    [id, kind],
  );
  await story.app.app.get(Queues).sweep();
}

it('says that it is away: as no person, in its own words, while the customer waits as before', async () => {
  await hours();
  const { id, customer } = await written();
  const [notice, ...more] = await said(id);
  expect(more).toEqual([]);
  expect(notice).toMatchObject({ text: away, author: 'SYSTEM', direction: 'OUTBOUND', kind: 'TEXT' });
  await story.settled(id, notice?.id ?? '', 'DELIVERED', 'READ');
  expect((await story.shown('whatsapp', customer)).map(({ text }) => text)).toContain(away);
  const { conversation } = await story.client.ask<{ conversation: { unreadCount: number; status: string } }>(
    'query ($id: ID!) { conversation(id: $id) { unreadCount status } }',
    { id },
  );
  expect(conversation).toEqual({ unreadCount: 1, status: 'OPEN' });
  const { rows } = await story.owner.query('select 1 from conversations where id = $1 and waiting_since is not null', [
    id,
  ]);
  expect(rows).toHaveLength(1);
});

it('says it once, however often they write, and again only after it has been open', async () => {
  await hours();
  const { id, customer } = await written();
  expect(await said(id)).toHaveLength(1);
  await Promise.all(['a', 'b', 'c'].map((text) => story.play('whatsapp', { kind: 'text', text }, customer)));
  await written(customer);
  expect(await said(id)).toHaveLength(1);
  // It opened yesterday, all day, as the clocks of this machine have it; what was said before belongs to another closing.
  const yesterday = new Date(Date.now() - 86_400_000);
  const weekday = yesterday.getUTCDay() || 7;
  await story.owner.query(`update conversations set away_sent_at = now() - interval '3 days' where id = $1`, [id]);
  await written(customer);
  expect(await said(id)).toHaveLength(1);
  await hours({ week: [{ weekday, opens: '00:00', closes: '24:00' }] });
  await written(customer);
  expect(await said(id)).toHaveLength(2);
});

it.each<[string, object]>([
  ['it is open', { week: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '00:00', closes: '24:00' })) }],
  ['it is always open', { always: true }],
  ['it has nothing to say', { awayMessage: null }],
])('says nothing while %s', async (_, more) => {
  await hours(more);
  expect(await said((await written()).id)).toEqual([]);
});

it('says nothing where a person has answered meanwhile', async () => {
  await hours({ awayMessage: null });
  const { id } = await written();
  await story.send(id, { text: 'I am still here.' });
  await hours();
  await due('send-away-message', id);
  expect(await said(id)).toEqual([]);
});

it('takes it back where a person answers before it has left', async () => {
  await hours();
  const path = '/660000000000001/messages$';
  const { customer } = await written();
  await story.control('/faults', { match: { path }, action: { rateLimit: true, retryAfter: 60 }, times: 1 });
  await story.owner.query('update conversations set away_sent_at = null');
  const { id } = await written(customer);
  const notice = await eventually(async () => {
    const nodes = (await story.thread(id)).messages.nodes.filter(({ author }) => author === 'SYSTEM');
    return nodes.find(({ status, error }) => status === 'QUEUED' && error !== null) ?? null;
  });
  const answer = await story.send(id, { text: 'I am here after all.' });
  await due('deliver-messages', id);
  await story.settled(id, answer.id, 'SENT', 'DELIVERED', 'READ');
  await story.settled(id, notice.id, 'CANCELED');
});

it.each<[string, string]>([
  ['whom nothing speaks against', 'select $1::uuid'],
  [
    'who is blocked',
    'update contacts set blocked = true where id = (select contact_id from conversations where id = $1)',
  ],
  [
    'who objected to machines',
    'update contacts set automation_objected = true where id = (select contact_id from conversations where id = $1)',
  ],
  ['whose conversation is spam', 'update conversations set spam = true where id = $1'],
  ['whose window is closed', `update conversations set last_inbound_at = now() - interval '25 hours' where id = $1`],
  [
    'who was written to by a machine',
    `update messages set content = '{"mail": {"automatic": true}}' where conversation_id = $1`,
  ],
  ['who wrote half a day ago', `update messages set sent_at = now() - interval '13 hours' where conversation_id = $1`],
  [
    'whose channel has to be connected again',
    `update channels set status = 'EXPIRED' where id = (select channel_id from conversations where id = $1)`,
  ],
])('says nothing to somebody but one: %s', async (who, statement) => {
  await hours({ awayMessage: null });
  const { id } = await written();
  await story.owner.query(statement, [id]);
  await hours();
  const before = (await story.sends()).length;
  await due('send-away-message', id);
  const expected = who === 'whom nothing speaks against' ? 1 : 0;
  expect(await said(id)).toHaveLength(expected);
  expect((await story.sends()).length - before).toBe(expected);
  await story.owner.query(`update channels set status = 'CONNECTED'`);
});

it('says nothing where another app of the business answers the thread', async () => {
  await hours();
  await story.play('messenger', { kind: 'text', text: 'to the other app', standby: true });
  expect(await said(await story.conversationOf('to the other app'))).toEqual([]);
});

it('says it once to whoever floods it, in one conversation, and stays within what the customer’s platform takes', async () => {
  await hours({ awayMessage: `${'çok '.repeat(400)}kapalıyız` });
  const customer = await story.newCustomer('whatsapp');
  const before = (await story.sends()).length;
  for (let burst = 0; burst < 5; burst += 1)
    await Promise.all(
      Array.from({ length: 20 }, () => story.play('whatsapp', { kind: 'text', text: 'again' }, customer)),
    );
  const { id } = await written(customer);
  const notices = await said(id);
  expect(notices).toHaveLength(1);
  expect((await story.sends()).length - before).toBe(1);
  const { rows } = await story.owner.query<{ conversations: number; messages: number; told: number }>(
    `select count(distinct c.id)::int as conversations, count(m.id)::int as messages,
            (select count(*)::int from notifications n where n.conversation_id = $1 and n.kind = 'NEW_CONVERSATION') as told
       from conversations c join messages m on m.conversation_id = c.id and m.direction = 'INBOUND' where c.id = $1`,
    [id],
  );
  // Nothing that a customer wrote is thrown away; what follows from it is bounded.
  expect(rows[0]).toMatchObject({ conversations: 1, messages: 101 });
  expect(rows[0]?.told).toBeLessThanOrEqual(1);
});
