import { Injectable } from '@nestjs/common';
import type { Customer } from '../../channels/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';

/** Who a platform's address belongs to here, and which thread it writes in. */
export interface Person {
  readonly contactId: string;
  readonly threadKey: string;
}

interface Identity extends Person {
  readonly channelId: string;
  readonly externalId: string;
}

/** A customer as met in a batch. */
export interface Met {
  readonly channelId: string;
  readonly kind: string;
  readonly customer: Customer;
  readonly at: number;
}

/** People by channel and address. */
export class People {
  private readonly byAddress = new Map<string, Person>();

  add(channelId: string, externalId: string, person: Person): void {
    this.byAddress.set(`${channelId} ${externalId}`, person);
  }

  /** The person of any of the customer's addresses; null for one nobody has met. */
  find(channelId: string, customer: Customer): Person | null {
    for (const { externalId } of customer.addresses) {
      const person = this.byAddress.get(`${channelId} ${externalId}`);
      if (person !== undefined) return person;
    }
    return null;
  }
}

/** Finds, or makes, the contact behind each address. Runs while no other batch of the workspace does. */
@Injectable()
export class ResolveContacts {
  constructor(private readonly outbox: Outbox) {}

  /** The people of these customers, as far as they are known. */
  async known(
    tx: WorkspaceTransaction,
    customers: readonly { channelId: string; customer: Customer }[],
  ): Promise<People> {
    const people = new People();
    const addresses = customers.flatMap(({ channelId, customer }) =>
      customer.addresses.map(({ externalId }) => ({ channelId, externalId })),
    );
    if (addresses.length === 0) return people;
    const rows = await tx.query<Identity>(sql`
      select i.channel_id as "channelId", i.external_id as "externalId", i.contact_id as "contactId", i.thread_key as "threadKey"
        from contact_identities i
        join unnest(${addresses.map((address) => address.channelId)}::uuid[], ${addresses.map((address) => address.externalId)}::text[])
             as asked (channel_id, external_id) on asked.channel_id = i.channel_id and asked.external_id = i.external_id
       where i.workspace_id = ${tx.workspaceId}`);
    for (const row of rows) people.add(row.channelId, row.externalId, row);
    return people;
  }

  /** Makes contacts for those who wrote for the first time, and adds addresses that are new of someone known. */
  async complete(tx: WorkspaceTransaction, people: People, met: readonly Met[]): Promise<void> {
    const contacts: { id: string; name: string | null; at: Date }[] = [];
    const identities: (Identity & { id: string; kind: string; handle: string | null })[] = [];
    for (const { channelId, kind, customer, at } of met) {
      let person = people.find(channelId, customer);
      if (person === null) {
        person = { contactId: newId(), threadKey: newId() };
        contacts.push({ id: person.contactId, name: customer.name, at: new Date(at) });
        if (customer.name === null) this.outbox.schedule(tx, 'fetch-profile', person.contactId);
      }
      for (const { externalId, handle } of customer.addresses) {
        if (people.find(channelId, { name: null, addresses: [{ externalId, handle }] }) !== null) continue;
        identities.push({ ...person, id: newId(), channelId, kind, externalId, handle });
        people.add(channelId, externalId, person);
      }
    }
    if (contacts.length > 0) {
      await tx.execute(sql`
        insert into contacts (workspace_id, id, name, first_seen_at, last_seen_at)
        select ${tx.workspaceId}, id, name, at, at
          from unnest(${contacts.map((contact) => contact.id)}::uuid[], ${contacts.map((contact) => contact.name)}::text[],
                      ${contacts.map((contact) => contact.at)}::timestamptz[]) as met (id, name, at)`);
    }
    if (identities.length > 0) {
      await tx.execute(sql`
        insert into contact_identities (workspace_id, id, channel_id, external_id, contact_id, original_contact_id, kind, handle, thread_key)
        select ${tx.workspaceId}, id, channel_id, external_id, contact_id, contact_id, kind, handle, thread_key
          from unnest(${identities.map((one) => one.id)}::uuid[], ${identities.map((one) => one.channelId)}::uuid[],
                      ${identities.map((one) => one.externalId)}::text[], ${identities.map((one) => one.contactId)}::uuid[],
                      ${identities.map((one) => one.kind)}::text[], ${identities.map((one) => one.handle)}::text[],
                      ${identities.map((one) => one.threadKey)}::uuid[])
               as met (id, channel_id, external_id, contact_id, kind, handle, thread_key)`);
    }
  }

  /** The same person writes under another address from now on: it joins the thread of the first. */
  async addAddress(
    tx: WorkspaceTransaction,
    channelId: string,
    previous: string,
    current: { externalId: string; handle: string | null },
  ): Promise<void> {
    await tx.execute(sql`
      insert into contact_identities (workspace_id, id, channel_id, external_id, contact_id, original_contact_id, kind, handle, thread_key)
      select workspace_id, ${newId()}, channel_id, ${current.externalId}, contact_id, contact_id, kind, ${current.handle}, thread_key
        from contact_identities where workspace_id = ${tx.workspaceId} and channel_id = ${channelId} and external_id = ${previous}
      on conflict (workspace_id, channel_id, external_id) do nothing`);
  }
}
