import { InboundUnderTest, entry } from '../../test/support/inbound.js';
import { Deliveries } from '../platform/deliveries/index.js';
import { DisconnectChannel } from './disconnect-channel.js';
import { origin } from '../../test/support/channels.js';

const secret = 'gizli-kelime-4711';

let inbound: InboundUnderTest;
beforeAll(async () => void (inbound = await InboundUnderTest.start()));
afterAll(() => inbound.stop());
beforeEach(async () => {
  inbound.forget();
  await inbound.channels.admin.query('delete from deliveries');
  await inbound.channels.admin.query('delete from unrouted_events');
});

/** A delivery with the secret in it, for an account. */
const written = (account: string) => ({ object: 'page', entry: [entry(account, secret)] });
/** Every row and every byte of what is kept of deliveries, as one text. */
const everything = async () => {
  const rows = await inbound.rows(`
    select d::text || encode(d.body, 'escape') as kept from deliveries d
     union all select u::text || encode(u.account, 'escape') from unrouted_events u`);
  return rows.map(({ kept }) => String(kept)).join('\n');
};

describe('the body of a webhook call', () => {
  it('is encrypted while it waits, and gone once it is applied', async () => {
    const { pageId } = await inbound.connectedPage();
    expect(await inbound.call(written(pageId))).toMatchObject({ status: 200 });
    expect(await inbound.rows('select 1 from deliveries')).toHaveLength(1);
    expect(await everything()).not.toContain(secret);
    await inbound.channels.module.get(Deliveries).drain();
    expect(inbound.applied).toHaveLength(1);
    expect(await inbound.rows('select 1 from deliveries')).toEqual([]);
  });

  it('is gone at once, and only counted, where no workspace owns the account [promise 8] [promise 31]', async () => {
    await inbound.deliver(written('404404404'));
    expect(inbound.applied).toEqual([]);
    expect(await inbound.rows('select 1 from deliveries')).toEqual([]);
    expect(await inbound.rows('select provider, kind, count from unrouted_events')).toEqual([
      { provider: 'meta', kind: 'messages', count: 1 },
    ]);
    const kept = await everything();
    for (const word of [secret, '404404404']) expect(kept).not.toContain(word);
  });

  it('is so too from the moment of a disconnect on [promise 52]', async () => {
    const { owner, pageId, channelId } = await inbound.connectedPage();
    await inbound.channels.module.get(DisconnectChannel).run(owner, origin, channelId, false);
    await inbound.deliver(written(pageId));
    expect(inbound.applied).toEqual([]);
    expect(await inbound.rows('select 1 from deliveries')).toEqual([]);
    expect(await inbound.rows('select kind, count from unrouted_events')).toEqual([{ kind: 'messages', count: 1 }]);
    expect(await everything()).not.toContain(secret);
  });

  it('stays encrypted where it was set aside, for 14 days and no longer; counts stay for 90', async () => {
    const { pageId } = await inbound.connectedPage();
    inbound.handle = (_, items) => items.map((item) => ({ item, reason: 'it is bad' }));
    await inbound.deliver(written(pageId));
    await inbound.deliver(written('404404405'));
    const aside = () => inbound.rows('select reason from deliveries where set_aside_at is not null');
    expect(await aside()).toEqual([{ reason: 'it is bad' }]);
    expect(await everything()).not.toContain(secret);
    const older = async (days: number, hours: number) => {
      const { admin, module } = inbound.channels;
      await admin.query('update deliveries set set_aside_at = now() - make_interval(days => $1, hours => $2)', [
        days,
        hours,
      ]);
      await admin.query('update unrouted_events set day = current_date - $1::int', [days]);
      await module.get(Deliveries).roll();
    };
    await older(13, 23);
    expect(await aside()).toHaveLength(1);
    await older(14, 1);
    expect(await aside()).toEqual([]);
    await older(90, 0);
    expect(await inbound.rows('select 1 from unrouted_events')).toHaveLength(1);
    await older(91, 0);
    expect(await inbound.rows('select 1 from unrouted_events')).toEqual([]);
  });
});
