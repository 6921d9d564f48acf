import { createHash } from 'node:crypto';
import { Workspaces } from '../../src/platform/database/index.js';
import { FileStore } from '../../src/platform/files/index.js';
import { MetaStory, whatsAppEvent } from '../stories/meta-story.js';
import { TestBrowser } from '../support/browser.js';
import { eventually } from '../support/client.js';
import { upload } from '../support/uploads.js';
import { TestVisitor, type TestWebChat, createWebChat } from '../support/visitor.js';
import { FileTrap } from './file-trap.js';
import { type HostileFile, hostileFiles } from './hostile-files.js';

/** A file that the server keeps, and an address that it gives for it. */
interface Served {
  readonly file: HostileFile;
  readonly url: string;
}

const onOnePage = 6;
const ofOneVisitor = 10;

/** What Chromium would run were it let: how the control knows that the traps are set. */
const runsAtACarelessServer = 35;

describe('sixty files that want to run (case U1, goal G13)', () => {
  let story: MetaStory;
  let browser: TestBrowser;
  let trap: FileTrap;
  let files: readonly HostileFile[];

  beforeAll(async () => {
    [story, browser] = await Promise.all([MetaStory.start(), TestBrowser.launch()]);
    trap = await FileTrap.start(story.app.url);
    files = await hostileFiles(trap.url);
    trap.lay(files);
  }, 60_000);
  afterAll(async () => {
    await browser.close();
    await trap.stop();
    await story.stop();
  });

  /** The link as it is reached here: the server names itself as its operator does. */
  const here = (link: string): string => {
    const { pathname, search } = new URL(link);
    return `${story.app.url}${pathname}${search}`;
  };
  const attachmentUrls = (file: HostileFile, ...links: readonly (string | null)[]): Served[] =>
    links.filter((link) => link !== null).map((link) => ({ file, url: here(link) }));

  /** Uses every address on pages of two origins and by itself; gives what was wrong, which has to be nothing. */
  async function trouble(served: readonly Served[]): Promise<Record<string, unknown>> {
    const wrong: Record<string, unknown> = {};
    for (let at = 0; at < served.length; at += onOnePage) {
      const urls = served.slice(at, at + onOnePage).map(({ url }) => url);
      await trap.use(browser, urls);
      await trap.use(
        browser,
        urls.map((url) => trap.own(url)),
      );
    }
    Object.assign(wrong, named('used on a page', trap.takeHeard()));
    for (const { file, url } of served) {
      const { status, headers, saved } = await trap.open(browser, url);
      const unsafe = [
        status !== 200 && `status ${String(status)}`,
        saved === null && 'shown, not saved',
        misleads(saved) && `saved as ${JSON.stringify(saved)}`,
        headers['content-disposition']?.startsWith('attachment;') !== true && 'no attachment',
        headers['x-content-type-options'] !== 'nosniff' && 'type may be guessed',
        headers['content-security-policy'] !== "default-src 'none'; sandbox" && 'no policy of its own',
        /html|svg|[/+]xml|script|css/.test(headers['content-type'] ?? '') &&
          `served as ${headers['content-type'] ?? ''}`,
      ].filter((one) => one !== false);
      if (unsafe.length > 0) wrong[`${file.what} by itself`] = unsafe;
    }
    return Object.assign(wrong, named('opened by itself', trap.takeHeard()));
  }
  const named = (how: string, heard: Readonly<Record<string, readonly string[]>>) =>
    Object.fromEntries(
      Object.entries(heard).map(([number, ways]) => [`${files[Number(number)]?.what ?? number}, ${how}`, ways]),
    );

  it('are heard at a careless server, so that silence means something', async () => {
    expect(files).toHaveLength(60);
    for (let at = 0; at < files.length; at += onOnePage)
      await trap.use(
        browser,
        files.slice(at, at + onOnePage).map((file) => trap.careless(file)),
      );
    for (const file of files) await trap.open(browser, trap.careless(file));
    const heard = trap.takeHeard();
    expect(Object.keys(heard).length).toBeGreaterThanOrEqual(runsAtACarelessServer);
    // Every way of hearing works.
    const ways = new Set(Object.values(heard).flat());
    for (const way of [
      'dialog',
      'message',
      'name',
      'title',
      'request css',
      'request fetch',
      'request image',
      'request js',
    ])
      expect(ways).toContain(way);
  }, 240_000);

  it('run nowhere when a member has uploaded them', async () => {
    const store = story.app.app.get(FileStore);
    const workspaceId = story.client.workspaceId ?? '';
    const served: Served[] = [];
    const statuses: number[] = [];
    const names: (string | null)[] = [];
    for (const file of files) {
      const { status, body } = await upload(story.client, file.body, file.name, { type: file.type });
      statuses.push(status);
      if (status !== 201) continue;
      names.push(body.name);
      const { rows } = await story.sql.query<{ small: boolean }>(
        'select has_thumbnail as small from files where id = $1',
        [body.id],
      );
      const small = rows[0]?.small === true ? store.sign(workspaceId, body.id, 'small').url : null;
      served.push(...attachmentUrls(file, store.sign(workspaceId, body.id).url, small));
    }
    expect(countOf(statuses)).toEqual({ 201: 22, 415: 38 });
    expect(names.filter(misleads)).toEqual([]);
    expect(await trouble(served)).toEqual({});
  }, 240_000);

  it('run nowhere when a customer sends them on a platform', async () => {
    const account = story.newNumber();
    await story.connect('whatsApp', account);
    const customer = '905550000123';
    for (const file of files) {
      const id = String(880_000_000_000_000 + file.number);
      story.graph.media.set(id, { bytes: file.body, mime: file.type });
      const document = {
        id,
        filename: file.name,
        mime_type: file.type,
        sha256: createHash('sha256').update(file.body).digest('base64'),
      };
      const message = {
        from: customer,
        id: `wamid.hostile${String(file.number)}`,
        timestamp: String(Math.floor(Date.now() / 1_000) - 100 + file.number),
        type: 'document',
        document,
      };
      const contacts = [{ wa_id: customer, profile: { name: 'Mallory' } }];
      await story.deliver(whatsAppEvent(account.wabaId, account.phoneNumberId, { contacts, messages: [message] }));
    }
    const { id } = await story.threadOf(customer);
    const arrived = await eventually(async () => {
      const { conversation } = await story.client.ask<Arrived>(arrivedQuery, { id });
      const all = conversation.messages.nodes.flatMap(({ attachments }) => attachments);
      return all.length === files.length && all.every(({ status }) => status !== 'FETCHING')
        ? conversation.messages.nodes
        : null;
    }, 60_000);
    const attachments = arrived.flatMap(({ externalId, attachments: [attachment] }) => {
      const file = files[Number(externalId?.replace('wamid.hostile', ''))];
      if (file === undefined || attachment === undefined) throw new Error('A message came with no file of ours.');
      return { file, ...attachment };
    });
    expect(countOf(attachments.map(({ status }) => status))).toEqual({ READY: 26, REFUSED: 34 });
    expect(attachments.filter(({ status, name }) => status === 'READY' && misleads(name))).toEqual([]);
    const served = attachments.flatMap(({ file, url, thumbnailUrl }) => attachmentUrls(file, url, thumbnailUrl));
    expect(await trouble(served)).toEqual({});
  }, 300_000);

  it('run nowhere when a visitor of a site sends them', async () => {
    const chat = await createWebChat(story.client);
    const statuses: number[] = [];
    const served: Served[] = [];
    for (let at = 0; at < files.length; at += ofOneVisitor) {
      const some = await sendAsVisitor(chat, files.slice(at, at + ofOneVisitor));
      statuses.push(...some.statuses);
      served.push(...some.served);
    }
    expect(countOf(statuses)).toEqual({ 201: 9, 415: 51 });
    expect(await trouble(served)).toEqual({});
  }, 240_000);

  it('run nowhere even where the server was fooled about what they are', async () => {
    const store = story.app.app.get(FileStore);
    const workspaceId = story.client.workspaceId ?? '';
    const served: Served[] = [];
    for (const file of files) {
      const contentType = file.type.split(';', 1)[0] || 'text/html';
      const written = await store.write(workspaceId, file.body, file.name, { contentType, thumbnail: null });
      await story.app.app.get(Workspaces).run(workspaceId, (tx) => store.register(tx, written));
      served.push(...attachmentUrls(file, store.sign(workspaceId, written.id).url));
    }
    expect(await trouble(served)).toEqual({});
  }, 240_000);

  async function sendAsVisitor(chat: TestWebChat, some: readonly HostileFile[]) {
    const visitor = new TestVisitor(story.app.url, chat);
    await visitor.open();
    const statuses: number[] = [];
    const served: Served[] = [];
    for (const file of some) {
      const form = new FormData();
      form.append('file', new File([new Uint8Array(file.body)], file.name, { type: file.type }));
      const uploaded = await visitor.call<{ id: string }>('POST', 'files', form);
      statuses.push(uploaded.status);
      if (uploaded.status !== 201) continue;
      const { message } = (await visitor.write('', { attachmentIds: [uploaded.body.id] })).body;
      const shown = await eventually(async () => {
        const { messages } = (await visitor.messages()).body;
        const attachment = messages.find(({ id }) => id === message.id)?.attachments[0];
        return attachment === undefined || attachment.status === 'FETCHING' ? null : attachment;
      });
      served.push(...attachmentUrls(file, shown.url, shown.thumbnailUrl));
    }
    visitor.close();
    return { statuses, served };
  }
});

interface ArrivedMessage {
  readonly externalId: string | null;
  readonly attachments: readonly {
    status: string;
    name: string | null;
    url: string | null;
    thumbnailUrl: string | null;
  }[];
}
interface Arrived {
  readonly conversation: { readonly messages: { readonly nodes: readonly ArrivedMessage[] } };
}
const arrivedQuery = `query ($id: ID!) { conversation(id: $id) { messages(first: 100) { nodes {
  externalId attachments { status name url thumbnailUrl } } } } }`;

/** Whether a name holds a path, a line's end, or what makes it read in another order than it is. */
function misleads(name: string | null): boolean {
  return name !== null && /[/\\\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(name);
}

/** How often each came. */
function countOf(values: readonly (string | number)[]): Record<string, number> {
  return Object.fromEntries([...Map.groupBy(values, String)].map(([value, all]) => [value, all.length]));
}
