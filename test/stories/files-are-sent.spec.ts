import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { DEMO } from '../../apps/sandbox/world/seed.js';
import { SAMPLES } from '../../apps/sandbox/media/samples.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient, eventually } from '../support/client.js';
import { photoWithPosition, upload } from '../support/uploads.js';
import { TestVisitor, createWebChat } from '../support/visitor.js';

const messages = `query ($id: ID!) { conversation(id: $id) { messages(first: 50) { nodes {
  id kind text status error direction replyTo { text } attachments { kind name contentType size status url thumbnailUrl } } } } }`;
const send = `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { id kind text attachments { kind status } } }`;
interface Message {
  readonly id: string;
  readonly kind: string;
  readonly text: string | null;
  readonly status: string;
  readonly error: string | null;
  readonly direction: string;
  readonly replyTo: { readonly text: string } | null;
  readonly attachments: readonly {
    readonly kind: string;
    readonly name: string | null;
    readonly contentType: string | null;
    readonly size: number | null;
    readonly status: string;
    readonly url: string | null;
    readonly thumbnailUrl: string | null;
  }[];
}
interface Shown {
  readonly from: string;
  readonly kind: string;
  readonly text?: string;
  readonly attachments: readonly { readonly type: string; readonly url: string; readonly mimeType?: string }[];
}

const platforms = {
  messenger: {
    account: DEMO.pageId,
    customer: '7100000000000001',
    connect: `mutation { connectMessenger(input: { pageId: "${DEMO.pageId}", pageAccessToken: "${DEMO.pageToken}" }) { id } }`,
  },
  instagram: {
    account: DEMO.instagramId,
    customer: '7200000000000001',
    connect: `mutation { connectInstagram(input: { accountId: "${DEMO.instagramId}", pageId: "${DEMO.pageId}", accessToken: "${DEMO.pageToken}" }) { id } }`,
  },
  whatsapp: {
    account: DEMO.phoneNumberId,
    customer: '905550000099',
    connect: `mutation { connectWhatsApp(input: { wabaId: "${DEMO.wabaId}", phoneNumberId: "${DEMO.phoneNumberId}", accessToken: "${DEMO.whatsappToken}" }) { id } }`,
  },
  telegram: {
    account: DEMO.botId,
    customer: '5550001',
    connect: `mutation { connectTelegram(input: { botToken: "${DEMO.botToken}" }) { id } }`,
  },
} as const;
type Platform = keyof typeof platforms;

describe('files are sent', () => {
  let app: TestApp;
  let client: TestClient;
  let admin: pg.Client;
  let photo: Buffer;
  const pdf = SAMPLES.pdf.make();
  const threads = new Map<Platform, string>();

  const sandbox = async <Answer>(method: string, path: string, body?: object): Promise<Answer> => {
    const response = await fetch(`${app.sandbox.url}/_sandbox/${path}`, {
      method,
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
    return (await response.json()) as Answer;
  };
  const shownTo = async (platform: Platform): Promise<readonly Shown[]> => {
    const { account, customer } = platforms[platform];
    const path = `thread?channel=${platform}&accountId=${account}&customerId=${customer}`;
    const thread = await sandbox<{ messages: Shown[] }>('GET', path);
    return thread.messages.filter(({ from }) => from === 'business');
  };
  const sendFiles = async (conversationId: string, text: string, attachmentIds: string[], more: object = {}) => {
    const input = { conversationId, text, attachmentIds, idempotencyKey: randomUUID(), ...more };
    return (await client.ask<{ sendMessage: Message }>(send, { input })).sendMessage;
  };
  const outbound = async (conversationId: string): Promise<Message[]> => {
    const { conversation } = await client.ask<{ conversation: { messages: { nodes: Message[] } } }>(messages, {
      id: conversationId,
    });
    return conversation.messages.nodes.filter(({ direction }) => direction === 'OUTBOUND').reverse();
  };
  const settled = (conversationId: string, count: number) =>
    eventually(async () => {
      const found = await outbound(conversationId);
      const done = found.filter(({ status }) => !['QUEUED', 'SENDING'].includes(status));
      return done.length === count ? done : null;
    });
  const taken = async (body: Buffer, name: string): Promise<string> => (await upload(client, body, name)).body.id;

  beforeAll(async () => {
    app = await startTestApp();
    client = await TestClient.signedUp(app.url);
    admin = new pg.Client({ connectionString: app.database.ownerUrl });
    await admin.connect();
    photo = await photoWithPosition();
    for (const [platform, { account, customer, connect }] of Object.entries(platforms)) {
      const connected = await client.ask<Record<string, { id: string }>>(connect);
      const channelId = Object.values(connected)[0]?.id;
      const event = { kind: 'text', text: 'Can I see it?' };
      await sandbox('POST', 'play', { channel: platform, accountId: account, customerId: customer, event });
      const thread = await eventually(async () => {
        const { conversations } = await client.ask<{
          conversations: { nodes: { id: string; channel: { id: string } }[] };
        }>('{ conversations(first: 50) { nodes { id channel { id } } } }');
        return conversations.nodes.find((node) => node.channel.id === channelId)?.id ?? null;
      });
      threads.set(platform as Platform, thread);
    }
  }, 60_000);
  afterAll(async () => {
    await client.close();
    await admin.end();
    await app.close();
  });

  it('are told by what they are, and stored for whoever may write (cases U1, U2)', async () => {
    const picture = await upload(client, photo, '../../etc/photo.html', { type: 'text/html' });
    expect(picture).toMatchObject({ status: 201, body: { name: 'photo.html', contentType: 'image/jpeg' } });
    expect(await upload(client, pdf, 'Résumé.pdf')).toEqual({
      status: 201,
      body: { id: expect.any(String), name: 'Résumé.pdf', contentType: 'application/pdf', size: pdf.length },
    });
    for (const [body, name] of [
      ['<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', 'a.png'],
      ['\uFEFF\n<!doctype html><script>alert(1)</script>', 'a.txt'],
      ['MZ\u0090\u0000 a program', 'a.pdf'],
      ['', 'empty.txt'],
    ] as const)
      expect([name, (await upload(client, Buffer.from(body), name)).status]).toEqual([name, 415]);
    expect((await upload(client, pdf, 'a.pdf', { field: 'other' })).status).toBe(422);
    const large = Buffer.concat([pdf, Buffer.alloc(25_000_001)]);
    expect((await upload(client, large, 'a.pdf')).status).toBe(413);
    expect((await upload(client, pdf, 'a.pdf', { headers: {} })).status).toBe(401);
  });

  it('go out as each platform wants them, and their customer sees them [promise 1]', async () => {
    const expected: Record<Platform, readonly (readonly [kind: string, text: string | undefined])[]> = {
      messenger: [
        ['text', 'Here'],
        ['image', undefined],
        ['file', undefined],
      ],
      instagram: [
        ['text', 'Here'],
        ['image', undefined],
        ['file', undefined],
      ],
      whatsapp: [
        ['image', 'Here'],
        ['document', undefined],
      ],
      telegram: [
        ['photo', 'Here'],
        ['document', undefined],
      ],
    };
    for (const [platform, parts] of Object.entries(expected) as [Platform, (typeof expected)[Platform]][]) {
      const thread = threads.get(platform) ?? '';
      const ids = [await taken(photo, 'photo.jpg'), await taken(pdf, 'invoice.pdf')];
      const input = { conversationId: thread, text: 'Here', attachmentIds: ids, idempotencyKey: randomUUID() };
      const first = (await client.ask<{ sendMessage: Message }>(send, { input })).sendMessage;
      // The same key is the same send, however many messages it is.
      expect((await client.ask<{ sendMessage: Message }>(send, { input })).sendMessage.id).toBe(first.id);
      const done = await settled(thread, parts.length);
      expect([platform, done.map(({ status, error }) => [status === 'FAILED', error])]).toEqual([
        platform,
        parts.map(() => [false, null]),
      ]);
      expect(done[0]?.id).toBe(first.id);
      const shown = await shownTo(platform);
      expect([platform, shown.map(({ kind, text }) => [kind, text])]).toEqual([platform, parts]);
      const files = await Promise.all(
        shown.flatMap(({ attachments }) => attachments).map(async ({ url }) => (await fetch(url)).arrayBuffer()),
      );
      const [sentPhoto, sentPdf] = files.map((bytes) => Buffer.from(bytes));
      expect(sentPdf?.equals(pdf)).toBe(true);
      expect(sentPhoto?.subarray(0, 3)).toEqual(photo.subarray(0, 3));
      // Neither the camera nor the place goes along.
      expect(photo.includes('Parley Phone')).toBe(true);
      expect(sentPhoto?.includes('Parley Phone')).toBe(false);
    }
  }, 60_000);

  it('stand in the thread with a small picture, each behind a link that ends', async () => {
    const found = (await outbound(threads.get('whatsapp') ?? ''))[0];
    const [attachment] = found?.attachments ?? [];
    expect(attachment).toMatchObject({ kind: 'IMAGE', name: 'photo.jpg', contentType: 'image/jpeg', status: 'READY' });
    const small = await fetch(attachment?.thumbnailUrl ?? '');
    expect([small.status, small.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
    const whole = await fetch(attachment?.url ?? '');
    expect(whole.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''photo.jpg");
    expect(whole.headers.get('content-security-policy')).toContain('sandbox');
    const part = await fetch(attachment?.url ?? '', { headers: { range: 'bytes=2-5' } });
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 2-5/${String(attachment?.size)}`]);
    expect(Buffer.from(await part.arrayBuffer())).toEqual(Buffer.from(await whole.arrayBuffer()).subarray(2, 6));
    // The link of the one does not open the other.
    const swapped = (attachment?.thumbnailUrl ?? '').replace('.small', '');
    expect((await fetch(swapped)).status).toBe(404);
  });

  it('are refused before anything leaves where the channel does not take them, with its limit', async () => {
    const refusal = async (platform: Platform, id: string) => {
      const input = {
        conversationId: threads.get(platform),
        text: '',
        attachmentIds: [id],
        idempotencyKey: randomUUID(),
      };
      const { errors } = await client.post(send, { input });
      return [errors?.[0]?.extensions.code, errors?.[0]?.extensions.field, errors?.[0]?.message];
    };
    const before = (await sandbox<{ entries: unknown[] }>('GET', 'ledger?kind=sends')).entries.length;
    const text = await taken(Buffer.from('just words'), 'notes.txt');
    expect(await refusal('instagram', text)).toEqual([
      'BAD_USER_INPUT',
      'attachmentIds',
      expect.stringMatching(/^notes\.txt cannot be sent on this channel, which takes: JPEG, PNG, .*PDF\.$/),
    ]);
    const audio = await taken(
      Buffer.concat([Buffer.from([0xff, 0xfb, 0x90, 0x64]), Buffer.alloc(16_500_000)]),
      'song.mp3',
    );
    expect(await refusal('whatsapp', audio)).toEqual([
      'BAD_USER_INPUT',
      'attachmentIds',
      'song.mp3 has 17 MB; this channel takes at most 16 MB for a file of its kind.',
    ]);
    expect(await refusal('messenger', randomUUID())).toEqual([
      'BAD_USER_INPUT',
      'attachmentIds',
      'A file was not found. Upload it again.',
    ]);
    expect((await sandbox<{ entries: unknown[] }>('GET', 'ledger?kind=sends')).entries).toHaveLength(before);
    const { channels } = await client.ask<{
      channels: { kind: string; capabilities: { attachmentKinds: string[]; attachmentRules: object[] } }[];
    }>('{ channels { kind capabilities { attachmentKinds attachmentRules { kind contentTypes maxBytes } } } }');
    expect(channels.find(({ kind }) => kind === 'INSTAGRAM')?.capabilities).toMatchObject({
      attachmentKinds: ['IMAGE', 'AUDIO', 'VIDEO', 'FILE'],
      attachmentRules: expect.arrayContaining([
        { kind: 'IMAGE', contentTypes: ['image/jpeg', 'image/png'], maxBytes: 8_000_000 },
      ]),
    });
  });

  it('belong to the member who uploaded them, and words come before what takes none', async () => {
    const thread = threads.get('whatsapp') ?? '';
    const other = await TestClient.signedUp(app.url, 'Grace');
    const theirs = (await upload(other, pdf, 'theirs.pdf')).body.id;
    await other.close();
    const input = { conversationId: thread, text: '', attachmentIds: [theirs], idempotencyKey: randomUUID() };
    expect(await client.refusal(send, { input })).toBe('BAD_USER_INPUT');
    const count = (await outbound(thread)).length;
    const shown = (await shownTo('whatsapp')).length;
    const voice = await taken(SAMPLES.ogg.make(), 'voice.ogg');
    await sendFiles(thread, 'Listen', [voice]);
    await settled(thread, count + 2);
    expect((await shownTo('whatsapp')).slice(shown).map(({ kind, text }) => [kind, text])).toEqual([
      ['text', 'Listen'],
      ['audio', undefined],
    ]);
  });

  it('reach a visitor of a site with the words', async () => {
    const chat = await createWebChat(client);
    const visitor = new TestVisitor(app.url, chat);
    await visitor.open();
    const { conversationId } = (await visitor.write('Can I see it?')).body;
    await sendFiles(conversationId, 'Both', [await taken(photo, 'photo.jpg'), await taken(pdf, 'invoice.pdf')]);
    const seen = await eventually(async () => {
      const page = await visitor.messages();
      return page.body.messages.find(({ from }) => from === 'business') ?? null;
    });
    visitor.close();
    expect(seen).toMatchObject({
      text: 'Both',
      attachments: [
        { kind: 'IMAGE', status: 'READY', url: expect.any(String), thumbnailUrl: expect.any(String) },
        { kind: 'FILE', status: 'READY', url: expect.any(String), thumbnailUrl: null },
      ],
    });
  });

  it('are gone a day after the upload where nobody sent them, and stay where somebody did', async () => {
    const [unused, used] = [await taken(pdf, 'unused.pdf'), await taken(pdf, 'used.pdf')];
    const thread = threads.get('telegram') ?? '';
    const count = (await outbound(thread)).length;
    await sendFiles(thread, '', [used]);
    await settled(thread, count + 1);
    const due = await admin.query<{ wait: number }>(
      `select extract(epoch from due_at - now())::int as wait from due where kind = 'remove-file' and row_id = any ($1)`,
      [[unused, used]],
    );
    expect(due.rows.map(({ wait }) => Math.round(wait / 3_600))).toEqual([24, 24]);
    await admin.query(`update due set due_at = now() where kind = 'remove-file' and row_id = any ($1)`, [
      [unused, used],
    ]);
    await eventually(async () => {
      const { rowCount } = await admin.query(`select from due where kind = 'remove-file' and row_id = any ($1)`, [
        [unused, used],
      ]);
      return rowCount === 0 ? true : null;
    });
    const { rows } = await admin.query<{ id: string }>('select id from files where id = any ($1)', [[unused, used]]);
    expect(rows).toEqual([{ id: used }]);
    const kept = (await outbound(thread)).at(-1)?.attachments[0];
    expect((await fetch(kept?.url ?? '')).status).toBe(200);
  }, 45_000);
});
