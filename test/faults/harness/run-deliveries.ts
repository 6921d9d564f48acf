import { TestClient, eventually } from '../../support/client.js';
import { type Differences, compare, drained, none, setAside } from './deliveries-ledger.js';
import { MetaSender } from './meta-sender.js';
import { type Blow, Schedule, plan } from './schedule.js';
import type { Chance } from './seed.js';
import type { Site } from './site.js';
import { Traffic, page, whatsApp } from './traffic.js';

/** What a run came to. */
export interface DeliveriesReport {
  readonly seed: number;
  readonly acknowledged: number;
  readonly struck: readonly string[];
  /** Answers by status; 0 is none. */
  readonly answers: Readonly<Record<string, number>>;
  readonly messages: number;
  readonly seconds: number;
  /** How long the queue took to empty after the last acknowledgement. */
  readonly drainSeconds: number;
  readonly differences: Differences;
  readonly broken: number;
  readonly setAside: number;
  readonly unrouted: number;
  readonly strangers: number;
}

/** Signs somebody up who connects the WhatsApp number and the Page that traffic is about. */
export async function connectedOwner(url: string): Promise<TestClient> {
  const client = await TestClient.signedUp(url);
  await client.ask(`mutation ($input: ConnectWhatsAppInput!) { connectWhatsApp(input: $input) { id } }`, {
    input: {
      wabaId: whatsApp.parentId,
      phoneNumberId: whatsApp.id,
      accessToken: 'EAASANDBOXSYSTEM770000000000001TOKEN',
    },
  });
  await client.ask(`mutation ($input: ConnectMessengerInput!) { connectMessenger(input: $input) { id } }`, {
    input: { pageId: page.id, pageAccessToken: 'EAASANDBOXPAGE900000000000001TOKEN' },
  });
  return client;
}

/** Delivers `count` calls while blows fall, waits until all is applied, and compares the ledgers. */
export async function runDeliveries(
  site: Site,
  chance: Chance,
  run: {
    readonly count: number;
    readonly inFlight: number;
    readonly blows: readonly Blow[];
    readonly patience: number;
  },
): Promise<DeliveriesReport> {
  const since = performance.now();
  const traffic = new Traffic(chance, `s${String(chance.seed)}`);
  const schedule = new Schedule(site, plan(chance, run.count, run.blows));
  const sender = new MetaSender(() => site.api.url, run.inFlight);
  try {
    await sender.deliverAll(traffic.calls(run.count), run.inFlight, (done) => schedule.reached(done));
    await schedule.over();
  } finally {
    sender.close();
  }
  const drainSeconds = (await drained(site, run.patience)) / 1_000;
  // Jobs that follow (profiles of new customers) end a little later.
  const differences = await eventually(async () => {
    const now = await compare(site, traffic);
    return now.leftOver.length === 0 ? now : null;
  }, 60_000).catch(() => compare(site, traffic));
  const aside = await setAside(site);
  const [unrouted] = await site.ask<{ count: number }>(
    'select coalesce(sum(count), 0)::int as count from unrouted_events',
  );
  return {
    seed: chance.seed,
    acknowledged: sender.acknowledged.size,
    struck: schedule.struck,
    answers: Object.fromEntries(sender.answers),
    messages: traffic.expected.size,
    seconds: Math.round((performance.now() - since) / 1_000),
    drainSeconds: Math.round(drainSeconds * 10) / 10,
    differences,
    broken: traffic.broken,
    setAside: [...aside.values()].reduce((sum, count) => sum + count, 0),
    unrouted: unrouted?.count ?? 0,
    strangers: traffic.strangers,
  };
}

/** That the ledgers agree after so many deliveries, and that what nobody could apply is kept or counted. */
export function expectAgreement(report: DeliveriesReport, count: number): void {
  expect({ ...report, differences: none }).toEqual(report);
  expect(report.acknowledged).toBeGreaterThanOrEqual(count);
  expect(report.setAside).toBeGreaterThanOrEqual(report.broken);
  expect(report.unrouted).toBeGreaterThanOrEqual(report.strangers);
}
