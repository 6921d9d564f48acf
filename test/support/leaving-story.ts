import { Receipts } from '../../src/privacy/proof/receipts.js';
import type { MerchantName } from '../../src/billing/merchants/merchant.js';
import { sellingEnvironment } from './billing.js';
import { TestClient, eventually } from './client.js';
import { SandboxStory } from './sandbox-story.js';

const checkout = 'mutation ($plan: String!, $addOns: [String!]) { startCheckout(plan: $plan, addOns: $addOns) }';
const deletion = 'mutation ($name: String!) { deleteWorkspace(confirmName: $name) { id } }';

/** A subscription as the merchant knows it. */
interface AtMerchant {
  readonly id: string;
  readonly standing: string;
  readonly endsAt: string | null;
}

/** A workspace that buys a plan from a pretend merchant, and one that is deleted with it. */
export class LeavingStory {
  private constructor(
    readonly merchant: MerchantName,
    readonly story: SandboxStory,
  ) {}

  static async start(merchant: MerchantName): Promise<LeavingStory> {
    return new LeavingStory(merchant, await SandboxStory.start(await sellingEnvironment({ merchant })));
  }

  async stop(): Promise<void> {
    await this.story.stop();
  }

  /** Where the plan `small` is paid for. */
  async open(client: TestClient): Promise<string> {
    return (await client.ask<{ startCheckout: string }>(checkout, { plan: 'small' })).startCheckout;
  }

  /** Gives the subscription's id at the merchant. */
  async pay(url: string): Promise<string> {
    return (await this.story.control<{ subscription: AtMerchant }>('/billing/pay', { url })).subscription.id;
  }

  /** A workspace whose plan is on. */
  async bought(name: string): Promise<{ client: TestClient; id: string; workspaceId: string }> {
    const client = await TestClient.signedUp(this.story.app.url, name);
    const id = await this.pay(await this.open(client));
    await eventually(async () => {
      await this.story.app.drainDeliveries();
      const { billing } = await client.ask<{ billing: { status: string } }>('{ billing { status } }');
      return billing.status === 'ACTIVE' ? true : null;
    });
    return { client, id, workspaceId: client.workspaceId ?? '' };
  }

  /** Deletes the workspace of its owner; gives the id of the deletion. */
  async remove(client: TestClient): Promise<string> {
    const { workspace } = await client.ask<{ workspace: { name: string } }>('{ workspace { name } }');
    const asked = await client.ask<{ deleteWorkspace: { id: string } }>(deletion, { name: workspace.name });
    await client.close();
    return asked.deleteWorkspace.id;
  }

  receiptOf(deletionId: string) {
    return eventually(() => this.story.app.app.get(Receipts).byErasure(deletionId), 30_000);
  }

  /** What the merchant knows of a subscription. */
  async atMerchant(id: string): Promise<AtMerchant | undefined> {
    const { subscriptions } = await this.story.control<{ subscriptions: AtMerchant[] }>('/billing');
    return subscriptions.find((one) => one.id === id);
  }

  /** Whether nothing is charged any more: Lemon Squeezy can end none before its period does. */
  async isEnded(id: string): Promise<boolean> {
    const found = await this.atMerchant(id);
    return found?.standing === 'ended' || (this.merchant === 'lemonsqueezy' && typeof found?.endsAt === 'string');
  }

  /** Sends events of the merchant once more. */
  async events(more: Record<string, unknown>): Promise<void> {
    await this.story.control('/billing/events/send', more);
    await this.story.app.drainDeliveries();
  }

  /** How many rows there are of `table where condition`. */
  async count(text: string, ...values: unknown[]): Promise<number> {
    const { rows } = await this.story.owner.query<{ n: number }>(`select count(*)::int as n from ${text}`, values);
    return rows[0]?.n ?? 0;
  }

  /** Waits until nothing is owed to any workspace that is gone. */
  async nothingOwed(): Promise<void> {
    await eventually(async () =>
      (await this.count('owed_cancellations where confirmed_at is null')) === 0 ? true : null,
    );
  }

  /** Rows of a workspace that knew of its plan, and the workspace itself. */
  async leftOf(workspaceId: string): Promise<number> {
    const tables = ['subscriptions', 'merchant_subscriptions', 'merchant_references', 'usage_counters'];
    const places = ['workspaces where id', ...tables.map((table) => `${table} where workspace_id`)];
    return (await Promise.all(places.map((text) => this.count(`${text} = $1`, workspaceId)))).reduce(
      (sum, count) => sum + count,
    );
  }
}
