import { TestClient, eventually } from '../support/client.js';
import { LoopbackServer } from '../support/loopback-server.js';
import { ownSite } from './harness/own-site.js';

const leads = 30;
/** After so many answers the system falls silent, and the worker dies with calls on their way. */
const answersUntilDeath = [4, 7, 9];

interface Told {
  readonly id: string;
  readonly leadId: string;
}

describe('F1, F2: the worker is killed while systems of a business wait to be told, and Redis forgets', () => {
  const told: Told[] = [];
  /** Those whose call was answered; of what it held, a system may have kept nothing. */
  const taken = new Set<string>();
  let answers = 0;
  let held = 0;
  let system: LoopbackServer;
  let client: TestClient;
  const site = ownSite({ environment: { AI_ALLOWED_HOSTS: '127.0.0.1' } }, async (started) => {
    system = await LoopbackServer.start((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part));
      request.on('end', () => {
        const { data } = JSON.parse(Buffer.concat(parts).toString()) as { data: { leadId: string } };
        told.push({ id: String(request.headers['webhook-id']), leadId: data.leadId });
        if (answers === 0) {
          held += 1;
          return;
        }
        answers -= 1;
        taken.add(data.leadId);
        response.writeHead(204).end();
      });
    });
    client = await TestClient.signedUp(started.api.url, 'Ada');
  });
  afterAll(() => system?.stop());

  /** Its claim ends by itself after a while; this does not wait for that. */
  async function leaseEnds(): Promise<void> {
    await site().flushRedis();
    const jobs = await site().ask(
      `update due set leased_until = now() - interval '1 second'
        where kind = 'deliver-webhooks' and leased_until is not null returning 1`,
    );
    expect(jobs).toHaveLength(1);
  }

  it('none is lost, what arrived is told once more at most, and each keeps its id', async () => {
    await client.ask(
      'mutation ($url: String!) { createWebhookEndpoint(url: $url, events: ["lead.created"]) { secret } }',
      { url: `${system.url}/hook` },
    );
    await site().worker.kill();
    const made: string[] = [];
    for (let n = 0; n < leads; n += 1) {
      const { createLead } = await client.ask<{ createLead: { id: string } }>(
        'mutation ($input: CreateLeadInput!) { createLead(input: $input) { id } }',
        { input: { email: `grace-${String(n)}@example.org` } },
      );
      made.push(createLead.id);
    }
    for (const count of answersUntilDeath) {
      held = 0;
      answers = count;
      await site().worker.start();
      await eventually(() => Promise.resolve(answers === 0 && held > 0 ? true : null), 20_000);
      await site().worker.kill();
      await leaseEnds();
    }
    answers = Infinity;
    await site().worker.start();
    await eventually(
      async () =>
        (await site().ask(`select 1 from webhook_deliveries where status <> 'DELIVERED'`)).length === 0 ? true : null,
      60_000,
    );
    expect(taken).toEqual(new Set(made));
    const idsOf = Map.groupBy(told, ({ leadId }) => leadId);
    for (const calls of idsOf.values()) expect(new Set(calls.map(({ id }) => id)).size).toBe(1);
    const rows = await site().ask<{ id: string }>('select id from webhook_deliveries');
    expect(new Set(rows.map(({ id }) => id))).toEqual(new Set(told.map(({ id }) => id)));
    expect(rows).toHaveLength(leads);
    // Five are made at once: no more than those were on their way at each death.
    expect(told.length).toBeLessThanOrEqual(leads + 5 * answersUntilDeath.length);
    expect(told.length).toBeGreaterThan(leads);
  }, 120_000);
});
