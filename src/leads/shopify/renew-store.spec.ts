import { eventually } from '../../../test/support/client.js';
import type { TestInbox } from '../../../test/support/inbox.js';
import { ShopifyUnderTest } from '../../../test/support/shopify-stores.js';
import { mailsIn } from '../../../test/support/written-mails.js';
import { Config } from '../../platform/config/index.js';

let desk: ShopifyUnderTest;
beforeAll(async () => {
  desk = await ShopifyUnderTest.start();
}, 60_000);
afterAll(() => desk.stop());
beforeEach(() => {
  desk.answersAsEver();
});

describe('the token of a store', () => {
  const shopOrders = ({ client }: TestInbox, contactId: string) =>
    client.ask<{ shopOrders: { state: string }[] }>('query ($id: ID!) { shopOrders(contactId: $id) { state } }', {
      id: contactId,
    });
  const customer = async (inbox: TestInbox) => {
    const contact = await desk.under.contact(inbox.workspaceId);
    await desk.under.identity(inbox.workspaceId, {
      contact_id: contact,
      channel_id: inbox.channelId,
      external_id: '905550000099',
      handle: '+905550000099',
    });
    return contact;
  };

  it('is renewed when it ends, once, however many look at the same moment', async () => {
    const ada = await desk.under.inbox('Ada');
    const shop = desk.newShop();
    desk.shopify.lives = 30;
    await desk.shopify.connect(ada.client, shop);
    desk.shopify.lives = 3_600;
    const contact = await customer(ada);
    const answers = await Promise.all(Array.from({ length: 8 }, () => shopOrders(ada, contact)));
    for (const { shopOrders: found } of answers) expect(found).toMatchObject([{ state: 'NONE' }]);
    const renewals = desk.shopify.calls.filter(({ shop: at, body }) => at === shop && body.includes('refresh_token'));
    expect(renewals).toHaveLength(1);
    expect(await desk.stores(ada)).toMatchObject([{ status: 'CONNECTED' }]);
  });

  it('is renewed by itself where nobody looks; where Shopify refuses that, those who can help are told', async () => {
    const ada = await desk.under.inbox('Ada');
    await desk.under.admin.query('update users set email_verified_at = now()');
    const shop = desk.newShop();
    await desk.shopify.connect(ada.client, shop);
    const before = (await desk.rowOf(shop))?.token;
    await desk.passTime('renew-shopify-store');
    await eventually(async () =>
      (await desk.rowOf(shop))?.token?.equals(before ?? Buffer.alloc(0)) === false ? true : null,
    );
    desk.shopify.uninstall(shop);
    await desk.passTime('renew-shopify-store');
    await eventually(async () => ((await desk.storeOf(ada, shop))?.status === 'EXPIRED' ? true : null));
    expect((await desk.storeOf(ada, shop))?.trouble).toBe('TOKEN_REFUSED');
    await eventually(async () => {
      await desk.passTime('mail-notifications');
      const found = await mailsIn(desk.under.app.app.get(Config).mailFolder);
      return found.some(({ text }) => text.includes('takes the access no more')) ? true : null;
    }, 20_000);
    // It is asked no more, and comes back by being connected again.
    const calls = desk.shopify.calls.length;
    expect((await shopOrders(ada, await customer(ada))).shopOrders).toMatchObject([{ state: 'REFUSED' }]);
    expect(desk.shopify.calls.length).toBe(calls);
    await desk.shopify.connect(ada.client, shop);
    expect(await desk.stores(ada)).toMatchObject([{ status: 'CONNECTED', trouble: null }]);
  }, 40_000);

  it('goes with its workspace, after Shopify was told', async () => {
    const ada = await desk.under.inbox('Ada');
    const shop = desk.newShop();
    await desk.shopify.connect(ada.client, shop);
    const { workspace } = await ada.client.ask<{ workspace: { name: string } }>('{ workspace { name } }');
    await ada.client.ask('mutation ($name: String!) { deleteWorkspace(confirmName: $name) { id } }', {
      name: workspace.name,
    });
    await eventually(
      async () => (desk.shopify.calls.some(({ method, shop: at }) => method === 'DELETE' && at === shop) ? true : null),
      30_000,
    );
    await eventually(async () => ((await desk.rowOf(shop)) === undefined ? true : null), 60_000);
  }, 100_000);
});
