import { createHmac, randomUUID } from 'node:crypto';
import { FakeGraph } from './fake-graph.js';
import { MailHost, mailFrom } from './mail-host.js';
import type { SandboxStory } from './sandbox-story.js';
import { TestVisitor, createWebChat } from './visitor.js';

/** A channel that the pretend platforms do not play, with one customer: what they write, and what reaches them. */
export interface OtherChannel {
  readonly kind: string;
  connect(story: SandboxStory): Promise<void>;
  /** The customer writes; it is on its way to the server when this ends. */
  write(text: string): Promise<void>;
  /** The words that reached the customer, the oldest first. */
  reached(): Promise<readonly string[]>;
  /** Says what became of what reached them last, and which state that is; null where such a channel says nothing. */
  acknowledge: (() => Promise<string>) | null;
}

const secret = '0123456789abcdef0123456789abcdef';

/** The others, with what the server is told of where they are. */
export class OtherChannels {
  private constructor(
    readonly environment: Readonly<Record<string, string>>,
    readonly all: Readonly<Record<'mail' | 'line' | 'site', OtherChannel>>,
    private readonly servers: { readonly line: FakeGraph; readonly mail: MailHost },
  ) {}

  /** `through` names another way to a server, such as one that can be shut. */
  static async start(through = (_name: 'line' | 'imap' | 'smtp', url: string) => Promise.resolve(url)) {
    const line = await FakeGraph.start();
    const mail = await MailHost.start();
    const lineUrl = await through('line', line.url);
    const urls = {
      imapUrl: await through('imap', mail.imap.url()),
      smtpUrl: await through('smtp', mail.smtpUrl()),
    };
    const hosts = Object.values(urls).map((url) => new URL(url).host);
    return new OtherChannels(
      { LINE_API_URL: lineUrl, MAIL_ALLOWED_HOSTS: hosts.join(',') },
      { mail: mailbox(mail, urls), line: lineAccount(line), site: chat() },
      { line, mail },
    );
  }

  async stop(): Promise<void> {
    await this.servers.line.stop();
    await this.servers.mail.close();
  }
}

function mailbox(host: MailHost, urls: object): OtherChannel {
  return {
    kind: 'EMAIL',
    async connect({ client }) {
      const query = 'mutation ($input: ConnectEmailInput!) { connectEmail(input: $input) { id } }';
      await client.ask(query, { input: host.input(urls) });
    },
    write: (text) => Promise.resolve(void host.imap.deliver(mailFrom('ada@mail.example', { text }).raw)),
    reached: () => Promise.resolve(host.handed.map(({ body }) => body.replace(/\r\n/g, '\n').trim())),
    acknowledge() {
      const name = host.handed.at(-1)?.headers.get('message-id') ?? '';
      const headers = { 'Content-Type': 'multipart/report; report-type=delivery-status; boundary=r' };
      const text = `--r\nContent-Type: message/delivery-status\n\nAction: failed\nStatus: 5.1.1\n--r\nContent-Type: text/rfc822-headers\n\nMessage-ID: ${name}\n--r--`;
      host.imap.deliver(mailFrom('MAILER-DAEMON@mail.example', { headers, text }).raw);
      return Promise.resolve('FAILED');
    },
  };
}

function lineAccount(server: FakeGraph): OtherChannel {
  let address = '';
  server.answer = ({ path }) =>
    path.endsWith('/push')
      ? { body: { sentMessages: [{ id: String(Math.floor(Math.random() * 1e15)) }] } }
      : { body: { userId: 'U66', displayName: 'Ada' } };
  return {
    kind: 'LINE',
    async connect({ app, client }) {
      const query = 'mutation ($input: ConnectLineInput!) { connectLine(input: $input) { id } }';
      const input = { channelAccessToken: 'LINETOKEN', channelSecret: secret };
      const { connectLine } = await client.ask<{ connectLine: { id: string } }>(query, { input });
      address = `${app.url}/webhooks/line/${connectLine.id}`;
    },
    async write(text) {
      const message = { id: String(Math.floor(Math.random() * 1e15)), type: 'text', text };
      const source = { type: 'user', userId: 'U4af4980629' };
      const event = {
        type: 'message',
        timestamp: Date.now(),
        source,
        mode: 'active',
        webhookEventId: randomUUID(),
        message,
      };
      const body = JSON.stringify({ destination: 'U66', events: [event] });
      const signature = createHmac('sha256', secret).update(body).digest('base64');
      const headers = { 'content-type': 'application/json', 'x-line-signature': signature };
      const { status } = await fetch(address, { method: 'POST', headers, body });
      if (status !== 200) throw new Error(`The call was answered with ${String(status)}.`);
    },
    reached: () =>
      Promise.resolve(
        server.calls
          .filter(({ path }) => path.endsWith('/push'))
          .flatMap(({ body }) => (body as { messages: { text: string }[] }).messages.map(({ text }) => text)),
      ),
    acknowledge: null,
  };
}

function chat(): OtherChannel {
  let visitor: TestVisitor | null = null;
  const browser = () => {
    if (visitor === null) throw new Error('The chat is not connected.');
    return visitor;
  };
  const seen = async () =>
    (await browser().call<{ messages: { id: string; from: string; text: string | null }[] }>('GET', 'messages')).body
      .messages;
  return {
    kind: 'WEB_CHAT',
    async connect({ app, client }) {
      visitor = new TestVisitor(app.url, await createWebChat(client));
      await visitor.open();
    },
    write: async (text) => void (await browser().call('POST', 'messages', { text, idempotencyKey: randomUUID() })),
    reached: async () => (await seen()).filter(({ from }) => from !== 'visitor').map(({ text }) => text ?? ''),
    async acknowledge() {
      await browser().call('POST', 'read', { messageId: (await seen()).at(-1)?.id });
      return 'READ';
    },
  };
}
