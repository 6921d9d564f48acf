import { createHash } from 'node:crypto';
import { ChannelsUnderTest } from '../../../test/support/channels.js';
import { FakeGraph, graphError } from '../../../test/support/fake-graph.js';
import type { FetchedMedia, OpenChannel } from '../channel-adapter.js';
import { ChannelKind } from '../enums.js';
import { InstagramChannel } from './instagram.channel.js';
import { MediaDownloads } from './media.js';
import { MessengerChannel } from './messenger.channel.js';
import { WhatsAppChannel } from './whatsapp.channel.js';

let channels: ChannelsUnderTest;
let stranger: FakeGraph;
beforeAll(async () => {
  channels = await ChannelsUnderTest.start();
  stranger = await FakeGraph.start();
});
afterAll(async () => {
  await stranger.stop();
  await channels.stop();
});
beforeEach(() => {
  channels.graph.calls.length = 0;
  stranger.calls.length = 0;
});

const bytes = 'the picture';
const digest = createHash('sha256').update(bytes).digest();
const signal = () => AbortSignal.timeout(5_000);
const channel = (kind: ChannelKind, settings = {}): OpenChannel => ({
  workspaceId: 'w',
  id: 'c',
  kind,
  externalId: '66',
  settings,
  token: 'EAATOKEN',
});

describe('the hosts that files are loaded from (cases U4, U5)', () => {
  it.each([
    ['https://scontent.xx.fbcdn.net/v/x.jpg?oh=1', true],
    ['https://scontent.cdninstagram.com/x', true],
    ['https://lookaside.fbsbx.com/x', true],
    ['https://lookaside.fbsbx.com.evil.example/x', false],
    ['https://evilfbcdn.net/x', false],
    ['https://fbcdn.net@evil.example/x', false],
    ['http://scontent.xx.fbcdn.net/x', false],
    ['https://scontent.xx.fbcdn.net:8443/x', false],
    ['https://127.0.0.1/x', false],
    ['http://169.254.169.254/latest/meta-data', false],
    ['file:///etc/passwd', false],
    ['nonsense', false],
    ['', false],
  ])('%s: %p', (url, allowed) => {
    expect(channels.module.get(MediaDownloads).isAllowed(url)).toBe(allowed);
  });
});

describe('a file of Messenger', () => {
  const fetch = (url: string | null, sha256: string | null = null, maxBytes = 1_000): Promise<FetchedMedia> =>
    channels.module
      .get(MessengerChannel)
      .fetchMedia(channel(ChannelKind.MESSENGER), { url, mediaId: null, sha256 }, maxBytes, signal());

  it('is loaded without the token', async () => {
    channels.graph.answer = () => ({ raw: bytes, headers: { 'content-type': 'image/jpeg' } });
    expect(await fetch(`${channels.graph.url}/x.jpg`)).toEqual({
      kind: 'fetched',
      body: Buffer.from(bytes),
      contentType: 'image/jpeg',
      name: null,
    });
    expect(channels.graph.calls[0]?.token).toBeNull();
  });

  it('is not loaded from a stranger, nor by a way that leads to one (cases U4, U5)', async () => {
    expect(await fetch(`${stranger.url}/x.jpg`)).toMatchObject({ kind: 'refused' });
    channels.graph.answer = () => ({ status: 302, raw: '', headers: { location: `${stranger.url}/x.jpg` } });
    expect(await fetch(`${channels.graph.url}/x.jpg`)).toMatchObject({ kind: 'refused' });
    expect(stranger.calls).toEqual([]);
    channels.graph.answer = () => ({ status: 302, raw: '', headers: { location: `${channels.graph.url}/again` } });
    expect(await fetch(`${channels.graph.url}/x.jpg`)).toMatchObject({ kind: 'refused' });
    expect(channels.graph.calls.length).toBeLessThan(10);
  });

  it('is gone, too large, not what was announced, or for later', async () => {
    expect(await fetch(null)).toMatchObject({ kind: 'gone' });
    channels.graph.answer = () => ({ status: 403, raw: 'expired' });
    expect(await fetch(`${channels.graph.url}/x.jpg`)).toMatchObject({ kind: 'gone' });
    channels.graph.answer = () => ({ raw: bytes });
    expect(await fetch(`${channels.graph.url}/x.jpg`, null, 5)).toMatchObject({ kind: 'refused' });
    expect(await fetch(`${channels.graph.url}/x.jpg`, digest.toString('hex'))).toMatchObject({ kind: 'fetched' });
    expect(await fetch(`${channels.graph.url}/x.jpg`, digest.toString('base64'))).toMatchObject({ kind: 'fetched' });
    expect(
      await fetch(`${channels.graph.url}/x.jpg`, createHash('sha256').update('other').digest('hex')),
    ).toMatchObject({ kind: 'refused' });
    channels.graph.answer = () => ({ status: 503, raw: '' });
    expect(await fetch(`${channels.graph.url}/x.jpg`)).toMatchObject({ kind: 'retry' });
    channels.graph.answer = () => ({ trouble: 'reset' });
    expect(await fetch(`${channels.graph.url}/x.jpg`)).toMatchObject({ kind: 'retry' });
  });
});

describe('a file of WhatsApp', () => {
  const fetch = (mediaId: string | null, sha256: string | null = null) =>
    channels.module
      .get(WhatsAppChannel)
      .fetchMedia(channel(ChannelKind.WHATSAPP), { url: null, mediaId, sha256 }, 1_000, signal());
  const describedBy = (described: object) => {
    channels.graph.answer = (call) =>
      call.path === '3300' ? { body: { id: '3300', mime_type: 'image/webp', ...described } } : { raw: bytes };
  };

  it('is asked for by its id, then loaded with the token', async () => {
    describedBy({ url: `${channels.graph.url}/file`, sha256: digest.toString('hex'), file_size: bytes.length });
    expect(await fetch('3300', digest.toString('base64'))).toMatchObject({
      kind: 'fetched',
      body: Buffer.from(bytes),
      contentType: 'image/webp',
    });
    expect(channels.graph.calls.map(({ path, token }) => [path, token])).toEqual([
      ['3300', 'EAATOKEN'],
      ['/file', 'EAATOKEN'],
    ]);
    expect(channels.graph.calls[0]?.query).toMatchObject({ phone_number_id: '66' });
  });

  it('sends the token to no stranger, whom an answer or a redirect names (case U5) [promise 26]', async () => {
    describedBy({ url: `${stranger.url}/file` });
    expect(await fetch('3300')).toMatchObject({ kind: 'refused' });
    channels.graph.answer = (call) =>
      call.path === '3300'
        ? { body: { url: `${channels.graph.url}/file` } }
        : call.path === '/file'
          ? { status: 302, raw: '', headers: { location: `${channels.graph.url}/elsewhere` } }
          : { raw: bytes };
    expect(await fetch('3300')).toMatchObject({ kind: 'fetched' });
    expect(channels.graph.calls.at(-1)).toMatchObject({ path: '/elsewhere', token: null });
    expect(stranger.calls).toEqual([]);
  });

  it('is gone, too large, changed, or for later', async () => {
    expect(await fetch(null)).toMatchObject({ kind: 'gone' });
    expect(await fetch('../me')).toMatchObject({ kind: 'gone' });
    channels.graph.answer = () => graphError(100, 33);
    expect(await fetch('3300')).toMatchObject({ kind: 'gone' });
    channels.graph.answer = () => graphError(131016, null, 503);
    expect(await fetch('3300')).toMatchObject({ kind: 'retry' });
    channels.graph.answer = () => ({ trouble: 'reset' });
    expect(await fetch('3300')).toMatchObject({ kind: 'retry' });
    describedBy({ url: `${channels.graph.url}/file`, file_size: 5_000 });
    expect(await fetch('3300')).toMatchObject({ kind: 'refused' });
    describedBy({ url: `${channels.graph.url}/file` });
    expect(await fetch('3300', createHash('sha256').update('other').digest('base64'))).toMatchObject({
      kind: 'refused',
    });
  });
});

describe('the name of a customer', () => {
  const address = { externalId: '7100', handle: null };

  it('is first and last name on Messenger, and the name or user name on Instagram', async () => {
    channels.graph.answer = () => ({ body: { first_name: 'Ayşe', last_name: 'Kaya', id: '7100' } });
    expect(
      await channels.module.get(MessengerChannel).profile(channel(ChannelKind.MESSENGER), address, signal()),
    ).toEqual({ name: 'Ayşe Kaya' });
    expect(channels.graph.calls[0]).toMatchObject({
      path: '7100',
      query: { fields: 'first_name,last_name' },
      token: 'EAATOKEN',
    });
    channels.graph.answer = () => ({ body: { username: 'lina.h' } });
    const instagram = channels.module.get(InstagramChannel);
    expect(await instagram.profile(channel(ChannelKind.INSTAGRAM, { pageId: '9' }), address, signal())).toEqual({
      name: 'lina.h',
      handle: '@lina.h',
    });
    expect(await instagram.profile(channel(ChannelKind.INSTAGRAM, { pageId: null }), address, signal())).toEqual({
      name: 'lina.h',
      handle: '@lina.h',
    });
    expect(channels.graph.calls.map(({ path }) => path)).toEqual(['7100', '7100', 'ig:7100']);
  });

  it('is unknown where the platform does not tell, and asked for again where it fails', async () => {
    const messenger = channels.module.get(MessengerChannel);
    channels.graph.answer = () => graphError(100, 33);
    expect(await messenger.profile(channel(ChannelKind.MESSENGER), address, signal())).toBeNull();
    expect(
      await messenger.profile(channel(ChannelKind.MESSENGER), { externalId: '../me', handle: null }, signal()),
    ).toBeNull();
    expect(await channels.module.get(WhatsAppChannel).profile()).toBeNull();
    channels.graph.answer = () => ({ status: 500, raw: '' });
    await expect(messenger.profile(channel(ChannelKind.MESSENGER), address, signal())).rejects.toThrow('may later');
  });
});
