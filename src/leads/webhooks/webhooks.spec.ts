import type { IncomingHttpHeaders } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { eventually } from '../../../test/support/client.js';
import { InboxUnderTest, type TestInbox } from '../../../test/support/inbox.js';
import { LoopbackServer } from '../../../test/support/loopback-server.js';
import { TestVisitor, createWebChat } from '../../../test/support/visitor.js';
import { MessagesReceived } from '../../conversations/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { Queues } from '../../platform/queue/index.js';
import { CaptureLead } from '../capture/capture-lead.js';
import { LeadSource } from '../enums.js';

interface Taken {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string;
}
interface Endpoint {
  readonly id: string;
  readonly secret: string;
}
interface Seen {
  readonly id: string;
  readonly enabled: boolean;
  readonly disabledBecause: string | null;
  readonly deliveries: {
    readonly nodes: readonly {
      readonly id: string;
      readonly event: string;
      readonly status: string;
      readonly attempts: number;
      readonly responseStatus: number | null;
      readonly trouble: string | null;
      readonly nextAttemptAt: string | null;
    }[];
    readonly pageInfo: { readonly endCursor: string | null };
  };
}

const words = 'Where is my parcel';

let under: InboxUnderTest;
let receiver: LoopbackServer;
let answer: { status: number; headers?: Record<string, string> } = { status: 204 };
const taken: Taken[] = [];

beforeAll(async () => {
  receiver = await LoopbackServer.start((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      taken.push({ headers: request.headers, body: Buffer.concat(parts).toString(), path: request.url ?? '' });
      response.writeHead(answer.status, answer.headers).end();
    });
  });
  under = await InboxUnderTest.start({ environment: { AI_ALLOWED_HOSTS: new URL(receiver.url).host } });
}, 60_000);
afterAll(async () => {
  await under.stop();
  await receiver.stop();
});
beforeEach(() => {
  taken.length = 0;
  answer = { status: 204 };
});

async function endpoint({ client }: TestInbox, events = ['message.received'], path = '/hook'): Promise<Endpoint> {
  const { createWebhookEndpoint: made } = await client.ask<{
    createWebhookEndpoint: { endpoint: { id: string }; secret: string };
  }>(
    'mutation ($url: String!, $events: [String!]!) { createWebhookEndpoint(url: $url, events: $events) { endpoint { id } secret } }',
    { url: `${receiver.url}${path}`, events },
  );
  return { id: made.endpoint.id, secret: made.secret };
}

/** A customer wrote so many messages, as the road of messages says it. */
async function written(inbox: TestInbox, count = 1): Promise<{ conversationId: string; messageIds: string[] }> {
  const conversationId = await under.conversation(inbox);
  const messageIds: string[] = [];
  for (let n = 0; n < count; n += 1) messageIds.push(await under.message(inbox, conversationId, { text: words }));
  const { app } = under.app;
  await app.get(Workspaces).run(inbox.workspaceId, (tx) =>
    app.get(Facts).announce(
      tx,
      new MessagesReceived([
        {
          conversationId,
          channelId: inbox.channelId,
          messageIds,
          lastMessageId: messageIds.at(-1) ?? '',
          begun: true,
        },
      ]),
    ),
  );
  return { conversationId, messageIds };
}

async function seen({ client }: TestInbox, id: string): Promise<Seen> {
  const { webhookEndpoints } = await client.ask<{ webhookEndpoints: Seen[] }>(`{
    webhookEndpoints {
      id enabled disabledBecause
      deliveries(first: 50) {
        nodes { id event status attempts responseStatus trouble nextAttemptAt } pageInfo { endCursor }
      }
    }
  }`);
  const found = webhookEndpoints.find((one) => one.id === id);
  if (found === undefined) throw new Error('The endpoint is not listed.');
  return found;
}

/** The log of an endpoint, once it is as it is to be. */
const logOf = (inbox: TestInbox, id: string, until: (nodes: Seen['deliveries']['nodes']) => boolean) =>
  eventually(async () => {
    const { nodes } = (await seen(inbox, id)).deliveries;
    return until(nodes) ? nodes : null;
  });

/** Time goes by until the next attempt of whatever waits. */
async function passTime(endpointId: string): Promise<void> {
  await under.admin.query(
    `update webhook_deliveries set next_attempt_at = now() where endpoint_id = $1 and status = 'PENDING'`,
    [endpointId],
  );
  await under.admin.query('update webhook_endpoints set rests_until = null where id = $1', [endpointId]);
  await under.admin.query(`update due set due_at = now() where kind = 'deliver-webhooks' and row_id = $1`, [
    endpointId,
  ]);
  await under.app.app.get(Queues).sweep();
}

describe('a system of the business', () => {
  it('is told what a visitor writes and a member resolves, signed, by ids and without a word of it', async () => {
    const inbox = await under.inbox();
    const { id, secret } = await endpoint(inbox, ['conversation.started', 'message.received', 'conversation.resolved']);
    const chat = await createWebChat(inbox.client);
    const visitor = new TestVisitor(under.app.url, chat);
    await visitor.open();
    const { body } = await visitor.write(words);
    await eventually(() => Promise.resolve(taken.length >= 2 ? true : null));
    const { conversationId } = body;
    await inbox.client.ask('mutation ($id: ID!) { setConversationStatus(id: $id, status: RESOLVED) { id } }', {
      id: conversationId,
    });
    await eventually(() => Promise.resolve(taken.length >= 3 ? true : null));
    const verified = taken.map(({ body: text, headers }) => new Webhook(secret).verify(text, headers as never)) as {
      type: string;
      timestamp: string;
      data: Record<string, string>;
    }[];
    expect(verified.map(({ type }) => type).sort()).toEqual([
      'conversation.resolved',
      'conversation.started',
      'message.received',
    ]);
    const { rows } = await under.admin.query<{ contact_id: string }>(
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
    expect(JSON.stringify(taken)).not.toContain(words);
    const log = await logOf(inbox, id, (nodes) => nodes.every(({ status }) => status === 'DELIVERED'));
    expect(log.map((one) => [one.attempts, one.responseStatus])).toEqual([
      [1, 204],
      [1, 204],
      [1, 204],
    ]);
    expect(new Set(log.map((one) => one.id))).toEqual(new Set(taken.map(({ headers }) => headers['webhook-id'])));
  });

  it('is told of each message of those that come together, and of what it chose alone', async () => {
    const inbox = await under.inbox();
    const messages = await endpoint(inbox, ['message.received'], '/messages');
    const resolved = await endpoint(inbox, ['conversation.resolved'], '/resolved');
    const { messageIds, conversationId } = await written(inbox, 3);
    const other = await under.conversation(inbox);
    await inbox.client.ask(
      'mutation ($ids: [ID!]!) { updateConversations(ids: $ids, status: RESOLVED) { changed { id } } }',
      { ids: [conversationId, other] },
    );
    await eventually(() => Promise.resolve(taken.length >= 5 ? true : null));
    const told = (path: string, name: string) =>
      taken
        .filter((one) => one.path === path)
        .map(({ body }) => (JSON.parse(body) as { data: Record<string, string> }).data[name])
        .sort();
    expect(told('/messages', 'messageId')).toEqual([...messageIds].sort());
    expect(told('/resolved', 'conversationId')).toEqual([conversationId, other].sort());
    expect((await seen(inbox, messages.id)).deliveries.nodes).toHaveLength(3);
    expect((await seen(inbox, resolved.id)).deliveries.nodes).toHaveLength(2);
  });

  it('is told of a lead, and not of one that is used to answer and for nothing else', async () => {
    const inbox = await under.inbox();
    const { id } = await endpoint(inbox, ['lead.created']);
    const { app } = under.app;
    const capture = (email: string, more: { answerOnly?: boolean; test?: boolean } = {}) =>
      app
        .get(Workspaces)
        .run(inbox.workspaceId, (tx) =>
          app.get(CaptureLead).apply(tx, { source: LeadSource.MANUAL, externalId: null, details: { email }, ...more }),
        );
    await capture('answer-only@example.org', { answerOnly: true });
    await capture('test@example.org', { test: true });
    const captured = await capture('grace@example.org');
    if (captured.outcome !== 'CAPTURED') throw new Error('The lead was not captured.');
    await logOf(inbox, id, (nodes) => nodes[0]?.status === 'DELIVERED');
    expect((await seen(inbox, id)).deliveries.nodes).toHaveLength(1);
    const told = taken.map(({ body }) => JSON.parse(body) as { data: Record<string, string> });
    expect(told.filter(({ data }) => data['workspaceId'] === inbox.workspaceId)).toMatchObject([
      {
        type: 'lead.created',
        data: { workspaceId: inbox.workspaceId, leadId: captured.leadId, contactId: captured.contactId },
      },
    ]);
    expect(JSON.stringify(told)).not.toContain('example.org');
    await under.admin.query('delete from leads where id = $1', [captured.leadId]);
    expect((await seen(inbox, id)).deliveries.nodes).toEqual([]);
  });

  it('is not told of what was rolled back, nor of what happens in another workspace', async () => {
    const inbox = await under.inbox();
    const stranger = await under.inbox('Bob');
    const { id } = await endpoint(inbox);
    await written(stranger);
    const { app } = under.app;
    const conversationId = await under.conversation(inbox);
    const messageIds = [await under.message(inbox, conversationId)];
    const undone = app.get(Workspaces).run(inbox.workspaceId, async (tx) => {
      const one = { conversationId, channelId: inbox.channelId, lastMessageId: '', messageIds, begun: false };
      await app.get(Facts).announce(tx, new MessagesReceived([one]));
      throw new Error('undone');
    });
    await expect(undone).rejects.toThrow('undone');
    const { conversationId: told } = await written(inbox);
    await logOf(inbox, id, (nodes) => nodes.length === 1 && nodes[0]?.status === 'DELIVERED');
    const about = taken.map(({ body }) => (JSON.parse(body) as { data: Record<string, string> }).data);
    expect(about.filter(({ workspaceId }) => workspaceId === stranger.workspaceId)).toEqual([]);
    expect(about.filter(({ workspaceId }) => workspaceId === inbox.workspaceId)).toMatchObject([
      { conversationId: told },
    ]);
  });
});

describe('a call that is not taken', () => {
  it('is made again later under the same id, and arrives at last', async () => {
    const inbox = await under.inbox();
    const { id, secret } = await endpoint(inbox);
    answer = { status: 500 };
    await written(inbox);
    const [first] = await logOf(inbox, id, (nodes) => nodes[0]?.attempts === 1);
    expect(first).toMatchObject({ status: 'PENDING', responseStatus: 500, trouble: 'REFUSED' });
    expect(first?.nextAttemptAt).not.toBeNull();
    answer = { status: 302, headers: { location: 'http://169.254.169.254/' } };
    await passTime(id);
    await logOf(inbox, id, (nodes) => nodes[0]?.attempts === 2 && nodes[0].trouble === 'REDIRECTED');
    answer = { status: 200 };
    await passTime(id);
    const [last] = await logOf(inbox, id, (nodes) => nodes[0]?.status === 'DELIVERED');
    expect(last).toMatchObject({ attempts: 3, responseStatus: 200, trouble: null, nextAttemptAt: null });
    expect(new Set(taken.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([first?.id]));
    for (const { body, headers } of taken) new Webhook(secret).verify(body, headers as never);
    expect(new Set(taken.map(({ body }) => body)).size).toBe(1);
  });

  it('has failed after the last time, and is made again when a member says so', async () => {
    const inbox = await under.inbox();
    const { id } = await endpoint(inbox);
    answer = { status: 503 };
    await written(inbox);
    await logOf(inbox, id, (nodes) => nodes[0]?.attempts === 1);
    await under.admin.query('update webhook_deliveries set tries = 10 where endpoint_id = $1', [id]);
    await passTime(id);
    const [failed] = await logOf(inbox, id, (nodes) => nodes[0]?.status === 'FAILED');
    expect(failed?.nextAttemptAt).toBeNull();
    answer = { status: 204 };
    const { replayWebhookDelivery: again } = await inbox.client.ask<{ replayWebhookDelivery: { status: string } }>(
      'mutation ($id: ID!) { replayWebhookDelivery(id: $id) { status } }',
      { id: failed?.id },
    );
    expect(again.status).toBe('PENDING');
    await logOf(inbox, id, (nodes) => nodes[0]?.status === 'DELIVERED');
    expect(taken.at(-1)?.headers['webhook-id']).toBe(failed?.id);
  });

  it('ends the calls where the other side says 410, and those who look after the workspace are told', async () => {
    const inbox = await under.inbox();
    await under.admin.query('update users set email_verified_at = now() where id = $1', [inbox.member.userId]);
    const { id } = await endpoint(inbox);
    answer = { status: 410 };
    await written(inbox, 2);
    await eventually(async () => ((await seen(inbox, id)).enabled ? null : true));
    expect((await seen(inbox, id)).disabledBecause).toBe('GONE');
    const before = (await seen(inbox, id)).deliveries.nodes;
    expect(before.map(({ status }) => status)).toEqual(['FAILED', 'FAILED']);
    const { rows } = await under.admin.query(
      `select kind from notifications where workspace_id = $1 and way = 'MAIL'`,
      [inbox.workspaceId],
    );
    expect(rows).toEqual([{ kind: 'WEBHOOK_STOPPED' }]);
    const refused = await inbox.client.refusal('mutation ($id: ID!) { replayWebhookDelivery(id: $id) { id } }', {
      id: before[0]?.id,
    });
    expect(refused).toBe('CONFLICT');
    await written(inbox);
    expect((await seen(inbox, id)).deliveries.nodes).toHaveLength(2);
    answer = { status: 204 };
    await inbox.client.ask('mutation ($id: ID!) { setWebhookEndpointEnabled(id: $id, enabled: true) { enabled } }', {
      id,
    });
    await written(inbox);
    await logOf(inbox, id, (nodes) => nodes.length === 3 && nodes[0]?.status === 'DELIVERED');
  });

  it('ends them where an endpoint has taken nothing for three days, and not before', async () => {
    const inbox = await under.inbox();
    const { id } = await endpoint(inbox);
    answer = { status: 500 };
    await written(inbox);
    await logOf(inbox, id, (nodes) => nodes[0]?.attempts === 1);
    await under.admin.query(`update webhook_endpoints set failing_since = now() - interval '71 hours' where id = $1`, [
      id,
    ]);
    await passTime(id);
    await logOf(inbox, id, (nodes) => nodes[0]?.attempts === 2);
    expect((await seen(inbox, id)).enabled).toBe(true);
    await under.admin.query(`update webhook_endpoints set failing_since = now() - interval '73 hours' where id = $1`, [
      id,
    ]);
    await passTime(id);
    await eventually(async () => ((await seen(inbox, id)).enabled ? null : true));
    expect((await seen(inbox, id)).disabledBecause).toBe('FAILING');
  });

  it('to an address that leads inside is not made (case U4)', async () => {
    const inbox = await under.inbox();
    const { id } = await endpoint(inbox);
    await under.admin.query('update webhook_endpoints set url = $2 where id = $1', [id, 'http://127.0.0.1:1/']);
    await written(inbox);
    await logOf(inbox, id, (nodes) => nodes[0]?.attempts === 1 && nodes[0].trouble === 'NOT_PUBLIC');
    expect(taken).toEqual([]);
  });
});

describe('an endpoint', () => {
  const create = (inbox: TestInbox, url: string, events = ['message.received']) =>
    inbox.client.post(
      'mutation ($url: String!, $events: [String!]!) { createWebhookEndpoint(url: $url, events: $events) { secret } }',
      {
        url,
        events,
      },
    );

  it.each([
    'http://hooks.example.com/',
    'https://localhost/',
    'https://127.0.0.1/',
    'https://2130706433/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://10.0.0.1/',
    'https://169.254.169.254/latest/meta-data/',
    'https://printer.local/',
    'https://intranet/',
    'https://user:pass@hooks.example.com/',
    'https://hooks.example.com/#part',
    'ftp://hooks.example.com/',
    'javascript:alert(1)',
    'nonsense',
    '',
  ])('has no address that is not public, open, or none (case U4): %s', async (url) => {
    const { errors } = await create(await sharedInbox(), url);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'url' });
  });

  it.each([[[]], [['nothing.happened']], [['message.received', 'nothing.happened']]])(
    'is told of things that there are: %j',
    async (events) => {
      const { errors } = await create(await sharedInbox(), 'https://hooks.example.com/', events);
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', field: 'events' });
    },
  );

  it('has a secret that is shown once, and stands nowhere in the open', async () => {
    const inbox = await under.inbox();
    const { id, secret } = await endpoint(inbox);
    const { rows } = await under.admin.query<{ row: string }>(
      `select (select string_agg(e::text, '') from webhook_endpoints e where id = $1)
              || coalesce((select string_agg(a::text, '') from audit_entries a where workspace_id = $2), '') as row`,
      [id, inbox.workspaceId],
    );
    expect(rows[0]?.row).toContain(id);
    for (const form of [secret, secret.replace('whsec_', ''), Buffer.from(secret).toString('hex')])
      expect(rows[0]?.row).not.toContain(form);
    const { __type } = await inbox.client.ask<{ __type: { fields: { name: string }[] } }>(
      '{ __type(name: "WebhookEndpoint") { fields { name } } }',
    );
    expect(__type.fields.map(({ name }) => name)).not.toContain('secret');
  });

  it('whose secret is changed signs by both for a day, and by the new one alone afterwards', async () => {
    const inbox = await under.inbox();
    const { id, secret: former } = await endpoint(inbox);
    const { rotateWebhookSecret: changed } = await inbox.client.ask<{ rotateWebhookSecret: { secret: string } }>(
      'mutation ($id: ID!) { rotateWebhookSecret(id: $id) { secret endpoint { id } } }',
      { id },
    );
    expect(changed.secret).not.toBe(former);
    const verifies = (secret: string) => {
      const last = taken.at(-1);
      try {
        new Webhook(secret).verify(last?.body ?? '', last?.headers as never);
        return true;
      } catch {
        return false;
      }
    };
    await written(inbox);
    await logOf(inbox, id, (nodes) => nodes[0]?.status === 'DELIVERED');
    expect([verifies(former), verifies(changed.secret)]).toEqual([true, true]);
    await under.admin.query(`update webhook_endpoints set former_until = now() where id = $1`, [id]);
    await written(inbox);
    await logOf(inbox, id, (nodes) => nodes.length === 2 && nodes[0]?.status === 'DELIVERED');
    expect([verifies(former), verifies(changed.secret)]).toEqual([false, true]);
  });

  it('is one of ten at most, also where they are made at once', async () => {
    const inbox = await under.inbox();
    const made = await Promise.all(
      Array.from({ length: 14 }, (_, n) => create(inbox, `https://hooks.example.com/${String(n)}`)),
    );
    expect(made.filter(({ errors }) => errors === undefined)).toHaveLength(10);
  });

  it('that is removed goes with its log, and is called no more', async () => {
    const inbox = await under.inbox();
    const { id } = await endpoint(inbox);
    answer = { status: 500 };
    await written(inbox);
    await logOf(inbox, id, (nodes) => nodes[0]?.attempts === 1);
    await inbox.client.ask('mutation ($id: ID!) { deleteWebhookEndpoint(id: $id) }', { id });
    expect((await under.admin.query('select from webhook_deliveries where endpoint_id = $1', [id])).rowCount).toBe(0);
    const before = taken.length;
    await written(inbox);
    const { rows } = await under.admin.query('select from webhook_deliveries where workspace_id = $1', [
      inbox.workspaceId,
    ]);
    expect([rows.length, taken.length]).toEqual([0, before]);
  });

  it('is let go of its calls after 30 days', async () => {
    const inbox = await under.inbox();
    const { id } = await endpoint(inbox);
    await written(inbox);
    const [old] = await logOf(inbox, id, (nodes) => nodes[0]?.status === 'DELIVERED');
    await under.admin.query(`update webhook_deliveries set at = now() - interval '31 days' where id = $1`, [old?.id]);
    await written(inbox);
    const left = await logOf(inbox, id, (nodes) => nodes.length === 1 && nodes[0]?.status === 'DELIVERED');
    expect(left[0]?.id).not.toBe(old?.id);
  });

  it('shows its calls page by page', async () => {
    const inbox = await under.inbox();
    const { id } = await endpoint(inbox);
    await written(inbox, 5);
    const all = (await logOf(inbox, id, (nodes) => nodes.length === 5)).map((one) => one.id);
    const page = async (after: string | null) => {
      const { webhookEndpoints } = await inbox.client.ask<{ webhookEndpoints: Seen[] }>(
        `query ($after: String) { webhookEndpoints { id deliveries(first: 2, after: $after) { nodes { id } pageInfo { endCursor } } } }`,
        { after },
      );
      return webhookEndpoints.find((one) => one.id === id)?.deliveries;
    };
    const read: string[] = [];
    let after: string | null = null;
    for (let n = 0; n < 3; n += 1) {
      const part = await page(after);
      read.push(...(part?.nodes.map((one) => one.id) ?? []));
      after = part?.pageInfo.endCursor ?? null;
    }
    expect(read).toEqual(all);
  });
});

describe('a person who is erased', () => {
  it('is told of no more: what waits is not sent, and the log forgets them [promise 66] (P5)', async () => {
    const inbox = await under.inbox();
    const { id } = await endpoint(inbox);
    answer = { status: 500 };
    const erased = await written(inbox);
    const other = await written(inbox);
    await logOf(inbox, id, (nodes) => nodes.length === 2 && nodes.every(({ attempts }) => attempts === 1));
    await inbox.client.ask('mutation ($id: ID!) { deleteConversation(id: $id) { id } }', {
      id: erased.conversationId,
    });
    await logOf(inbox, id, (nodes) => nodes.length === 1);
    taken.length = 0;
    answer = { status: 204 };
    await passTime(id);
    await logOf(inbox, id, (nodes) => nodes[0]?.status === 'DELIVERED');
    expect(taken).toHaveLength(1);
    expect(taken[0]?.body).toContain(other.conversationId);
  });

  it('is not told of while their data may not be used, nor by a message that is gone', async () => {
    const inbox = await under.inbox();
    const { id } = await endpoint(inbox);
    answer = { status: 500 };
    const restricted = await written(inbox);
    const { messageIds } = await written(inbox);
    await logOf(inbox, id, (nodes) => nodes.length === 2 && nodes.every(({ attempts }) => attempts === 1));
    await under.admin.query(
      `update contacts set processing_restricted = true
        where id = (select contact_id from conversations where id = $1)`,
      [restricted.conversationId],
    );
    await under.admin.query('delete from messages where id = any ($1)', [messageIds]);
    taken.length = 0;
    await passTime(id);
    const log = await logOf(inbox, id, (nodes) => nodes.every(({ status }) => status === 'CANCELED'));
    expect([log.length, taken.length]).toEqual([2, 0]);
  });
});

let shared: Promise<TestInbox> | null = null;
function sharedInbox(): Promise<TestInbox> {
  return (shared ??= under.inbox('Shared'));
}
