import pg from 'pg';
import sharp from 'sharp';
import { DEMO } from '../../apps/sandbox/world/seed.js';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient, eventually } from '../support/client.js';
import { ObjectStore } from '../support/object-store.js';
import { photoWithPosition, upload } from '../support/uploads.js';
import { TestVisitor, createWebChat } from '../support/visitor.js';

interface Attachment {
  readonly kind: string;
  readonly status: string;
  readonly url: string | null;
  readonly thumbnailUrl: string | null;
}
const thread = `{ conversations(first: 10) { nodes { id channel { kind } messages(first: 10) { nodes {
  id attachments { kind status url thumbnailUrl } } } } } }`;

describe('files come in, where the operator keeps them in a bucket and Instagram’s by their address', () => {
  let app: TestApp;
  let client: TestClient;
  let store: ObjectStore;
  let admin: pg.Client;

  const sandbox = async (path: string, body: object): Promise<void> => {
    const response = await fetch(`${app.sandbox.url}/_sandbox/${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`The sandbox refused: ${await response.text()}`);
  };
  const arrived = (kind: string) =>
    eventually(async () => {
      const { conversations } = await client.ask<{
        conversations: {
          nodes: { id: string; channel: { kind: string }; messages: { nodes: { attachments: Attachment[] }[] } }[];
        };
      }>(thread);
      const node = conversations.nodes.find(({ channel }) => channel.kind === kind);
      const attachment = node?.messages.nodes[0]?.attachments[0];
      return attachment === undefined || attachment.status === 'FETCHING' ? null : attachment;
    });

  beforeAll(async () => {
    store = await ObjectStore.start();
    app = await startTestApp({ environment: { ...store.environment('/parley'), INSTAGRAM_MEDIA: 'reference' } });
    client = await TestClient.signedUp(app.url);
    admin = new pg.Client({ connectionString: app.database.ownerUrl });
    await admin.connect();
  }, 60_000);
  afterAll(async () => {
    await client.close();
    await admin.end();
    await app.close();
    await store.stop();
  });

  it('a picture is fetched while it is there, drawn anew, and served from the bucket under a name of the server’s own (case U3)', async () => {
    await client.ask(
      `mutation { connectWhatsApp(input: { wabaId: "${DEMO.wabaId}", phoneNumberId: "${DEMO.phoneNumberId}", accessToken: "${DEMO.whatsappToken}" }) { id } }`,
    );
    await sandbox('play', {
      channel: 'whatsapp',
      accountId: DEMO.phoneNumberId,
      customerId: '905550000099',
      event: { kind: 'image' },
    });
    const attachment = await arrived('WHATSAPP');
    expect(attachment).toMatchObject({ kind: 'IMAGE', status: 'READY' });
    expect(
      [...store.objects.keys()].every((key) =>
        /^parley\/[0-9a-f-]{36}\/[0-9a-f]{2}\/[0-9a-f-]{36}(\.small)?$/.test(key),
      ),
    ).toBe(true);
    expect(store.objects.size).toBe(2);
    const file = await fetch(attachment.url ?? '');
    expect([file.status, file.headers.get('content-disposition')?.slice(0, 11)]).toEqual([200, 'attachment;']);
    const small = await fetch(attachment.thumbnailUrl ?? '');
    expect((await sharp(Buffer.from(await small.arrayBuffer())).metadata()).format).toBe('jpeg');
    expect(store.refused).toBe(0);
  });

  it('a visitor’s photo is kept without the place where it was taken (case U2)', async () => {
    const visitor = new TestVisitor(app.url, await createWebChat(client));
    await visitor.open();
    const form = new FormData();
    form.append('file', new File([new Uint8Array(await photoWithPosition())], 'photo.jpg'));
    const { id } = (await visitor.call<{ id: string }>('POST', 'files', form)).body;
    await visitor.write('here', { attachmentIds: [id] });
    const attachment = await arrived('WEB_CHAT');
    visitor.close();
    expect(attachment.status).toBe('READY');
    const kept = Buffer.from(await (await fetch(attachment.url ?? '')).arrayBuffer());
    const { exif, orientation, width, height } = await sharp(kept).metadata();
    expect([exif, orientation, width, height]).toEqual([undefined, undefined, 240, 320]);
    for (const body of store.objects.values()) expect(body.includes('Parley Phone')).toBe(false);
  });

  it('what Instagram shows is never copied: only its address is kept', async () => {
    await client.ask(
      `mutation { connectInstagram(input: { accountId: "${DEMO.instagramId}", pageId: "${DEMO.pageId}", accessToken: "${DEMO.pageToken}" }) { id } }`,
    );
    const before = store.calls.length;
    await sandbox('play', {
      channel: 'instagram',
      accountId: DEMO.instagramId,
      customerId: '7200000000000001',
      event: { kind: 'image' },
    });
    const attachment = await arrived('INSTAGRAM');
    expect(attachment).toMatchObject({ kind: 'IMAGE', status: 'REFERENCE', thumbnailUrl: null });
    expect(attachment.url).toContain('/cdn/media/');
    expect(store.calls.slice(before)).toEqual([]);
    const { rows } = await admin.query(`select from due where kind = 'fetch-attachment'`);
    expect(rows).toEqual([]);
  });

  it('a bucket that is away is told as trouble on our side, and nothing is lost by it', async () => {
    store.troubles.push(503, 503, 503);
    const words = Buffer.from('just words');
    expect((await upload(client, words, 'a.txt')).status).toBe(500);
    expect((await upload(client, words, 'a.txt')).status).toBe(201);
  });
});
