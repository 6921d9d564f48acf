import { merchantNames } from '../../src/billing/merchants/merchant.js';
import { Receipts } from '../../src/privacy/proof/receipts.js';
import { eventually } from '../support/client.js';
import { LeavingStory } from '../support/leaving-story.js';

describe.each(merchantNames)('a plan from %s that cannot be ended at once', (merchant) => {
  let leaving: LeavingStory;
  beforeAll(async () => void (leaving = await LeavingStory.start(merchant)), 60_000);
  afterAll(() => leaving.stop());

  const dueAgain = () => leaving.story.owner.query(`update due set due_at = now() where kind = 'cancel-subscription'`);

  it('is asked for until it is confirmed, and the receipt says when that took too long [promise 46]', async () => {
    const { client, id } = await leaving.bought('unheard');
    const down = await leaving.story.control<{ id: number }>('/faults', {
      match: { path: `^/${merchant}` },
      action: { status: 503 },
      times: null,
    });
    const erasure = await leaving.remove(client);
    await eventually(async () =>
      (await leaving.count(`due where kind = 'cancel-subscription' and due_at > now()`)) === 1 ? true : null,
    );
    // Its last rows wait for the merchant, and so does the receipt.
    expect(await leaving.story.app.app.get(Receipts).byErasure(erasure)).toBeNull();
    await leaving.story.owner.query(
      `update owed_cancellations set owed_at = owed_at - interval '23 hours' where reference = $1`,
      [id],
    );
    await dueAgain();
    const receipt = await leaving.receiptOf(erasure);
    expect(receipt.erased.map(({ what }) => what)).not.toContain(`subscriptions cancelled at ${merchant}`);
    expect(receipt.retained).toContainEqual({
      what: `subscriptions at ${merchant}`,
      count: 1,
      basis: expect.stringMatching(/^Not confirmed/),
      until: null,
    });
    expect(await leaving.isEnded(id)).toBe(false);
    await leaving.story.control('/faults', { id: down.id }, 'DELETE');
    await eventually(async () => {
      await dueAgain();
      return (await leaving.isEnded(id)) ? true : null;
    }, 30_000);
    await leaving.nothingOwed();
    await eventually(async () => ((await leaving.count(`due where kind = 'cancel-subscription'`)) === 0 ? true : null));
  }, 90_000);

  it('is asked for once more without harm, as after a restore', async () => {
    const { client, id } = await leaving.bought('twice');
    await leaving.receiptOf(await leaving.remove(client));
    const before = await leaving.atMerchant(id);
    // The backup knew that it was owed, and nothing of what came of it.
    await leaving.story.owner.query('update owed_cancellations set confirmed_at = null where reference = $1', [id]);
    await leaving.story.owner.query(
      `insert into due (kind, workspace_id, row_id, due_at)
       select 'cancel-subscription', '00000000-0000-0000-0000-000000000000', id, now() from owed_cancellations where reference = $1`,
      [id],
    );
    await leaving.nothingOwed();
    expect(await leaving.atMerchant(id)).toEqual(before);
    expect(await leaving.isEnded(id)).toBe(true);
  }, 60_000);

  it('leaves records that go when the law wants them no longer [promise 68]', async () => {
    const { client, workspaceId } = await leaving.bought('aged');
    await leaving.receiptOf(await leaving.remove(client));
    const records = () => leaving.count('billing_records where workspace_id = $1', workspaceId);
    const again = () =>
      leaving.story.owner.query(`update due set due_at = now() where kind = 'forget-billing-records'`);
    const runs = async () => {
      await again();
      await eventually(
        async () =>
          (await leaving.count(`due where kind = 'forget-billing-records' and due_at > now() + interval '1 hour'`)) ===
          1
            ? true
            : null,
        20_000,
      );
    };
    await runs();
    expect(await records()).toBe(1);
    expect(await leaving.count('owed_cancellations where workspace_id = $1', workspaceId)).toBe(1);
    await leaving.story.owner.query(
      `update billing_records set keep_until = now() - interval '1 minute' where workspace_id = $1`,
      [workspaceId],
    );
    await leaving.story.owner.query(
      `update owed_cancellations set confirmed_at = now() - interval '31 days' where workspace_id = $1`,
      [workspaceId],
    );
    await runs();
    expect(await records()).toBe(0);
    expect(await leaving.count('owed_cancellations where workspace_id = $1', workspaceId)).toBe(0);
  }, 60_000);
});
