import { Injectable } from '@nestjs/common';
import { Counter } from 'prom-client';
import type { InboundEvent } from '../channels/index.js';
import { type WorkspaceTransaction, sql } from '../platform/database/index.js';
import { Secrets } from '../platform/secrets/index.js';

const droppedEvents = new Counter({
  name: 'parley_erased_arrivals_total',
  help: 'Incoming events that were dropped because whoever they are about had been erased.',
});

/** Longer than any platform repeats a delivery, and than a backup is kept. */
const keepDays = 400;
/** Receipts and edits of a message follow it within days. */
const keepMessageDays = 30;
/** A send that was under way when its conversation went is echoed by the platform a little later. */
const echoMilliseconds = 300_000;

/** What a platform calls somebody, or a message, in one of our channels. */
export interface Named {
  readonly channelId: string;
  readonly externalId: string;
}

/** A mail address or a number, wherever it is met. */
export function addressName(address: string): Named {
  const small = address.trim().toLowerCase();
  return { channelId: 'address', externalId: small.includes('@') ? small : small.replace(/\D/gu, '') };
}

/** An event with the channel that it came over. */
interface Arrival {
  readonly item: { readonly channelId: string };
  readonly event: InboundEvent;
}

/**
 * What is left of people who were erased: a keyed digest of each address, and when. So a delivery that comes late or once
 * more does not bring them back, while what they write afterwards starts afresh. Without our key it says nothing of anybody.
 */
@Injectable()
export class Tombstones {
  constructor(private readonly secrets: Secrets) {}

  /** Participant. Marks people and messages as erased now; gives the digests, for the journal. */
  async place(tx: WorkspaceTransaction, people: readonly Named[], messages: readonly Named[]): Promise<string[]> {
    await tx.execute(sql`delete from tombstones where workspace_id = ${tx.workspaceId} and expires_at < now()`);
    const digests = [
      ...people.map((one) => ({ digest: this.digests(tx, 'person', one)[0], days: keepDays })),
      ...messages.map((one) => ({ digest: this.digests(tx, 'message', one)[0], days: keepMessageDays })),
    ].flatMap(({ digest, days }) => (digest === undefined ? [] : [{ digest, days }]));
    await this.write(tx, digests);
    return digests.slice(0, people.length).map(({ digest }) => digest.toString('hex'));
  }

  /** Participant. Puts back what a backup did not have, by the digests of the journal. */
  async restore(tx: WorkspaceTransaction, digests: readonly string[], at: Date): Promise<void> {
    await this.write(
      tx,
      digests.map((digest) => ({ digest: Buffer.from(digest, 'hex'), days: keepDays })),
      at,
    );
  }

  /** Participant. The events that are not about somebody who was erased; `isKnown`: whether they have come back since. */
  async keep<One extends Arrival>(
    tx: WorkspaceTransaction,
    events: readonly One[],
    isKnown: (one: One) => boolean,
  ): Promise<readonly One[]> {
    const names = new Map<string, One[]>();
    for (const one of events)
      for (const digest of this.digestsOf(tx, one)) names.set(digest, [...(names.get(digest) ?? []), one]);
    const rows = await tx.query<{ digest: Buffer; erasedAt: Date }>(sql`
      select digest, erased_at as "erasedAt" from tombstones
       where workspace_id = ${tx.workspaceId} and digest = any (${[...names.keys()].map((hex) => Buffer.from(hex, 'hex'))}::bytea[])
         and expires_at > now()`);
    const dropped = new Set<One>();
    for (const { digest, erasedAt } of rows)
      for (const one of names.get(digest.toString('hex')) ?? [])
        if (isOver(one.event, erasedAt.getTime(), () => isKnown(one))) dropped.add(one);
    if (dropped.size === 0) return events;
    droppedEvents.inc(dropped.size);
    return events.filter((one) => !dropped.has(one));
  }

  /** Participant. When the last of these was erased; null where none of them was. */
  async latest(tx: WorkspaceTransaction, people: readonly Named[]): Promise<Date | null> {
    if (people.length === 0) return null;
    const digests = people.flatMap((one) => this.digests(tx, 'person', one));
    const row = await tx.first<{ erasedAt: Date | null }>(sql`
      select max(erased_at) as "erasedAt" from tombstones
       where workspace_id = ${tx.workspaceId} and digest = any (${digests}::bytea[]) and expires_at > now()`);
    return row?.erasedAt ?? null;
  }

  /** Participant. Which of these were erased, by their place in the list. */
  async erasedOf(tx: WorkspaceTransaction, people: readonly Named[]): Promise<ReadonlySet<number>> {
    const places = new Map<string, number[]>();
    people.forEach((one, place) => {
      for (const digest of this.digests(tx, 'person', one)) {
        const hex = digest.toString('hex');
        places.set(hex, [...(places.get(hex) ?? []), place]);
      }
    });
    const rows = await tx.query<{ digest: Buffer }>(sql`
      select digest from tombstones
       where workspace_id = ${tx.workspaceId} and digest = any (${[...places.keys()].map((hex) => Buffer.from(hex, 'hex'))}::bytea[])
         and expires_at > now()`);
    return new Set(rows.flatMap(({ digest }) => places.get(digest.toString('hex')) ?? []));
  }

  private async write(
    tx: WorkspaceTransaction,
    rows: readonly { readonly digest: Buffer; readonly days: number }[],
    at: Date | null = null,
  ): Promise<void> {
    if (rows.length === 0) return;
    await tx.execute(sql`
      insert into tombstones as known (workspace_id, digest, erased_at, expires_at)
      select distinct on (digest) ${tx.workspaceId}::uuid, digest, coalesce(${at}::timestamptz, now()),
             coalesce(${at}::timestamptz, now()) + make_interval(days => days)
        from unnest(${rows.map(({ digest }) => digest)}::bytea[], ${rows.map(({ days }) => days)}::int[]) as placed (digest, days)
      on conflict (workspace_id, digest) do update
         set erased_at = greatest(known.erased_at, excluded.erased_at), expires_at = greatest(known.expires_at, excluded.expires_at)`);
  }

  private digestsOf(tx: WorkspaceTransaction, { item: { channelId }, event }: Arrival): string[] {
    const people = 'customer' in event ? event.customer.addresses : [];
    const about = 'messageExternalId' in event ? [event.messageExternalId] : [];
    return [
      ...people.flatMap(({ externalId }) => this.digests(tx, 'person', { channelId, externalId })),
      ...about.flatMap((externalId) => this.digests(tx, 'message', { channelId, externalId })),
    ].map((digest) => digest.toString('hex'));
  }

  private digests(tx: WorkspaceTransaction, what: string, { channelId, externalId }: Named): Buffer[] {
    return this.secrets.digests('tombstone', what, tx.workspaceId, channelId, externalId);
  }
}

/** Whether an event belongs to what was erased at that time. */
function isOver(event: InboundEvent, erasedAt: number, isKnown: () => boolean): boolean {
  if (event.at <= erasedAt) return true;
  if (event.type === 'message') return event.from === 'business' && event.at <= erasedAt + echoMilliseconds;
  // Only a message starts afresh: of a read mark or a receipt nothing is kept of somebody who is not here.
  return !isKnown();
}
