import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type TestApp, startTestApp } from '../support/app.js';
import { TestClient, eventually } from '../support/client.js';
import { MailHost, mailFrom } from '../support/mail-host.js';

const fields = `id kind direction text html status error externalId replyTo { id } mail { subject from to cc authenticated automatic }
  attachments { kind name contentType size status url }`;
interface Message {
  readonly id: string;
  readonly direction: string;
  readonly text: string | null;
  readonly html: string | null;
  readonly status: string;
  readonly error: string | null;
  readonly externalId: string | null;
  readonly replyTo: { id: string } | null;
  readonly mail: {
    subject: string;
    from: string;
    to: string[];
    cc: string[];
    authenticated: boolean;
    automatic: boolean;
  } | null;
  readonly attachments: readonly {
    kind: string;
    name: string;
    contentType: string;
    size: number;
    status: string;
    url: string;
  }[];
}
interface Thread {
  readonly id: string;
  readonly subject: string | null;
  readonly spam: boolean;
  readonly contact: { name: string | null; emails: string[]; identities: { kind: string; externalId: string }[] };
  readonly messagingWindow: { open: boolean; closesAt: string | null };
  readonly messages: { readonly nodes: readonly Message[] };
}

describe('an e-mail is answered', () => {
  let host: MailHost;
  let app: TestApp;
  let client: TestClient;
  let sql: pg.Client;
  let channelId: string;

  beforeAll(async () => {
    host = await MailHost.start();
    app = await startTestApp({ environment: host.environment });
    client = await TestClient.signedUp(app.url);
    sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
  });
  afterAll(async () => {
    await sql.end();
    await client.close();
    await app.close();
    await host.close();
  });

  const connect = async (more: object = {}) =>
    (
      await client.ask<{
        connectEmail: { id: string; kind: string; status: string; name: string; externalId: string };
      }>(`mutation ($input: ConnectEmailInput!) { connectEmail(input: $input) { id kind status name externalId } }`, {
        input: host.input(more),
      })
    ).connectEmail;
  const threads = async (filter = ''): Promise<readonly Thread[]> =>
    (
      await client.ask<{ conversations: { nodes: Thread[] } }>(
        `{ conversations(first: 50 ${filter}) { nodes { id subject spam messagingWindow { open closesAt }
           contact { name emails identities { kind externalId } } messages(first: 50) { nodes { ${fields} } } } } }`,
      )
    ).conversations.nodes;
  const arrived = (id: string, filter = '', holds: (message: Message) => boolean = () => true) =>
    eventually(async () => {
      for (const thread of await threads(filter)) {
        const message = thread.messages.nodes.find(({ externalId }) => externalId === id);
        if (message !== undefined && holds(message)) return { thread, message };
      }
      return null;
    }, 15_000);
  const send = async (conversationId: string, text: string, more: object = {}) =>
    (
      await client.ask<{ sendMessage: Message }>(
        `mutation ($input: SendMessageInput!) { sendMessage(input: $input) { ${fields} } }`,
        { input: { conversationId, text, idempotencyKey: randomUUID(), ...more } },
      )
    ).sendMessage;
  const settled = (id: string, status: string) =>
    eventually(async () => {
      const found = (await threads()).flatMap(({ messages }) => messages.nodes).find((one) => one.id === id);
      return found?.status === status ? found : null;
    }, 15_000);

  it('arrives in a mailbox that a member connected [promise 1] [promise 2] [promise 5] [promise 31]', async () => {
    host.imap.deliver(mailFrom('Before <before@mail.example>', { text: 'too early' }).raw);
    const channel = await connect();
    expect(channel).toMatchObject({ kind: 'EMAIL', status: 'CONNECTED', name: 'support@shop.example' });
    channelId = channel.id;
    const mail = mailFrom('=?utf-8?q?Ay=C5=9Fe?= <Ayse@Mail.example>', {
      text: 'Merhaba, kargo nerede?',
      subject: 'Kargo',
    });
    host.imap.deliver(mail.raw);
    const { thread, message } = await arrived(mail.id);
    expect(message).toMatchObject({
      direction: 'INBOUND',
      text: 'Merhaba, kargo nerede?',
      html: null,
      mail: {
        subject: 'Kargo',
        from: 'Ayşe <ayse@mail.example>',
        to: ['support@shop.example'],
        cc: [],
        authenticated: false,
        automatic: false,
      },
    });
    expect(thread).toMatchObject({
      subject: 'Kargo',
      spam: false,
      contact: {
        name: 'Ayşe',
        emails: ['ayse@mail.example'],
        identities: [{ kind: 'EMAIL', externalId: 'ayse@mail.example' }],
      },
      messagingWindow: { open: true, closesAt: null },
    });
    expect((await threads()).length).toBe(1);
  });

  it('changes nothing in the mailbox: no mail is marked, moved or removed', () => {
    expect(host.imap.commands.length).toBeGreaterThan(5);
    expect(
      host.imap.commands.filter((command) =>
        /^(?:UID )?(?:STORE|COPY|MOVE|EXPUNGE|APPEND|SELECT|DELETE)\b|BODY\[/.test(command),
      ),
    ).toEqual([]);
  });
});
