import { eventually } from '../support/client.js';

export type Kind = 'messenger' | 'instagram' | 'whatsapp';

interface ShownMessage {
  readonly from: string;
  readonly text?: string;
  readonly status?: string;
}

/** A person who writes to one of the sandbox's accounts. */
export interface Customer {
  readonly channel: Kind;
  readonly accountId: string;
  readonly customerId: string;
  readonly name: string;
}

/** The accounts that the sandbox always has, with what a person pastes to connect them, by the labels of the form. */
export const accounts: Record<Kind, { readonly title: string; readonly fields: Readonly<Record<string, string>> }> = {
  messenger: {
    title: 'Messenger page',
    fields: { 'Page id': '900000000000001', 'Page access token': 'EAASANDBOXPAGE900000000000001TOKEN' },
  },
  instagram: {
    title: 'Instagram account',
    fields: { 'Instagram account id': '17841400000000002', 'Access token': 'IGAASANDBOX17841400000000002TOKEN' },
  },
  whatsapp: {
    title: 'WhatsApp number',
    fields: {
      'WhatsApp Business account id': '770000000000001',
      'Phone number id': '660000000000001',
      'Access token': 'EAASANDBOXSYSTEM770000000000001TOKEN',
    },
  },
};

export const ayse: Customer = {
  channel: 'messenger',
  accountId: '900000000000001',
  customerId: '7100000000000001',
  name: 'Ayşe Kaya',
};
export const john: Customer = { ...ayse, customerId: '7100000000000002', name: 'John Miller' };
export const marco: Customer = {
  channel: 'instagram',
  accountId: '17841400000000002',
  customerId: '7200000000000002',
  name: 'Marco Rossi',
};
export const juergen: Customer = {
  channel: 'whatsapp',
  accountId: '660000000000001',
  customerId: '4915550000088',
  name: 'Jürgen Weiß',
};

/** The customers' side, over the sandbox's control API. */
export class Customers {
  constructor(private readonly url: string) {}

  async write(who: Customer, text: string): Promise<void> {
    await this.post('play', { ...who, event: { kind: 'text', text } });
  }

  /** They look at the thread: what was sent to them is read. */
  async open(who: Customer): Promise<void> {
    await this.post('open', { ...who });
  }

  async thread(who: Customer): Promise<readonly ShownMessage[]> {
    const query = new URLSearchParams({ ...who });
    const response = await fetch(`${this.url}/_sandbox/thread?${query.toString()}`);
    return ((await response.json()) as { messages: ShownMessage[] }).messages;
  }

  /** Waits until they were sent exactly one message with these words. */
  async received(who: Customer, text: string): Promise<void> {
    const found = await eventually(async () => {
      const messages = (await this.thread(who)).filter(({ from, text: said }) => from !== 'customer' && said === text);
      return messages.length > 0 ? messages : null;
    });
    expect(found).toHaveLength(1);
  }

  private async post(path: string, body: unknown): Promise<void> {
    const response = await fetch(`${this.url}/_sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
  }
}
