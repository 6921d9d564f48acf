import { setTimeout as sleep } from 'node:timers/promises';
import { metaId, metaJson, pageEvent } from '../stories/meta-story.js';
import { TestClient, eventually } from '../support/client.js';
import { GraphError } from '../support/graph-rules.js';
import { GraphServer } from '../support/graph-server.js';
import { killedAt } from './harness/killed-in-the-middle.js';
import { MetaSender } from './harness/meta-sender.js';
import { Site } from './harness/site.js';

const calls = 120;
const submissions = 120;
/** One in so many persons fills in a second form. */
const people = 80;
const lanes = 6;

describe('F1: API and worker are killed while leads come in', () => {
  let graph: GraphServer;
  let site: Site;
  let client: TestClient;
  let channelId: string;
  const pageId = metaId('9');

  beforeAll(async () => {
    graph = await GraphServer.start();
    graph.page(pageId);
    // A platform that is not ours.
    site = await Site.start({ environment: { ...graph.environment, TRUST_PROXY: '1' } });
    client = await TestClient.signedUp(site.api.url, 'Ada');
    const { connectMessenger } = await client.ask<{ connectMessenger: { id: string } }>(
      'mutation ($input: ConnectMessengerInput!) { connectMessenger(input: $input) { id } }',
      { input: { pageId, pageAccessToken: graph.token('EAAPAGE', [pageId]), leadAds: true } },
    );
    channelId = connectMessenger.id;
    graph.edges.set(`${pageId}/leadgen_forms`, () => ({ data: [] }));
  }, 120_000);
  afterAll(async () => {
    await client.close();
    await site.stop();
    await graph.stop();
  });

  const count = async (query: string, ...values: unknown[]) =>
    (await site.ask<{ n: number }>(`select count(*)::int as n from ${query}`, values))[0]?.n ?? 0;

  /** One lane after the other takes what is next, until all is taken. */
  async function inLanes(total: number, work: (n: number) => Promise<void>): Promise<void> {
    let next = 0;
    const lane = async () => {
      for (let n = next++; n < total; n = next++) await work(n);
    };
    await Promise.all(Array.from({ length: lanes }, lane));
  }

  /** A process is killed whenever so much more was taken, and started again. */
  async function blows(taken: () => number, total: number): Promise<void> {
    for (const share of [0.2, 0.4, 0.6, 0.8]) {
      await eventually(() => Promise.resolve(taken() >= total * share ? true : null), 60_000);
      const victim = share === 0.2 || share === 0.6 ? site.worker : site.api;
      await victim.kill();
      await victim.start();
      if (share === 0.4) await site.flushRedis();
    }
  }

  it('a filled form that was told and acknowledged is one lead, and one person one contact', async () => {
    const sender = new MetaSender(() => site.api.url, lanes);
    const told = new Map<string, string>();
    let asked = 0;
    const calling = inLanes(calls, async (n) => {
      const leadId = metaId('12');
      const email = `ad-${String(n % people)}@example.com`;
      const formId = '340000000000001';
      graph.edges.set(leadId, () => {
        asked += 1;
        // The platform has its own troubles meanwhile.
        if (asked % 7 === 0) throw new GraphError(2, null, 500);
        return asked % 11 === 0
          ? 'reset'
          : {
              id: leadId,
              created_time: '2026-01-01T00:00:00+0000',
              form_id: formId,
              field_data: [{ name: 'email', values: [email] }],
            };
      });
      const value = { leadgen_id: leadId, page_id: pageId, form_id: formId, created_time: 1_790_000_000 };
      const body = metaJson(pageEvent('page', pageId, [{ field: 'leadgen', value }], 'changes'));
      await sender.deliver({ key: leadId, body, copies: 1 + (n % 2) });
      told.set(leadId, email);
    });
    await Promise.all([calling, blows(() => told.size, calls)]);
    sender.close();
    await eventually(async () => {
      // Nobody waits for the time at which a filled form would be asked for again, nor for a dead worker's claim to end.
      await site.ask(`update due set due_at = least(due_at, now()) where kind = 'fetch-lead' and leased_until is null`);
      return (await count('leads where channel_id = $1', channelId)) >= calls ? true : null;
    }, 120_000);
    const leads = await site.ask<{ external_id: string; email: string }>(
      'select external_id, email from leads where channel_id = $1',
      [channelId],
    );
    expect(leads).toHaveLength(calls);
    expect(new Map(leads.map(({ external_id: id, email }) => [id, email]))).toEqual(told);
    expect(await count(`contacts where emails[1] like 'ad-%'`)).toBe(people);
    expect(await count('lead_arrivals')).toBe(0);
    expect(await count(`lead_activities where kind = 'CAPTURED'`)).toBe(calls);
  }, 300_000);

  it('a form of the site that was answered 202 is one lead, however often it was sent until it was', async () => {
    const { createContactForm: form } = await client.ask<{ createContactForm: { publicKey: string; id: string } }>(
      'mutation { createContactForm(name: "Site", allowedDomains: ["shop.example"]) { id publicKey } }',
    );
    let taken = 0;
    const send = async (n: number): Promise<number> => {
      const response = await fetch(`${site.api.url}/forms/v1/${form.publicKey}`, {
        method: 'POST',
        headers: {
          origin: 'https://shop.example',
          'content-type': 'application/json',
          'x-forwarded-for': `198.18.${String(n)}.${String(1 + (taken % 200))}`,
        },
        body: JSON.stringify({ email: `form-${String(n % people)}@example.com`, message: `Question ${String(n)}` }),
      }).catch(() => null);
      await response?.arrayBuffer().catch(() => undefined);
      return response?.status ?? 0;
    };
    const sending = inLanes(submissions, async (n) => {
      // A person presses the button again, and some press it twice.
      while ((await send(n)) !== 202) await sleep(100);
      if (n % 5 === 0) await send(n);
      taken += 1;
    });
    await Promise.all([sending, blows(() => taken, submissions)]);
    const leads = await site.ask<{ message: string }>('select message from leads where form_id = $1', [form.id]);
    expect(leads.map(({ message }) => message).sort()).toEqual(
      Array.from({ length: submissions }, (_, n) => `Question ${String(n)}`).sort(),
    );
    expect(await count(`contacts where emails[1] like 'form-%'`)).toBe(people);
    expect(await count(`mails where template = 'form-received'`)).toBeLessThanOrEqual(submissions);
  }, 300_000);

  it('a worker that is killed as it makes a lead leaves none, and the next makes one', async () => {
    const leadId = metaId('12');
    const lead = { id: leadId, form_id: '34', field_data: [{ name: 'email', values: ['last@example.com'] }] };
    graph.edges.set(leadId, () => lead);
    const sender = new MetaSender(() => site.api.url, 1);
    const value = { leadgen_id: leadId, page_id: pageId, form_id: '34', created_time: 1_790_000_000 };
    await killedAt(
      site,
      // Its contact cannot be written.
      (holder) => holder.query('lock table contacts in share mode'),
      () =>
        sender.deliver({
          key: leadId,
          body: metaJson(pageEvent('page', pageId, [{ field: 'leadgen', value }], 'changes')),
        }),
    );
    sender.close();
    expect(await count('leads where external_id = $1', leadId)).toBe(0);
    await site.ask(`update due set leased_until = now() - interval '1 second' where kind = 'fetch-lead'`);
    await site.worker.start();
    await eventually(async () => ((await count('leads where external_id = $1', leadId)) === 1 ? true : null), 60_000);
    expect(await count(`contacts where 'last@example.com' = any (emails)`)).toBe(1);
    expect(await count('lead_arrivals')).toBe(0);
  }, 120_000);
});
