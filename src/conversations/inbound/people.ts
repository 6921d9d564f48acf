import type { Customer } from '../../channels/index.js';
import { newId } from '../../platform/database/index.js';

/** Who a platform's address belongs to here, and which thread it writes in. */
export interface Person {
  readonly contactId: string;
  readonly threadKey: string;
}

/** What is known of the people of a batch: people by channel and address, conversations by channel and thread. */
export class People {
  private readonly byAddress = new Map<string, Person>();
  private readonly byThread = new Map<string, string>();
  private readonly begun = new Set<string>();
  private readonly blocked = new Set<string>();

  add(channelId: string, externalId: string, person: Person): void {
    this.byAddress.set(`${channelId} ${externalId}`, person);
  }

  /** Nothing more of this contact is stored. */
  block(contactId: string): void {
    this.blocked.add(contactId);
  }

  /** Whether what this customer does is to be refused. */
  isBlocked(channelId: string, customer: Customer): boolean {
    const person = this.find(channelId, customer);
    return person !== null && this.blocked.has(person.contactId);
  }

  /** The person of any of the customer's addresses; null for one nobody has met. */
  find(channelId: string, customer: Customer): Person | null {
    for (const { externalId } of customer.addresses) {
      const person = this.byAddress.get(`${channelId} ${externalId}`);
      if (person !== undefined) return person;
    }
    return null;
  }

  setConversation(channelId: string, threadKey: string, id: string): void {
    this.byThread.set(`${channelId} ${threadKey}`, id);
  }

  /** The conversation of a thread; where there is none yet, the id that it will have. */
  conversationOf(channelId: string, threadKey: string): string {
    const key = `${channelId} ${threadKey}`;
    const known = this.byThread.get(key);
    if (known !== undefined) return known;
    const id = newId();
    this.byThread.set(key, id);
    this.begun.add(id);
    return id;
  }

  /** Whether a conversation begins with this batch. */
  isBegun(conversationId: string): boolean {
    return this.begun.has(conversationId);
  }
}
