import { randomUUID } from 'node:crypto';
import { origin } from '../../test/support/channels.js';
import type { MemberActor } from '../platform/access/index.js';
import { Workspaces } from '../platform/database/index.js';
import { Queues } from '../platform/queue/index.js';
import { Channels } from './channels.js';
import { ChannelDisconnected, ChannelExpired } from './channels.events.js';
import { DisconnectChannel } from './disconnect-channel.js';
import { ChannelKind } from './enums.js';
import { ListChannels } from './list-channels.js';
import { ListTokenUses } from './list-token-uses.js';
import { ConnectInstagram } from './meta/connect-instagram.js';
import { ConnectMessenger } from './meta/connect-messenger.js';
import { type ChannelChanges, UpdateChannel } from './update-channel.js';
import { InboundUnderTest, entry } from '../../test/support/inbound.js';

let inbound: InboundUnderTest;
beforeAll(async () => void (inbound = await InboundUnderTest.start()));
afterAll(() => inbound.stop());
beforeEach(() => inbound.forget());

describe('a channel that is disconnected', () => {
  const disconnect = (owner: MemberActor, id: string, deleteHistory = false) =>
    inbound.channels.module.get(DisconnectChannel).run(owner, origin, id, deleteHistory);
  const settled = async (id: string) => {
    for (let round = 0; round < 100; round += 1) {
      await inbound.channels.module.get(Queues).sweep();
      if ((await inbound.rows("select 1 from due where kind = 'release-access' and row_id = $1", id)).length === 0)
        return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error('The job did not end.');
  };
  const row = async (id: string) =>
    (await inbound.rows('select status, token, external_id, settings from channels where id = $1', id))[0];

  it('receives nothing, is told to the platform, and keeps no token [promise 52]', async () => {
    const { owner, pageId, channelId } = await inbound.connectedPage();
    inbound.graphOf(pageId);
    expect(await disconnect(owner, channelId)).toMatchObject({ id: channelId, status: 'DISCONNECTED' });
    await inbound.deliver({ object: 'page', entry: [entry(pageId, 'late')] });
    expect(inbound.applied).toEqual([]);
    await settled(channelId);
    expect(inbound.channels.graph.calls.map(({ method, path }) => `${method} ${path}`)).toEqual([
      `DELETE ${pageId}/subscribed_apps`,
      'GET oauth/revoke',
    ]);
    expect(await row(channelId)).toMatchObject({ status: 'DISCONNECTED', token: null, external_id: pageId });
    expect(inbound.facts).toEqual([new ChannelDisconnected(channelId, false)]);
    const open = await inbound.channels.module
      .get(Workspaces)
      .run(owner.workspaceId, (tx) =>
        inbound.channels.module.get(Channels).openChannel(tx, channelId, { purpose: 'SEND', cause: 'x' }),
      );
    expect(open).toBeNull();
    expect(await disconnect(owner, channelId)).toMatchObject({ status: 'DISCONNECTED' });
    const uses = await inbound.channels.module.get(ListTokenUses).run(owner, channelId, 2, null);
    expect(uses.nodes.map(({ purpose }) => purpose)).toEqual(['REVOKE', 'SUBSCRIBE']);
    const rest = await inbound.channels.module.get(ListTokenUses).run(owner, channelId, 2, uses.pageInfo.endCursor);
    expect(rest).toMatchObject({ nodes: [{ purpose: 'VERIFY' }], pageInfo: { hasNextPage: false } });
  });

  it('may be connected by another workspace, and comes back with its history in its own', async () => {
    const { owner, pageId, channelId } = await inbound.connectedPage();
    await disconnect(owner, channelId);
    await settled(channelId);
    const other = await inbound.channels.workspace();
    inbound.graphOf(pageId);
    const connect = (actor: MemberActor) =>
      inbound.channels.module.get(ConnectMessenger).run(actor, origin, { pageId, pageAccessToken: 'EAATOKEN' });
    const theirs = await connect(other);
    await expect(connect(owner)).rejects.toMatchObject({ code: 'CONFLICT', field: 'pageId' });
    await disconnect(other, theirs.id);
    expect(await connect(owner)).toMatchObject({ id: channelId, status: 'CONNECTED' });
  });

  it('forgets the account when its history goes, once the platform was told', async () => {
    const { owner, pageId, channelId } = await inbound.connectedPage();
    inbound.graphOf(pageId);
    await disconnect(owner, channelId, true);
    await settled(channelId);
    expect(inbound.channels.graph.calls).toHaveLength(2);
    expect(await row(channelId)).toEqual({ status: 'DISCONNECTED', token: null, external_id: null, settings: {} });
    expect(inbound.facts).toEqual([new ChannelDisconnected(channelId, true)]);
  });

  it('does not lose the platform’s part when the platform fails', async () => {
    const { owner, pageId, channelId } = await inbound.connectedPage();
    inbound.graphOf(pageId, () => ({ status: 500, raw: '' }));
    await disconnect(owner, channelId);
    for (
      let round = 0;
      round < 200 &&
      (await inbound.rows('select 1 from channels where id = $1 and last_error is not null', channelId)).length === 0;
      round += 1
    ) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    expect((await row(channelId))?.token).not.toBeNull();
    inbound.graphOf(pageId);
    await inbound.channels.admin.query("update due set due_at = now() where row_id = $1 and kind = 'release-access'", [
      channelId,
    ]);
    await settled(channelId);
    expect(inbound.channels.graph.calls).toHaveLength(2);
    expect((await row(channelId))?.token).toBeNull();
  });

  it('is subscribed again when somebody connects it while the platform is being told', async () => {
    const { owner, pageId, channelId } = await inbound.connectedPage();
    const { adapter } = inbound.channels.module.get(Channels).definitionOf(ChannelKind.MESSENGER);
    adapter.unsubscribe = async () => {
      Reflect.deleteProperty(adapter, 'unsubscribe');
      await inbound.connectedPage(owner, pageId);
      inbound.channels.graph.calls.length = 0;
    };
    await disconnect(owner, channelId);
    await settled(channelId);
    const [call, ...more] = inbound.channels.graph.calls;
    expect(more).toEqual([]);
    expect(call).toMatchObject({ method: 'POST', path: `${pageId}/subscribed_apps` });
    expect(call?.query['subscribed_fields']).toContain('message_echoes');
    const after = await row(channelId);
    expect(after?.status).toBe('CONNECTED');
    expect(after?.token).not.toBeNull();
  });

  it('leaves a subscription that another channel hears by', async () => {
    const { owner, pageId, channelId } = await inbound.connectedPage();
    await inbound.channels.module
      .get(ConnectInstagram)
      .run(owner, origin, { accountId: `1${pageId}`, pageId, accessToken: 'EAATOKEN' });
    inbound.graphOf(pageId);
    await disconnect(owner, channelId);
    await settled(channelId);
    expect(inbound.channels.graph.calls).toEqual([]);
    expect((await row(channelId))?.token).toBeNull();
  });

  it('is not there for another workspace', async () => {
    const { channelId } = await inbound.connectedPage();
    const stranger = await inbound.channels.workspace();
    await expect(disconnect(stranger, channelId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(
      inbound.channels.module.get(UpdateChannel).run(stranger, origin, channelId, { name: 'Mine', keepsSent: null }),
    ).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(inbound.channels.module.get(ListTokenUses).run(stranger, channelId, 5, null)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    expect(await inbound.channels.module.get(ListChannels).one(stranger, channelId)).toBeNull();
    expect(await inbound.channels.module.get(ListChannels).all(stranger)).toEqual([]);
    for (const id of ['1', '', randomUUID()])
      await expect(disconnect(stranger, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

describe('a channel', () => {
  it('is renamed, and shows what it can carry', async () => {
    const { owner, channelId } = await inbound.connectedPage();
    const update = (changes: Partial<ChannelChanges>) =>
      inbound.channels.module
        .get(UpdateChannel)
        .run(owner, origin, channelId, { name: null, keepsSent: null, ...changes });
    expect(inbound.channels.module.get(Channels).typeOf(await update({ name: '  Shop ' }))).toMatchObject({
      name: 'Shop',
      kind: 'MESSENGER',
      whatsApp: null,
      instagram: null,
      webChat: null,
      keepsSent: null,
      capabilities: { maxTextLength: 1_999 },
    });
    await expect(update({ name: ' ' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'name' });
    await expect(update({ keepsSent: true })).rejects.toMatchObject({ code: 'BAD_USER_INPUT', field: 'keepsSent' });
    expect(await update({})).toMatchObject({ name: 'Shop' });
  });

  it('is told what customers write while it is frozen, and stays this workspace’s', async () => {
    const { owner, pageId, channelId } = await inbound.connectedPage();
    const freeze = (frozen: boolean) =>
      inbound.channels.module
        .get(Workspaces)
        .run(owner.workspaceId, (tx) => inbound.channels.module.get(Channels).setFrozen(tx, channelId, frozen));
    await freeze(true);
    await inbound.deliver({ object: 'page', entry: [entry(pageId, 'cold')] });
    expect(inbound.midsOf(owner.workspaceId)).toEqual(['cold']);
    expect(await inbound.channels.module.get(ListChannels).one(owner, channelId)).toMatchObject({ frozen: true });
    const other = await inbound.channels.workspace();
    inbound.graphOf(pageId);
    const connect = inbound.channels.module
      .get(ConnectMessenger)
      .run(other, origin, { pageId, pageAccessToken: 'EAATOKEN' });
    await expect(connect).rejects.toMatchObject({ code: 'CONFLICT', field: 'pageId' });
    await freeze(false);
    await inbound.deliver({ object: 'page', entry: [entry(pageId, 'warm')] });
    expect(inbound.midsOf(owner.workspaceId)).toEqual(['cold', 'warm']);
  });

  it('expires once, says so, and is told as a fact', async () => {
    const { owner, channelId } = await inbound.connectedPage();
    const expire = () =>
      inbound.channels.module
        .get(Workspaces)
        .run(owner.workspaceId, (tx) =>
          inbound.channels.module.get(Channels).markExpired(tx, channelId, 'The access token has expired.'),
        );
    await expire();
    await expire();
    expect(inbound.facts).toEqual([new ChannelExpired(channelId, 'The access token has expired.')]);
    expect(await inbound.channels.module.get(ListChannels).one(owner, channelId)).toMatchObject({
      status: 'EXPIRED',
      lastError: 'The access token has expired.',
    });
    expect(
      await inbound.rows('select action from audit_entries where workspace_id = $1 order by seq', owner.workspaceId),
    ).toEqual([{ action: 'channel.connect' }, { action: 'channel.expire' }]);
  });
});
