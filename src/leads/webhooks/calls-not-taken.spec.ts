import { Webhook } from 'standardwebhooks';
import { eventually } from '../../../test/support/client.js';
import { WebhooksUnderTest } from '../../../test/support/webhooks.js';

const hooks = WebhooksUnderTest.declare();

describe('a call that is not taken', () => {
  it('is made again later under the same id, and arrives at last', async () => {
    const inbox = await hooks.under.inbox();
    const { id, secret } = await hooks.endpoint(inbox);
    hooks.answer = { status: 500 };
    await hooks.written(inbox);
    const [first] = await hooks.logOf(inbox, id, (nodes) => nodes[0]?.attempts === 1);
    expect(first).toMatchObject({ status: 'PENDING', responseStatus: 500, trouble: 'REFUSED' });
    expect(first?.nextAttemptAt).not.toBeNull();
    hooks.answer = { status: 302, headers: { location: 'http://169.254.169.254/' } };
    await hooks.passTime(id);
    await hooks.logOf(inbox, id, (nodes) => nodes[0]?.attempts === 2 && nodes[0].trouble === 'REDIRECTED');
    hooks.answer = { status: 200 };
    await hooks.passTime(id);
    const [last] = await hooks.logOf(inbox, id, (nodes) => nodes[0]?.status === 'DELIVERED');
    expect(last).toMatchObject({ attempts: 3, responseStatus: 200, trouble: null, nextAttemptAt: null });
    expect(new Set(hooks.taken.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([first?.id]));
    for (const { body, headers } of hooks.taken) new Webhook(secret).verify(body, headers as never);
    expect(new Set(hooks.taken.map(({ body }) => body)).size).toBe(1);
  });

  it('has failed after the last time, and is made again when a member says so', async () => {
    const inbox = await hooks.under.inbox();
    const { id } = await hooks.endpoint(inbox);
    hooks.answer = { status: 503 };
    await hooks.written(inbox);
    await hooks.logOf(inbox, id, (nodes) => nodes[0]?.attempts === 1);
    await hooks.under.admin.query('update webhook_deliveries set tries = 10 where endpoint_id = $1', [id]);
    await hooks.passTime(id);
    const [failed] = await hooks.logOf(inbox, id, (nodes) => nodes[0]?.status === 'FAILED');
    expect(failed?.nextAttemptAt).toBeNull();
    hooks.answer = { status: 204 };
    const { replayWebhookDelivery: again } = await inbox.client.ask<{ replayWebhookDelivery: { status: string } }>(
      'mutation ($id: ID!) { replayWebhookDelivery(id: $id) { status } }',
      { id: failed?.id },
    );
    expect(again.status).toBe('PENDING');
    await hooks.logOf(inbox, id, (nodes) => nodes[0]?.status === 'DELIVERED');
    expect(hooks.taken.at(-1)?.headers['webhook-id']).toBe(failed?.id);
  });

  it('ends the calls where the other side says 410, and those who look after the workspace are told', async () => {
    const inbox = await hooks.under.inbox();
    await hooks.under.admin.query('update users set email_verified_at = now() where id = $1', [inbox.member.userId]);
    const { id } = await hooks.endpoint(inbox);
    hooks.answer = { status: 410 };
    await hooks.written(inbox, 2);
    await eventually(async () => ((await hooks.seen(inbox, id)).enabled ? null : true));
    expect((await hooks.seen(inbox, id)).disabledBecause).toBe('GONE');
    const before = (await hooks.seen(inbox, id)).deliveries.nodes;
    expect(before.map(({ status }) => status)).toEqual(['FAILED', 'FAILED']);
    const { rows } = await hooks.under.admin.query(
      `select kind from notifications where workspace_id = $1 and way = 'MAIL'`,
      [inbox.workspaceId],
    );
    expect(rows).toEqual([{ kind: 'WEBHOOK_STOPPED' }]);
    const refused = await inbox.client.refusal('mutation ($id: ID!) { replayWebhookDelivery(id: $id) { id } }', {
      id: before[0]?.id,
    });
    expect(refused).toBe('CONFLICT');
    await hooks.written(inbox);
    expect((await hooks.seen(inbox, id)).deliveries.nodes).toHaveLength(2);
    hooks.answer = { status: 204 };
    await inbox.client.ask('mutation ($id: ID!) { setWebhookEndpointEnabled(id: $id, enabled: true) { enabled } }', {
      id,
    });
    await hooks.written(inbox);
    await hooks.logOf(inbox, id, (nodes) => nodes.length === 3 && nodes[0]?.status === 'DELIVERED');
  });

  it('ends them where an endpoint has hooks.taken nothing for three days, and not before', async () => {
    const inbox = await hooks.under.inbox();
    const { id } = await hooks.endpoint(inbox);
    hooks.answer = { status: 500 };
    await hooks.written(inbox);
    await hooks.logOf(inbox, id, (nodes) => nodes[0]?.attempts === 1);
    await hooks.under.admin.query(
      `update webhook_endpoints set failing_since = now() - interval '71 hours' where id = $1`,
      [id],
    );
    await hooks.passTime(id);
    await hooks.logOf(inbox, id, (nodes) => nodes[0]?.attempts === 2);
    expect((await hooks.seen(inbox, id)).enabled).toBe(true);
    await hooks.under.admin.query(
      `update webhook_endpoints set failing_since = now() - interval '73 hours' where id = $1`,
      [id],
    );
    await hooks.passTime(id);
    await eventually(async () => ((await hooks.seen(inbox, id)).enabled ? null : true));
    expect((await hooks.seen(inbox, id)).disabledBecause).toBe('FAILING');
  });

  it('to an address that leads inside is not made (case U4)', async () => {
    const inbox = await hooks.under.inbox();
    const { id } = await hooks.endpoint(inbox);
    await hooks.under.admin.query('update webhook_endpoints set url = $2 where id = $1', [id, 'http://127.0.0.1:1/']);
    await hooks.written(inbox);
    await hooks.logOf(inbox, id, (nodes) => nodes[0]?.attempts === 1 && nodes[0].trouble === 'NOT_PUBLIC');
    expect(hooks.taken).toEqual([]);
  });
});

describe('a person who is erased', () => {
  it('is told of no more: what waits is not sent, and the log forgets them [promise 66] (P5)', async () => {
    const inbox = await hooks.under.inbox();
    const { id } = await hooks.endpoint(inbox);
    hooks.answer = { status: 500 };
    const erased = await hooks.written(inbox);
    const other = await hooks.written(inbox);
    await hooks.logOf(inbox, id, (nodes) => nodes.length === 2 && nodes.every(({ attempts }) => attempts === 1));
    await inbox.client.ask('mutation ($id: ID!) { deleteConversation(id: $id) { id } }', {
      id: erased.conversationId,
    });
    await hooks.logOf(inbox, id, (nodes) => nodes.length === 1);
    hooks.taken.length = 0;
    hooks.answer = { status: 204 };
    await hooks.passTime(id);
    await hooks.logOf(inbox, id, (nodes) => nodes[0]?.status === 'DELIVERED');
    expect(hooks.taken).toHaveLength(1);
    expect(hooks.taken[0]?.body).toContain(other.conversationId);
  });

  it('is not told of while their data may not be used, nor by a message that is gone', async () => {
    const inbox = await hooks.under.inbox();
    const { id } = await hooks.endpoint(inbox);
    hooks.answer = { status: 500 };
    const restricted = await hooks.written(inbox);
    const { messageIds } = await hooks.written(inbox);
    await hooks.logOf(inbox, id, (nodes) => nodes.length === 2 && nodes.every(({ attempts }) => attempts === 1));
    await hooks.under.admin.query(
      `update contacts set processing_restricted = true
        where id = (select contact_id from conversations where id = $1)`,
      [restricted.conversationId],
    );
    await hooks.under.admin.query('delete from messages where id = any ($1)', [messageIds]);
    hooks.taken.length = 0;
    await hooks.passTime(id);
    const log = await hooks.logOf(inbox, id, (nodes) => nodes.every(({ status }) => status === 'CANCELED'));
    expect([log.length, hooks.taken.length]).toEqual([2, 0]);
  });
});
