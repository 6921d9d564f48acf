import type { Chance } from './seed.js';
import type { Call } from './meta-sender.js';

/** An account of the pretend platforms that a workspace has connected. */
export interface Account {
  readonly channel: 'whatsapp' | 'messenger';
  readonly id: string;
  readonly parentId?: string;
}

export const whatsApp: Account = { channel: 'whatsapp', id: '660000000000001', parentId: '770000000000001' };
export const page: Account = { channel: 'messenger', id: '900000000000001' };

/** How a message ends, whatever order its story is told in. */
export interface Expected {
  readonly externalId: string;
  readonly direction: 'INBOUND' | 'OUTBOUND';
  text: string | null;
  deleted: boolean;
}

interface Part {
  readonly account: Account;
  readonly item: object;
}

const started = Math.floor(Date.now() / 1_000) * 1_000 - 3_600_000;

/** The envelope that a platform puts around items of one account. */
export function envelope(account: Account, items: readonly object[]): string {
  if (account.channel === 'messenger')
    return JSON.stringify({ object: 'page', entry: [{ id: account.id, time: started, messaging: items }] });
  const value = {
    messaging_product: 'whatsapp',
    metadata: { display_phone_number: '905550000001', phone_number_id: account.id },
    messages: items,
  };
  return JSON.stringify({
    object: 'whatsapp_business_account',
    entry: [{ id: account.parentId, changes: [{ field: 'messages', value }] }],
  });
}

/** One text of a customer. */
export function textItem(account: Account, customer: number, id: string, text: string, at: number): object {
  const person = String(customer).padStart(7, '0');
  return account.channel === 'messenger'
    ? { sender: { id: `8100000${person}` }, recipient: { id: account.id }, timestamp: at, message: { mid: id, text } }
    : { from: `90570${person}`, id, timestamp: String(Math.floor(at / 1_000)), type: 'text', text: { body: text } };
}

/**
 * What the platforms say in the course of a run: customers write, edit and take back, the business answers from elsewhere
 * (echoes), and all of it comes out of order, in batches, sometimes several times and in other batches again.
 */
export class Traffic {
  readonly expected = new Map<string, Expected>();
  /** Deliveries that hold one entry nobody can read. */
  broken = 0;
  /** Deliveries of accounts that nobody connected. */
  strangers = 0;
  private made = 0;
  private window: Call[] = [];

  constructor(
    private readonly chance: Chance,
    private readonly run: string,
    private readonly customers = 100,
  ) {}

  /** `count` calls. Neighbours change places inside a window, so that an edit may come before its message. */
  *calls(count: number): Generator<Call> {
    let given = 0;
    while (given < count) {
      while (this.window.length < 40) this.window.push(...this.story());
      this.window = this.chance.shuffled(this.window);
      for (let turn = Math.min(20, count - given); turn > 0; turn -= 1) {
        const call = this.window.shift();
        if (call === undefined) break;
        given += 1;
        yield call;
      }
    }
    yield* this.ended();
  }

  /** What belongs to stories that were begun and still has to come, where a run ends early. */
  *ended(): Generator<Call> {
    yield* this.window.splice(0);
  }

  /** One turn: a message and what happens to it, or one of the odd deliveries. */
  private story(): Call[] {
    const { chance } = this;
    if (chance.strikes(0.005)) return [this.stranger()];
    if (chance.strikes(0.002)) return [this.brokenBatch()];
    const account = chance.strikes(0.5) ? whatsApp : page;
    const { part, id } = this.message(account);
    const calls = [this.call([part], chance.strikes(0.03) ? 5 : 1)];
    if (account === page && chance.strikes(0.08)) calls.push(this.changed(account, id));
    // The same message again, beside another one.
    if (chance.strikes(0.03)) calls.push(this.call([part, this.message(account).part]));
    return calls;
  }

  private message(account: Account): { part: Part; id: string } {
    const { chance } = this;
    this.made += 1;
    const id = `${account.channel === 'messenger' ? 'm_' : 'wamid.'}${this.run}-${String(this.made)}`;
    const customer = chance.below(this.customers);
    const text = `${this.run} ${String(this.made)}`;
    const at = started + this.made;
    const echo = account.channel === 'messenger' && chance.strikes(0.1);
    const person = `8100000${String(customer).padStart(7, '0')}`;
    const item = echo
      ? {
          sender: { id: account.id },
          recipient: { id: person },
          timestamp: at,
          message: { mid: id, text, is_echo: true, app_id: 1 },
        }
      : textItem(account, customer, id, text, at);
    this.expected.set(id, { externalId: id, direction: echo ? 'OUTBOUND' : 'INBOUND', text, deleted: false });
    return { part: { account, item }, id };
  }

  private changed(account: Account, id: string): Call {
    const expected = this.expected.get(id);
    if (expected === undefined) throw new Error('It was never written.');
    const head = { sender: { id: `81000000000000` }, recipient: { id: account.id }, timestamp: started + this.made };
    if (this.chance.strikes(0.5)) {
      expected.text = `${expected.text ?? ''} edited`;
      return this.call([{ account, item: { ...head, message_edit: { mid: id, text: expected.text, num_edit: 1 } } }]);
    }
    expected.text = null;
    expected.deleted = true;
    return this.call([{ account, item: { ...head, message: { mid: id, is_deleted: true } } }]);
  }

  /** A hundred entries of which one is no entry at all (case W6). */
  private brokenBatch(): Call {
    this.broken += 1;
    const parts = Array.from({ length: 99 }, () => this.message(page).part);
    parts.splice(this.chance.below(99), 0, {
      account: page,
      item: this.chance.pick<object>([{ message: 7 }, [], { sender: 3, message: {} }]),
    });
    return this.call(parts);
  }

  /** A payload that names somebody else's account (case W7). */
  private stranger(): Call {
    this.strangers += 1;
    const item = textItem(page, 1, `m_stranger-${String(this.strangers)}`, 'for somebody else', started);
    return { key: `stranger ${String(this.strangers)}`, body: envelope({ ...page, id: '900000000009999' }, [item]) };
  }

  private call(parts: readonly Part[], copies = 1): Call {
    const [one] = parts;
    if (one === undefined) throw new Error('A call carries something.');
    this.made += 1;
    return {
      key: `call ${String(this.made)}`,
      body: envelope(
        one.account,
        parts.map(({ item }) => item),
      ),
      copies,
    };
  }
}
