import { merchantNames } from '../../src/billing/merchants/merchant.js';
import { TestClient, eventually } from '../support/client.js';
import { LeavingStory } from '../support/leaving-story.js';

describe.each(merchantNames)('a workspace with a plan from %s is deleted', (merchant) => {
  let leaving: LeavingStory;
  beforeAll(async () => void (leaving = await LeavingStory.start(merchant)), 60_000);
  afterAll(() => leaving.stop());

  it('ends it there, and the receipt names that and what the law keeps [promise 46] [promise 68]', async () => {
    const { client, id, workspaceId } = await leaving.bought('leaves');
    const receipt = await leaving.receiptOf(await leaving.remove(client));
    expect(await leaving.isEnded(id)).toBe(true);
    expect(receipt.erased).toContainEqual({ what: `subscriptions cancelled at ${merchant}`, count: 1 });
    const kept = receipt.retained.find(({ what }) => what === 'billing_records');
    expect(kept).toMatchObject({ count: 1, basis: expect.stringMatching(/commercial and tax law/) });
    expect(Math.round(((kept?.until?.getTime() ?? 0) - Date.now()) / 86_400_000 / 365.25)).toBe(10);
    // What is kept is of nobody: ids, a plan, a time.
    const { rows } = await leaving.story.owner.query('select * from billing_records where workspace_id = $1', [
      workspaceId,
    ]);
    expect(rows).toEqual([
      {
        id: expect.any(String),
        workspace_id: workspaceId,
        provider: merchant,
        reference: id,
        plan: 'small',
        add_ons: [],
        status: 'ACTIVE',
        at: expect.any(Date),
        keep_until: expect.any(Date),
      },
    ]);
    // W9: events that come later, twice or in another order bring nothing back, and nobody has to look at them.
    const aside = await leaving.count('deliveries where set_aside_at is not null');
    for (const order of ['given', 'reversed', 'shuffled']) await leaving.events({ subscription: id, order, times: 2 });
    expect(await leaving.leftOf(workspaceId)).toBe(0);
    expect(await leaving.count('deliveries where set_aside_at is not null')).toBe(aside);
    await leaving.nothingOwed();
    expect(await leaving.isEnded(id)).toBe(true);
  }, 60_000);

  it('says in public, before anything is bought, that it can be cancelled at any time and when money comes back [promise 42]', async () => {
    for (const [language, cancels, refunds] of [
      ['en', 'cancel a plan at any time', 'within 14 days'],
      ['tr', 'planı dilediği zaman', '14 gün içinde'],
    ] as const) {
      const page = await fetch(`${leaving.story.app.url}/policies/refund?lang=${language}`, {
        headers: { 'accept-language': language },
      });
      expect(page.status).toBe(200);
      const text = await page.text();
      expect([language, text.includes(cancels), text.includes(refunds)]).toEqual([language, true, true]);
    }
  });

  it('ends what is paid for when the workspace is gone already', async () => {
    const client = await TestClient.signedUp(leaving.story.app.url, 'late');
    const workspaceId = client.workspaceId ?? '';
    const url = await leaving.open(client);
    const receipt = await leaving.receiptOf(await leaving.remove(client));
    expect(receipt.retained.map(({ what }) => what)).toEqual(['workspace_deletions']);
    const id = await leaving.pay(url);
    await eventually(async () => {
      await leaving.story.app.drainDeliveries();
      return (await leaving.isEnded(id)) ? true : null;
    });
    expect(await leaving.leftOf(workspaceId)).toBe(0);
  }, 60_000);
});
