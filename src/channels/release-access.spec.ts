import { origin } from '../../test/support/channels.js';
import { graphError } from '../../test/support/fake-graph.js';
import { LifeUnderTest, person } from '../../test/support/life.js';
import type { MemberActor } from '../platform/access/index.js';
import { DisconnectChannel } from './disconnect-channel.js';

let life: LifeUnderTest;
beforeAll(async () => void (life = await LifeUnderTest.start()));
afterAll(() => life.stop());
beforeEach(() => life.forget());

const job = 'release-access';
const disconnect = (owner: MemberActor, id: string) =>
  life.channels.module.get(DisconnectChannel).run(owner, origin, id, false);
/** Runs the job until it is over. */
async function settled(id: string): Promise<void> {
  for (let round = 0; round < 100; round += 1) {
    if ((await life.rows('select 1 from due where kind = $1 and row_id = $2', job, id)).length === 0) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('The job did not end.');
}

describe('a disconnect', () => {
  it('takes the consent back with the last channel that lives by it, and not before [promise 51] [promise 52]', async () => {
    const { owner, ...one } = await life.messenger();
    const other = await life.messenger(owner);
    await disconnect(owner, one.id);
    await settled(one.id);
    expect(life.calls).toEqual([`DELETE ${one.account}/subscribed_apps`]);
    life.channels.graph.calls.length = 0;
    await disconnect(owner, other.id);
    await settled(other.id);
    expect(life.calls).toEqual([`DELETE ${other.account}/subscribed_apps`, `DELETE ${person}/permissions`]);
    for (const { id } of [one, other]) {
      const row = await life.row(id);
      expect([row['status'], row['token'], row['last_error']]).toEqual(['DISCONNECTED', null, null]);
      expect(JSON.stringify(row['settings'])).not.toContain(person);
    }
    life.channels.graph.calls.length = 0;
    for (const kind of ['token-expiry', 'token-refresh', job]) await life.runJob(kind, one.id);
    expect(life.calls).toEqual([]);
  });

  it('revokes a system user’s own token, and forgets number and account [promise 7] [promise 54]', async () => {
    const { owner, id, account } = await life.whatsApp();
    expect(await life.row(id)).toMatchObject({
      external_id: account,
      settings: { wabaId: `77${account}`, displayPhone: '+90 555 000 00 01' },
    });
    await disconnect(owner, id);
    await settled(id);
    expect(life.calls).toEqual([`DELETE 77${account}/subscribed_apps`, 'GET oauth/revoke']);
    expect(life.channels.graph.to('oauth/revoke')[0]?.query['revoke_token']).toBe(`EAAS${account}`);
    expect(await life.row(id)).toMatchObject({
      status: 'DISCONNECTED',
      token: null,
      external_id: null,
      settings: {},
      name: 'WhatsApp',
    });
    const left = await life.rows(
      `select 1 from audit_entries where workspace_id = $1 and detail::text like '%' || $2 || '%'`,
      owner.workspaceId,
      account,
    );
    expect(left).toEqual([]);
    // Connected again it is known all the same, and has its history and its name.
    const again = await life.whatsApp(owner, account);
    expect(again.id).toBe(id);
    expect(await life.row(id)).toMatchObject({ status: 'CONNECTED', external_id: account, name: '+90 555 000 00 01' });
  });

  it('is tried for 24 hours where the platform does not answer, and that is said; then nothing is left', async () => {
    const { owner, id } = await life.messenger();
    life.say.set('subscribed_apps', () => ({ status: 503, raw: '' }));
    await disconnect(owner, id);
    expect(await life.runJob(job, id)).toBeGreaterThan(0);
    const trying = await life.row(id);
    expect([trying['status'], trying['last_error']]).toEqual([
      'DISCONNECTED',
      expect.stringMatching(/tried again for 24 hours/),
    ]);
    expect(trying['token']).not.toBeNull();
    const told = "select count(*)::int as n from workspace_events where workspace_id = $1 and kind = 'ChannelChanged'";
    const [before] = await life.rows(told, owner.workspaceId);
    await life.channels.admin.query(
      "update channels set disconnected_at = now() - interval '23 hours 50 minutes' where id = $1",
      [id],
    );
    const next = await life.runJob(job, id);
    expect([next !== null && next <= 601, (await life.row(id))['token'] !== null]).toEqual([true, true]);
    expect((await life.rows(told, owner.workspaceId))[0]).toEqual(before);
    await life.channels.admin.query("update channels set disconnected_at = now() - interval '24 hours' where id = $1", [
      id,
    ]);
    expect(await life.runJob(job, id)).toBeNull();
    const over = await life.row(id);
    expect([over['token'], over['last_error']]).toEqual([null, expect.stringMatching(/remove this app/)]);
  });

  it('is over when the platform comes back, and nothing is said any more', async () => {
    const { owner, id } = await life.messenger();
    life.say.set('subscribed_apps', () => ({ trouble: 'reset' }));
    await disconnect(owner, id);
    await life.runJob(job, id);
    life.say.clear();
    expect(await life.runJob(job, id)).toBeNull();
    expect(await life.row(id)).toMatchObject({ token: null, last_error: null });
  });

  it('counts as done where the platform knows the token no more', async () => {
    const { owner, id } = await life.messenger();
    for (const path of ['subscribed_apps', 'permissions']) life.say.set(path, () => graphError(190, 460, 401));
    await disconnect(owner, id);
    await settled(id);
    expect(await life.row(id)).toMatchObject({ token: null, last_error: null });
  });
});
