import { Injectable } from '@nestjs/common';
import { type Applied, Deliveries, type Delivery, type SetAside } from '../platform/deliveries/index.js';
import { SystemDatabase, sql } from '../platform/database/index.js';
import { Secrets } from '../platform/secrets/index.js';
import { inboundItems } from './counters.js';
import type { DeliverySplitter, SplitItem } from './delivery-splitter.js';
import { InboundTopics, type RoutedItem } from './inbound-topics.js';

interface Route {
  readonly workspaceId: string;
  readonly channelId: string;
}
interface Found extends SplitItem {
  readonly delivery: Delivery;
}
interface Broken {
  readonly account: string | null;
  readonly part: Omit<SetAside, 'workspaceId'>;
}
interface Unrouted {
  readonly account: Buffer;
  readonly kind: string;
}

/**
 * Takes stored deliveries apart and hands their items to the modules that understand them: all accounts of a batch are
 * looked up at once, then each workspace is applied by itself, so that one that fails stops no other.
 */
@Injectable()
export class Inbound {
  constructor(
    private readonly deliveries: Deliveries,
    private readonly system: SystemDatabase,
    private readonly secrets: Secrets,
    private readonly topics: InboundTopics,
  ) {}

  /** Takes the deliveries of a provider from now on. */
  register(splitter: DeliverySplitter): void {
    this.deliveries.register({ provider: splitter.provider, apply: (batch) => this.apply(splitter, batch) });
  }

  /** Applies a batch of one provider's deliveries. */
  async apply(splitter: DeliverySplitter, batch: readonly Delivery[]): Promise<Applied> {
    const { provider } = splitter;
    const items: Found[] = [];
    const broken: Broken[] = [];
    const unrouted: Unrouted[] = [];
    for (const delivery of batch) {
      const split = await splitter.split(delivery.body);
      for (const item of split.items) items.push({ ...item, delivery });
      for (const { account, reason, body } of split.broken)
        broken.push({ account, part: { deliveryId: delivery.id, reason, body } });
      for (const kind of split.unknown) unrouted.push({ account: this.secrets.digest(provider, kind), kind });
    }
    const routes = await this.routesOf(provider, [...items, ...broken]);
    const byTopic = new Map<string, Map<string, RoutedItem[]>>();
    for (const item of items) {
      const route = routes.get(item.account);
      if (route === undefined)
        unrouted.push({ account: this.secrets.digest(provider, item.account), kind: item.topic });
      else addTo(byTopic, route, item);
    }
    const failed = new Map<string, unknown>();
    const setAside: SetAside[] = [];
    for (const { account, part } of broken) {
      const route = account === null ? undefined : routes.get(account);
      // What is broken in an account that nobody connected is dropped like the rest of it.
      if (account === null || route !== undefined) setAside.push({ ...part, workspaceId: route?.workspaceId ?? null });
      else unrouted.push({ account: this.secrets.digest(provider, account), kind: 'broken' });
    }
    for (const [topic, batches] of byTopic) await this.applyTopic(provider, topic, batches, failed, setAside);
    await this.count(provider, unrouted);
    // A delivery that is tried again would set the same part aside again.
    return { failed, setAside: setAside.filter((part) => !failed.has(part.deliveryId)) };
  }

  private async applyTopic(
    provider: string,
    topic: string,
    batches: ReadonlyMap<string, readonly RoutedItem[]>,
    failed: Map<string, unknown>,
    setAside: SetAside[],
  ): Promise<void> {
    const handler = this.topics.handlerOf(topic);
    const total = [...batches.values()].reduce((sum, items) => sum + items.length, 0);
    if (handler === null) {
      inboundItems.inc({ provider, outcome: 'ignored' }, total);
      return;
    }
    const workspaceOf = new Map<RoutedItem, string>();
    for (const [workspaceId, items] of batches) for (const item of items) workspaceOf.set(item, workspaceId);
    const outcome = await handler.apply(batches).catch((error: unknown) => ({
      rejected: [],
      failed: new Map([...batches.keys()].map((workspaceId) => [workspaceId, error])),
    }));
    let undone = 0;
    for (const [workspaceId, error] of outcome.failed) {
      for (const item of batches.get(workspaceId) ?? []) {
        undone += 1;
        failed.set(item.deliveryId, error);
      }
    }
    for (const { item, reason } of outcome.rejected) {
      const body = Buffer.from(JSON.stringify(item.payload));
      setAside.push({ deliveryId: item.deliveryId, workspaceId: workspaceOf.get(item) ?? null, reason, body });
    }
    inboundItems.inc({ provider, outcome: 'rejected' }, outcome.rejected.length);
    inboundItems.inc({ provider, outcome: 'applied' }, total - outcome.rejected.length - undone);
  }

  /** Where each account belongs, found by its digest under every key; one statement for all. */
  private async routesOf(
    provider: string,
    named: readonly { readonly account: string | null }[],
  ): Promise<Map<string, Route>> {
    const accountOf = new Map<string, string>();
    for (const account of new Set(named.map((item) => item.account).filter((name) => name !== null))) {
      for (const digest of this.secrets.digests(provider, account)) accountOf.set(digest.toString('hex'), account);
    }
    const routes = new Map<string, Route>();
    if (accountOf.size === 0) return routes;
    const digests = [...accountOf.keys()].map((hex) => Buffer.from(hex, 'hex'));
    const rows = await this.system.query<Route & { account: Buffer }>(sql`
        select account, workspace_id as "workspaceId", channel_id as "channelId" from route_accounts(${digests}::bytea[])`);
    for (const row of rows) {
      const account = accountOf.get(row.account.toString('hex'));
      if (account !== undefined) routes.set(account, { workspaceId: row.workspaceId, channelId: row.channelId });
    }
    return routes;
  }

  /** Counts what belongs to nobody: provider, digest, kind and time stay, the body does not. */
  private async count(provider: string, unrouted: readonly Unrouted[]): Promise<void> {
    if (unrouted.length === 0) return;
    inboundItems.inc({ provider, outcome: 'unrouted' }, unrouted.length);
    const groups = Map.groupBy(unrouted, ({ account, kind }) => `${account.toString('hex')} ${kind}`);
    const rows = [...groups.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .flatMap(([, [first, ...rest]]) => (first ? [{ ...first, count: 1 + rest.length }] : []));
    await this.system.execute(sql`
        insert into unrouted_events (provider, account, kind, count)
        select ${provider}, account, kind, count
          from unnest(${rows.map((row) => row.account)}::bytea[], ${rows.map((row) => row.kind)}::text[], ${rows.map((row) => row.count)}::int[])
               as event (account, kind, count)
        on conflict (day, provider, account, kind) do update set count = unrouted_events.count + excluded.count, last_at = now()`);
  }
}

function addTo(byTopic: Map<string, Map<string, RoutedItem[]>>, route: Route, item: Found): void {
  const batches = byTopic.get(item.topic) ?? new Map<string, RoutedItem[]>();
  byTopic.set(item.topic, batches);
  const items = batches.get(route.workspaceId) ?? [];
  batches.set(route.workspaceId, items);
  const { delivery, kind, payload } = item;
  items.push({ deliveryId: delivery.id, receivedAt: delivery.receivedAt, channelId: route.channelId, kind, payload });
}
