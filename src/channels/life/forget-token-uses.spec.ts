import { LifeUnderTest } from '../../../test/support/life.js';
import { Workspaces } from '../../platform/database/index.js';
import { DisconnectChannel } from '../disconnect-channel.js';
import { origin } from '../../../test/support/channels.js';
import { recordTokenUse } from '../token-use.js';

const job = 'forget-token-uses';

let life: LifeUnderTest;
beforeAll(async () => void (life = await LifeUnderTest.start()));
afterAll(() => life.stop());
beforeEach(() => life.forget());

/** The days that are left of each use, in the order in which they were written. */
const agesOf = async (id: string) =>
  (
    await life.rows(
      `select round(extract(epoch from now() - at) / 86400)::int as days from token_uses where channel_id = $1 order by id`,
      id,
    )
  ).map(({ days }) => days);
const use = (workspaceId: string, channelId: string, count: number) =>
  life.channels.module.get(Workspaces).run(workspaceId, async (tx) => {
    for (let each = 0; each < count; each += 1)
      await recordTokenUse(tx, { channelId, purpose: 'SEND', host: 'graph.example', cause: `message ${String(each)}` });
  });

describe('the uses of a token', () => {
  it('are kept for 90 days and no longer, each day, and those of another channel are left alone [promise 25]', async () => {
    const { owner, id } = await life.messenger();
    const other = await life.messenger(owner);
    await use(owner.workspaceId, id, 3);
    // Ids tell the order; the times are moved as the clock would have it.
    await life.channels.admin.query(`
      update token_uses u set at = now() - make_interval(days => 100 - (n * 3)::int)
        from (select id, row_number() over (partition by channel_id order by id) as n from token_uses) o where o.id = u.id`);
    expect(await agesOf(id)).toEqual([97, 94, 91, 88, 85]);
    const before = await agesOf(other.id);
    expect(await life.runJob(job, id)).toBeGreaterThan(86_000);
    expect(await agesOf(id)).toEqual([88, 85]);
    expect(await agesOf(other.id)).toEqual(before);
  });

  it('of a disconnected channel go too, and then nothing is left to do', async () => {
    const { owner, id } = await life.messenger();
    await life.channels.module.get(DisconnectChannel).run(owner, origin, id, false);
    await life.runJob('release-access', id);
    expect(await life.runJob(job, id)).toBeGreaterThan(86_000);
    await life.channels.admin.query(`update token_uses set at = now() - interval '91 days' where channel_id = $1`, [
      id,
    ]);
    expect(await life.runJob(job, id)).toBeNull();
    expect(await agesOf(id)).toEqual([]);
  });
});
