import { Webhook } from 'standardwebhooks';
import type { TestInbox } from '../../../test/support/inbox.js';
import { type SeenEndpoint, WebhooksUnderTest } from '../../../test/support/webhooks.js';

const hooks = WebhooksUnderTest.declare();
let shared: Promise<TestInbox> | null = null;
const sharedInbox = () => (shared ??= hooks.under.inbox('Shared'));

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
    const inbox = await hooks.under.inbox();
    const { id, secret } = await hooks.endpoint(inbox);
    const { rows } = await hooks.under.admin.query<{ row: string }>(
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
    const inbox = await hooks.under.inbox();
    const { id, secret: former } = await hooks.endpoint(inbox);
    const { rotateWebhookSecret: changed } = await inbox.client.ask<{ rotateWebhookSecret: { secret: string } }>(
      'mutation ($id: ID!) { rotateWebhookSecret(id: $id) { secret endpoint { id } } }',
      { id },
    );
    expect(changed.secret).not.toBe(former);
    const verifies = (secret: string) => {
      const last = hooks.taken.at(-1);
      try {
        new Webhook(secret).verify(last?.body ?? '', last?.headers as never);
        return true;
      } catch {
        return false;
      }
    };
    await hooks.written(inbox);
    await hooks.logOf(inbox, id, (nodes) => nodes[0]?.status === 'DELIVERED');
    expect([verifies(former), verifies(changed.secret)]).toEqual([true, true]);
    await hooks.under.admin.query(`update webhook_endpoints set former_until = now() where id = $1`, [id]);
    await hooks.written(inbox);
    await hooks.logOf(inbox, id, (nodes) => nodes.length === 2 && nodes[0]?.status === 'DELIVERED');
    expect([verifies(former), verifies(changed.secret)]).toEqual([false, true]);
  });

  it('is one of ten at most, also where they are made at once', async () => {
    const inbox = await hooks.under.inbox();
    const made = await Promise.all(
      Array.from({ length: 14 }, (_, n) => create(inbox, `https://hooks.example.com/${String(n)}`)),
    );
    expect(made.filter(({ errors }) => errors === undefined)).toHaveLength(10);
  });

  it('that is removed goes with its log, and is called no more', async () => {
    const inbox = await hooks.under.inbox();
    const { id } = await hooks.endpoint(inbox);
    hooks.answer = { status: 500 };
    await hooks.written(inbox);
    await hooks.logOf(inbox, id, (nodes) => nodes[0]?.attempts === 1);
    await inbox.client.ask('mutation ($id: ID!) { deleteWebhookEndpoint(id: $id) }', { id });
    expect(
      (await hooks.under.admin.query('select from webhook_deliveries where endpoint_id = $1', [id])).rowCount,
    ).toBe(0);
    const before = hooks.taken.length;
    await hooks.written(inbox);
    const { rows } = await hooks.under.admin.query('select from webhook_deliveries where workspace_id = $1', [
      inbox.workspaceId,
    ]);
    expect([rows.length, hooks.taken.length]).toEqual([0, before]);
  });

  it('is let go of its calls after 30 days', async () => {
    const inbox = await hooks.under.inbox();
    const { id } = await hooks.endpoint(inbox);
    await hooks.written(inbox);
    const [old] = await hooks.logOf(inbox, id, (nodes) => nodes[0]?.status === 'DELIVERED');
    await hooks.under.admin.query(`update webhook_deliveries set at = now() - interval '31 days' where id = $1`, [
      old?.id,
    ]);
    await hooks.written(inbox);
    const left = await hooks.logOf(inbox, id, (nodes) => nodes.length === 1 && nodes[0]?.status === 'DELIVERED');
    expect(left[0]?.id).not.toBe(old?.id);
  });

  it('shows its calls page by page', async () => {
    const inbox = await hooks.under.inbox();
    const { id } = await hooks.endpoint(inbox);
    await hooks.written(inbox, 5);
    const all = (await hooks.logOf(inbox, id, (nodes) => nodes.length === 5)).map((one) => one.id);
    const page = async (after: string | null) => {
      const { webhookEndpoints } = await inbox.client.ask<{ webhookEndpoints: SeenEndpoint[] }>(
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
