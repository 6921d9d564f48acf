import { Queues } from '../../src/platform/queue/index.js';
import { type TestClient, eventually } from './client.js';
import { FakeShopify, toldByShopify } from './fake-shopify.js';
import { InboxUnderTest, type TestInbox } from './inbox.js';

/** A store as members see it. */
interface SeenStore {
  readonly id: string;
  readonly domain: string;
  readonly status: string;
  readonly trouble: string | null;
}

interface StoreRow {
  readonly id: string;
  readonly token: Buffer | null;
  readonly status: string;
  readonly trouble: string | null;
}

/** Begins to connect a store; gives where its owner is sent. */
export const startInstall = 'mutation ($domain: String!) { url: startShopifyInstall(domain: $domain) }';

/** The whole server beside a Shopify with stores. */
export class ShopifyUnderTest {
  private shops = 0;

  private constructor(
    readonly shopify: FakeShopify,
    readonly under: InboxUnderTest,
  ) {}

  static async start(): Promise<ShopifyUnderTest> {
    const shopify = await FakeShopify.start();
    return new ShopifyUnderTest(shopify, await InboxUnderTest.start({ environment: shopify.environment }));
  }

  async stop(): Promise<void> {
    await this.under.stop();
    await this.shopify.stop();
  }

  /** What another test made of Shopify is forgotten. */
  answersAsEver(): void {
    this.shopify.fault = () => null;
    this.shopify.lives = 3_600;
    this.shopify.scope = 'read_customers,read_orders';
  }

  newShop(): string {
    return `shop-${String((this.shops += 1))}.myshopify.com`;
  }

  async begin(client: TestClient, domain: string): Promise<string> {
    return (await client.ask<{ url: string }>(startInstall, { domain })).url;
  }

  async stores({ client }: TestInbox): Promise<readonly SeenStore[]> {
    const asked = '{ shopifyStores { id domain status trouble } }';
    return (await client.ask<{ shopifyStores: SeenStore[] }>(asked)).shopifyStores;
  }

  async storeOf(inbox: TestInbox, domain: string): Promise<SeenStore | undefined> {
    return (await this.stores(inbox)).find((one) => one.domain === domain);
  }

  async disconnect({ client }: TestInbox, id: string): Promise<SeenStore> {
    const { disconnectShopify } = await client.ask<{ disconnectShopify: SeenStore }>(
      'mutation ($id: ID!) { disconnectShopify(id: $id) { id domain status trouble } }',
      { id },
    );
    return disconnectShopify;
  }

  async rowOf(domain: string): Promise<StoreRow | undefined> {
    const { rows } = await this.under.admin.query<StoreRow>(
      'select id, token, status, trouble from shopify_stores where domain = $1',
      [domain],
    );
    return rows[0];
  }

  /** The token of a store is gone. */
  wiped(domain: string): Promise<true> {
    return eventually(async () => ((await this.rowOf(domain))?.token === null ? true : null), 20_000);
  }

  /** Shopify says that the app was removed from a store. */
  uninstalled(shop: string, headers: Readonly<Record<string, string>> = {}): ReturnType<typeof toldByShopify> {
    const body = JSON.stringify({ id: 954001, myshopify_domain: shop, domain: shop });
    return toldByShopify(this.under.app.url, 'app/uninstalled', body, headers);
  }

  /** Nothing is looked at any more. */
  settled(): Promise<true> {
    return eventually(async () => {
      const { rowCount } = await this.under.admin.query("select from due where kind = 'check-shopify-store'");
      return rowCount === 0 ? true : null;
    }, 20_000);
  }

  /** Time goes by until work of a kind is due. */
  async passTime(kind: string): Promise<void> {
    await this.under.admin.query('update due set due_at = now() where kind = $1', [kind]);
    await this.under.app.app.get(Queues).sweep();
  }
}
