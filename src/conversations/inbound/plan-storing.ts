import type { Customer, MessageEvent, RoutedItem } from '../../channels/index.js';
import { cleanJson, newId, uuidAt } from '../../platform/database/index.js';
import { type Arrived, type Found, messageKey } from './look-up.js';
import type { People, Person } from './people.js';
import type { Placed } from './place-threads.js';

/** A message of this batch on its way into the table. */
export interface NewMessage {
  readonly id: string;
  readonly item: RoutedItem;
  readonly event: MessageEvent;
  readonly at: number;
  readonly threadKey: string;
  readonly contactId: string;
  readonly conversationId: string;
}

/** What is to be stored, as the database function `store_messages` takes it. Names are those of its columns. */
export interface StoringPlan {
  readonly messages: readonly NewMessage[];
  /** Contacts that are new, and of whom the platform has not told a name. */
  readonly nameless: readonly string[];
  /** The argument of the function. */
  readonly rows: object;
}

const second = 1_000;

/** Messages that are neither stored already nor twice in this batch; of two the first stays. */
export function unseen(found: Found, events: readonly Arrived<MessageEvent>[]): Arrived<MessageEvent>[] {
  const unique = new Map<string, Arrived<MessageEvent>>();
  for (const one of events) {
    const key = messageKey(one.item.channelId, one.event.externalId);
    if (!found.known.has(key) && !unique.has(key)) unique.set(key, one);
  }
  return [...unique.values()];
}

/** Decides who wrote and in which conversation, and what follows from it for each. Touches nothing but `people`. */
export function planStoring(people: People, events: readonly Arrived<MessageEvent>[], placed?: Placed): StoringPlan {
  const contacts = new Contacts(people);
  const messages = events.map((one, index) => {
    const person = contacts.meet(one);
    return prepare(people, { ...person, threadKey: placed?.get(one) ?? person.threadKey }, one, index);
  });
  const threads = [...Map.groupBy(messages, (message) => `${message.item.channelId} ${message.threadKey}`).values()]
    // Always in the same order: whoever locks some of these rows as well does not lock us out.
    .sort(([a], [b]) => ((a?.threadKey ?? '') < (b?.threadKey ?? '') ? -1 : 1))
    .map(threadOf);
  const rows = {
    met: contacts.met,
    contacts: contacts.added,
    identities: contacts.identities,
    threads,
    messages: messages.map(messageRow),
  };
  return { messages, nameless: contacts.nameless, rows };
}

/** The contacts of a batch: those who are known, and those who write for the first time. */
class Contacts {
  readonly met: object[] = [];
  readonly added: { id: string; name: string | null; at: string }[] = [];
  readonly identities: object[] = [];
  readonly nameless: string[] = [];
  private readonly checked = new Set<string>();

  constructor(private readonly people: People) {}

  meet({ item, event: { customer, at } }: Arrived<MessageEvent>): Person {
    const { channelId, kind } = item;
    const known = this.people.find(channelId, customer);
    const person = known ?? { contactId: newId(), threadKey: newId() };
    if (known === null) this.add(person, customer, Math.min(at, item.receivedAt.getTime()));
    for (const { externalId, handle } of customer.addresses) {
      const same = this.people.find(channelId, { name: null, addresses: [{ externalId, handle }] });
      if (same !== null) {
        this.check(channelId, externalId, same);
        continue;
      }
      this.identities.push({
        id: newId(),
        channel: channelId,
        external: externalId,
        contact: person.contactId,
        kind,
        handle,
        thread: person.threadKey,
      });
      this.checked.add(`${channelId} ${externalId}`);
      this.people.add(channelId, externalId, person);
    }
    return person;
  }

  private add(person: Person, customer: Customer, at: number): void {
    this.added.push({ id: person.contactId, name: customer.name, at: new Date(at).toISOString() });
    if (customer.name === null) this.nameless.push(person.contactId);
  }

  /** What was known is looked at once more where it is stored. */
  private check(channelId: string, externalId: string, { contactId, threadKey }: Person): void {
    const key = `${channelId} ${externalId}`;
    if (this.checked.has(key)) return;
    this.checked.add(key);
    this.met.push({ channel: channelId, external: externalId, contact: contactId, thread: threadKey });
  }
}

function prepare(people: People, person: Person, { item, event }: Arrived<MessageEvent>, index: number): NewMessage {
  const arrival = item.receivedAt.getTime();
  // A platform's clock may run ahead of ours; nothing was said after it arrived.
  const at = Math.min(event.at, arrival);
  // WhatsApp tells whole seconds: within one, what arrived later comes later, however late it is.
  const place = at % second === 0 ? at + Math.min(arrival - at, second - 1) : at;
  return {
    id: uuidAt(place, arrival, index),
    item,
    event,
    at,
    threadKey: person.threadKey,
    contactId: person.contactId,
    conversationId: people.conversationOf(item.channelId, person.threadKey),
  };
}

function messageRow({ id, item, event, at, conversationId }: NewMessage): object {
  return {
    id,
    conversation: conversationId,
    channel: item.channelId,
    inbound: event.from === 'contact',
    kind: event.kind,
    text: event.text,
    external: event.externalId,
    replyTo: event.replyToExternalId,
    content: event.content === null ? null : cleanJson(event.content),
    at: new Date(at).toISOString(),
  };
}

function threadOf(messages: readonly NewMessage[]): object {
  const ordered = [...messages].sort((a, b) => (a.id < b.id ? -1 : 1));
  const inbound = ordered.filter((message) => message.event.from === 'contact');
  const [first] = ordered;
  const last = ordered.at(-1);
  const lastInbound = inbound.at(-1);
  if (first === undefined || last === undefined) throw new Error('A thread is touched by a message.');
  const lastOutbound = ordered.findLast((message) => message.event.from === 'business');
  const unanswered = inbound.find((message) => lastOutbound === undefined || message.id > lastOutbound.id);
  return {
    id: first.conversationId,
    channel: first.item.channelId,
    contact: first.contactId,
    thread: first.threadKey,
    received: inbound.length,
    last: last.id,
    lastAt: timeOf(last),
    lastInbound: lastInbound?.id ?? null,
    lastInboundAt: timeOf(lastInbound),
    waitingSince: timeOf(unanswered),
  };
}

function timeOf(message: NewMessage | undefined): string | null {
  return message === undefined ? null : new Date(message.at).toISOString();
}
