import { randomBytes } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { SAMPLES } from '../../apps/sandbox/media/samples.js';
import { DEMO } from '../../apps/sandbox/world/seed.js';
import { Config } from '../../src/platform/config/index.js';
import { Queues } from '../../src/platform/queue/index.js';
import { eventually } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { StuckUpload } from '../support/stuck-upload.js';
import { upload } from '../support/uploads.js';
import { type TestWebChat, TestVisitor, createWebChat, site } from '../support/visitor.js';

interface Attachment {
  readonly status: string;
  readonly trouble: string | null;
  readonly url: string | null;
}

describe('uploads are guarded (attacks U2, W8)', () => {
  let test: InboxUnderTest;
  let inbox: TestInbox;
  let colleague: TestInbox;
  let chat: TestWebChat;
  const pdf = SAMPLES.pdf.make();
  const stuck: StuckUpload[] = [];
  const begin = (path: string, headers: Record<string, string>, bytes?: number) => {
    const one = new StuckUpload(test.app.url, path, headers, bytes);
    stuck.push(one);
    return one;
  };
  const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

  beforeAll(async () => {
    test = await InboxUnderTest.start({ environment: { TRUST_PROXY: '1' } });
    inbox = await test.inbox();
    colleague = await test.colleague(inbox, 'Grace');
    chat = await createWebChat(inbox.client);
  }, 60_000);
  afterEach(() => {
    for (const one of stuck.splice(0)) one.end();
  });
  afterAll(async () => {
    await inbox.client.close();
    await colleague.client.close();
    await test.stop();
  });

  it('nobody without a right holds a place: they are told before anything of theirs is read', async () => {
    const secret = randomBytes(32).toString('base64url');
    const workspace = { 'x-workspace-id': inbox.workspaceId };
    const viewer = await test.colleague(inbox, 'Vera', 'VIEWER');
    const foreign = await test.inbox('Eve');
    const callers: [path: string, headers: Record<string, string>, status: number][] = [
      ['/files', {}, 401],
      ['/files', { ...workspace, cookie: `parley_session=${secret}` }, 401],
      ['/files', { ...workspace, authorization: `Bearer ${secret}` }, 401],
      ['/files', viewer.client.headers(), 403],
      ['/files', { ...foreign.client.headers(), ...workspace }, 404],
      ['/widget/v1/files', { origin: site, authorization: `Bearer ${chat.publicKey}.${secret}` }, 401],
      ['/widget/v1/files', { origin: site, authorization: `Bearer nonsense` }, 401],
    ];
    for (const [path, headers, status] of [...callers, ...callers])
      expect([path, status, await begin(path, headers).status()]).toEqual([path, status, status]);
    // All of them are still there, and more than there are places.
    expect((await upload(inbox.client, pdf, 'a.pdf')).status).toBe(201);
    await viewer.client.close();
    await foreign.client.close();
  });

  it('one who sends nothing holds a few places for a moment, and nobody else waits for it', async () => {
    const slow = Array.from({ length: 10 }, () => begin('/files', inbox.client.headers()));
    await pause(300);
    expect(slow.map((one) => one.answered())).toEqual(slow.map(() => null));
    expect((await upload(colleague.client, pdf, 'a.pdf')).status).toBe(201);
    const visitor = new TestVisitor(test.app.url, chat);
    await visitor.open();
    const form = new FormData();
    form.append('file', new File([new Uint8Array(pdf)], 'a.pdf'));
    expect((await visitor.call('POST', 'files', form)).status).toBe(201);
    visitor.close();
    // Cut long before their time is over, and their places with them.
    const cut = () => slow.filter((one) => one.answered() === 408).length;
    await eventually(() => Promise.resolve(cut() >= 3 ? true : null), 15_000);
    for (const one of slow) one.end();
    expect((await upload(inbox.client, pdf, 'a.pdf')).status).toBe(201);
  }, 40_000);

  it('ten files of one member at once all come through, one after the other', async () => {
    const came = await Promise.all(Array.from({ length: 10 }, () => upload(inbox.client, pdf, 'a.pdf')));
    expect(came.map(({ status }) => status)).toEqual(came.map(() => 201));
    // One of so many that it cannot be meant: those who wait have a bound too.
    const many = Array.from({ length: 20 }, () => begin('/files', inbox.client.headers()));
    await pause(500);
    expect(many.filter((one) => one.answered() === 503)).toHaveLength(20 - 3 - 12);
  }, 40_000);

  it('a workspace keeps no more than it may, however many come at once, and gets back what is removed', async () => {
    const room = async () => {
      const { workspace } = await inbox.client.ask<{ workspace: { roomForFiles: object } }>(
        '{ workspace { roomForFiles { usedBytes mostBytes } } }',
      );
      return workspace.roomForFiles as { usedBytes: number; mostBytes: number | null };
    };
    await test.admin.query('update users set email_verified_at = now()');
    const before = await room();
    expect(before.mostBytes).toBe(10_000_000_000);
    const words = randomBytes(300_000).toString('base64');
    const file = Buffer.from(words);
    // Room for three more of them, and not for a fourth.
    const most = before.usedBytes + 3 * file.length + 5_000;
    await test.admin.query('update file_room set most_bytes = $2 where workspace_id = $1', [inbox.workspaceId, most]);
    const came = await Promise.all([
      ...Array.from({ length: 4 }, () => upload(inbox.client, file, 'a.txt')),
      ...Array.from({ length: 4 }, () => upload(colleague.client, file, 'b.txt')),
    ]);
    expect(came.map(({ status }) => status).sort()).toEqual([201, 201, 201, 413, 413, 413, 413, 413]);
    expect(came.find(({ status }) => status === 413)?.body).toMatchObject({
      code: 'PLAN_LIMIT',
      message: expect.stringMatching(/^There is no room for this file: [\d.]+ MB of [\d.]+ MB are in use\. /),
    });
    expect(await room()).toEqual({ usedBytes: before.usedBytes + 3 * file.length, mostBytes: most });
    // Nothing is left of what was refused.
    const { rows } = await test.admin.query<{ id: string }>('select id from files where workspace_id = $1', [
      inbox.workspaceId,
    ]);
    const folder = path.join(test.app.app.get(Config).dataDir, 'files', inbox.workspaceId);
    const kept = (await readdir(folder, { recursive: true })).filter((name) => /[0-9a-f-]{36}$/.test(name));
    expect(kept.map((name) => path.basename(name)).sort()).toEqual(rows.map(({ id }) => id).sort());
    // Told by its length alone, with nothing read; a visitor hears nothing of how much there is.
    expect(await begin('/files', inbox.client.headers(), 4_000_000).status()).toBe(413);
    const visitor = new TestVisitor(test.app.url, chat);
    await visitor.open();
    const form = new FormData();
    form.append('file', new File([new Uint8Array(Buffer.concat([pdf, Buffer.alloc(400_000)]))], 'a.pdf'));
    expect((await visitor.call('POST', 'files', form)).body).toMatchObject({
      code: 'PLAN_LIMIT',
      message: 'This chat takes no more files at the moment. Write instead.',
    });
    visitor.close();
    const waits = `select kind from due where kind = 'mail-notifications' and workspace_id = $1`;
    expect((await test.admin.query(waits, [inbox.workspaceId])).rowCount).toBe(1);
    // A day later they are gone, and so is what they took.
    await test.admin.query(`update due set due_at = now() where kind = 'remove-file'`);
    await test.app.app.get(Queues).sweep();
    await eventually(async () => ((await room()).usedBytes === 0 ? true : null));
  }, 40_000);

  it('what a customer sends without room waits for it, with the reason, and is fetched once there is', async () => {
    const { phoneNumberId: accountId, wabaId, whatsappToken } = DEMO;
    await inbox.client.ask(
      `mutation { connectWhatsApp(input: { wabaId: "${wabaId}", phoneNumberId: "${accountId}", accessToken: "${whatsappToken}" }) { id } }`,
    );
    await test.admin.query(
      'insert into file_room (workspace_id, most_bytes) values ($1, 10) on conflict (workspace_id) do update set most_bytes = 10',
      [inbox.workspaceId],
    );
    const played = await fetch(`${test.app.sandbox.url}/_sandbox/play`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ channel: 'whatsapp', accountId, customerId: '905550000099', event: { kind: 'image' } }),
    });
    expect(played.status).toBe(200);
    const attachment = async () => {
      const { conversations } = await inbox.client.ask<{
        conversations: { nodes: { channel: { kind: string }; messages: { nodes: { attachments: Attachment[] }[] } }[] };
      }>(`{ conversations { nodes { channel { kind } messages { nodes { attachments { status trouble url } } } } } }`);
      const thread = conversations.nodes.find(({ channel }) => channel.kind === 'WHATSAPP');
      return thread?.messages.nodes[0]?.attachments[0] ?? null;
    };
    const held = await eventually(async () => {
      const found = await attachment();
      return found?.trouble == null ? null : found;
    });
    expect(held).toEqual({
      status: 'FETCHING',
      trouble: 'There is no room for it. It is fetched as soon as there is.',
      url: null,
    });
    await test.admin.query('update file_room set most_bytes = null');
    await test.admin.query(`update due set due_at = now() where kind = 'fetch-attachment'`);
    await test.app.app.get(Queues).sweep();
    const came = await eventually(async () => {
      const found = await attachment();
      return found?.status === 'READY' ? found : null;
    });
    expect([came.trouble, (await fetch(came.url ?? '')).status]).toEqual([null, 200]);
  }, 40_000);
});
