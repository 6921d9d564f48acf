import { createHmac, randomBytes, randomUUID } from 'node:crypto';
import { type MailCatcher, startMailCatcher } from '../../apps/sandbox/mail/catcher.js';
import { Config } from '../../src/platform/config/index.js';
import { postgresLog } from '../canaries/canaries.js';
import { eventually } from '../support/client.js';
import { FakeGraph } from '../support/fake-graph.js';
import { ImapServer } from '../support/imap-server.js';
import { MailHost, mailFrom } from '../support/mail-host.js';
import { type Platform, SandboxStory, platforms } from '../support/sandbox-story.js';
import { shopifySecret } from '../support/privacy-doors.js';
import { type TestWebChat, TestVisitor, createWebChat, proofOf } from '../support/visitor.js';
import { connectModel, drafted, openedDeliveries, setAside, toBeSent } from './kept-beside.js';
import { type Place, databaseDump, filesIn, redisPlace } from './residue.js';

const lineSecret = '0123456789abcdef0123456789abcdef';
export const privacyAddress = 'privacy@parley.example';
export const shopAddress = 'canary-shop.example';

const letters = () => [...randomBytes(12)].map((byte) => String.fromCharCode(97 + (byte % 16))).join('');
const digits = (count: number) => Array.from({ length: count }, () => String(randomBytes(1).readUInt8() % 10)).join('');
const png = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'base64',
);

/** Makes a word of theirs; with `ş/` in it, so that JSON, addresses and both orders of UTF-16 write it differently. */
type Word = (what: string, sign?: string) => string;

/** Files that take words along, and what else is sent, on each platform. */
const withWords = {
  messenger: ['image', 'file'],
  instagram: ['image', 'video'],
  whatsapp: ['image', 'document'],
  telegram: ['photo', 'document'],
} as const;
const bare = {
  messenger: ['sticker', 'postback'],
  instagram: ['story_reply', 'share'],
  whatsapp: ['contacts', 'location'],
  telegram: ['contact', 'location'],
} as const;

/** One person as all channels and doors have them: each word is found nowhere else. */
export interface Person {
  /** What must be nowhere once they were erased. */
  readonly words: readonly string[];
  readonly contactId: string;
  /** By channel: where it was written with them, and the words of that conversation alone. */
  readonly conversations: Readonly<Record<string, { readonly id: string; readonly words: readonly string[] }>>;
  readonly mail: string;
  readonly pageScopedId: string;
  readonly visitor: TestVisitor;
}

/** The whole server with every channel connected, and every door for requests open. */
export class EveryChannel {
  private constructor(
    readonly story: SandboxStory,
    private readonly line: FakeGraph,
    private readonly mailbox: MailHost,
    readonly privacyMailbox: ImapServer,
    /** What left the house by mail. */
    readonly caught: MailCatcher,
    private readonly chat: TestWebChat,
    private readonly lineUrl: string,
  ) {}

  static async connect(): Promise<EveryChannel> {
    const [line, mailbox, privacyMailbox, caught] = await Promise.all([
      FakeGraph.start(),
      MailHost.start(),
      ImapServer.start(),
      startMailCatcher(),
    ]);
    line.answer = ({ path }) =>
      path.endsWith('/push')
        ? { body: { sentMessages: [{ id: digits(15) }] } }
        : { body: { userId: 'U66', displayName: 'Shop' } };
    const hosts = [mailbox.environment['MAIL_ALLOWED_HOSTS'], `127.0.0.1:${String(privacyMailbox.port)}`];
    const story = await SandboxStory.start({
      AI_ALLOWED_HOSTS: '127.0.0.1',
      LINE_API_URL: line.url,
      MAIL_ALLOWED_HOSTS: hosts.join(','),
      SMTP_URL: caught.url,
      SHOPIFY_CLIENT_SECRET: shopifySecret,
      PRIVACY_EMAIL: privacyAddress,
      PRIVACY_MAILBOX_URL: `${privacyMailbox.url()}/INBOX`,
    });
    await story.owner.query(`update workspaces set controller = $1`, [JSON.stringify({ website: shopAddress })]);
    for (const platform of platforms) await story.connect(platform);
    await story.client.ask('mutation ($input: ConnectEmailInput!) { connectEmail(input: $input) { id } }', {
      input: mailbox.input(),
    });
    const { connectLine } = await story.client.ask<{ connectLine: { id: string } }>(
      'mutation ($input: ConnectLineInput!) { connectLine(input: $input) { id } }',
      { input: { channelAccessToken: 'LINETOKEN', channelSecret: lineSecret } },
    );
    await connectModel(story);
    const chat = await createWebChat(story.client);
    const lineUrl = `${story.app.url}/webhooks/line/${connectLine.id}`;
    return new EveryChannel(story, line, mailbox, privacyMailbox, caught, chat, lineUrl);
  }

  async stop(): Promise<void> {
    await this.story.stop();
    await Promise.all([this.line.stop(), this.mailbox.close(), this.privacyMailbox.close(), this.caught.close()]);
  }

  /** Somebody writes on every channel, is answered on each, and members do with them all that there is to do. */
  async person(): Promise<Person> {
    const words: string[] = [];
    const word: Word = (what, sign = 'ş/') => {
      const made = `${what}${sign}${letters()}`;
      words.push(made);
      return made;
    };
    const plain = (made: string) => {
      words.push(made);
      return made;
    };
    const conversations: Record<string, { id: string; words: string[] }> = {};
    const within = async (channel: string, play: (said: string) => Promise<unknown>) => {
      const from = words.length;
      const said = word('said');
      await play(said);
      const id = await this.story.conversationOf(said);
      await this.answer(id, word);
      // What somebody is called is the contact's, who stays where one conversation goes.
      const own = words.slice(from).filter((one) => !/^(sender|visitor)/.test(one));
      conversations[channel] = { id, words: own };
    };
    const ids: Record<string, string> = {};
    for (const platform of platforms) {
      const id = plain(platform === 'telegram' ? `9${digits(13)}` : `90555${digits(11)}`);
      ids[platform] = id;
      await this.story.newCustomer(platform, { id, name: word('name') });
      await within(platform, async (said) => {
        await this.story.play(platform, { kind: 'text', text: said }, id);
        await this.play(platform, id, said, word);
      });
    }
    const mail = plain(`${letters()}@mail.example`);
    await within('mail', (said) => Promise.resolve(this.writeMail(mail, said, word)));
    const lineId = plain(`U${randomBytes(16).toString('hex')}`);
    await within('line', (said) => this.writeLine(lineId, said));
    const visitor = new TestVisitor(this.story.app.url, this.chat);
    await within('site', (said) => this.writeOnSite(visitor, said, word));
    const { rows: visitors } = await this.story.owner.query<{ address: string }>(
      `select i.external_id as address from contact_identities i join conversations c on c.contact_id = i.contact_id where c.id = $1`,
      [conversations['site']?.id],
    );
    const addresses = [...Object.values(ids), mail, lineId, ...visitors.map(({ address }) => address)];
    for (const address of addresses) await setAside(this.story, address, word('aside'));
    const contactId = await this.merged(Object.values(conversations).map(({ id }) => id));
    await this.membersWork(contactId, mail, word);
    await this.settled();
    for (const { id, words: own } of Object.values(conversations)) {
      own.push(word('later'));
      await toBeSent(this.story, id, own.at(-1) ?? '');
    }
    const pageScopedId = ids['messenger'] ?? '';
    return { words, contactId, conversations, mail, pageScopedId, visitor };
  }

  /** All that the product has on disk or in Redis, but the journal: it has to hold ids to do its work. */
  async everything(): Promise<Place[]> {
    const { app } = this.story;
    const files = await filesIn(app.app.get(Config).dataDir);
    return [
      ...(await databaseDump(app.database.ownerUrl)),
      await openedDeliveries(this.story),
      await redisPlace(app.database.redisUrl),
      ...files.filter(({ where }) => !where.startsWith('file journal/')),
      { where: 'the log of Postgres', bytes: Buffer.from(await postgresLog()) },
    ];
  }

  /** The request with this code is done, its mails are sent, and its receipt can be had. */
  async done(code: string): Promise<void> {
    await eventually(async () => {
      const answer = await fetch(`${this.story.app.url}/privacy/requests/${code}/receipt.json`);
      return answer.status === 200 ? true : null;
    }, 60_000);
    await eventually(
      async () => ((await this.story.owner.query('select from mails')).rowCount === 0 ? true : null),
      20_000,
    );
  }

  /** What else people do on a platform: files with words, places, cards, edits and reactions. */
  private async play(platform: Platform, id: string, said: string, word: Word): Promise<void> {
    const play = (event: Record<string, unknown>) => this.story.play(platform, event, id);
    for (const kind of withWords[platform]) await play({ kind, caption: word('caption') });
    for (const kind of bare[platform]) await play({ kind });
    const { rows } = await this.story.owner.query<{ id: string }>(
      'select external_id as id from messages where text = $1',
      [said],
    );
    await play({ kind: 'reaction', targetId: rows[0]?.id, emoji: '👍' });
    if (platform === 'whatsapp') return;
    const target = await play({ kind: 'text', text: `before ${platform}` });
    await play({ kind: 'edit', targetId: target, text: word('edited') });
  }

  private writeMail(from: string, said: string, word: Word): void {
    const boundary = 'canary';
    const body = [
      `--${boundary}`,
      'Content-Type: text/plain; charset=utf-8',
      '',
      said,
      `--${boundary}`,
      'Content-Type: text/plain; name="bill.txt"',
      'Content-Disposition: attachment; filename="bill.txt"',
      '',
      word('bill'),
      `--${boundary}--`,
    ].join('\n');
    const headers = { 'Content-Type': `multipart/mixed; boundary=${boundary}` };
    const name = word('sender', '-');
    this.mailbox.imap.deliver(
      mailFrom(`"${name}" <${from}>`, { text: body, subject: `Order ${letters()}`, headers }).raw,
    );
  }

  private async writeLine(userId: string, text: string): Promise<void> {
    const event = {
      type: 'message',
      timestamp: Date.now(),
      source: { type: 'user', userId },
      mode: 'active',
      webhookEventId: randomUUID(),
      message: { id: digits(15), type: 'text', text },
    };
    const body = JSON.stringify({ destination: 'U66', events: [event] });
    const signature = createHmac('sha256', lineSecret).update(body).digest('base64');
    const headers = { 'content-type': 'application/json', 'x-line-signature': signature };
    expect((await fetch(this.lineUrl, { method: 'POST', headers, body })).status).toBe(200);
    await this.story.app.drainDeliveries();
  }

  private async writeOnSite(visitor: TestVisitor, said: string, word: Word): Promise<void> {
    // The site says who it is: nobody else speaks for the other channels too.
    const id = word('visitor', '-');
    await visitor.open({ identity: { id, hash: proofOf(this.chat.secret, id), name: word('visitor') } });
    const upload = async (what: string) => {
      const form = new FormData();
      form.append('file', new File([new Uint8Array(png)], `${word(what, 'ş-')}.png`));
      return (await visitor.call<{ id: string }>('POST', 'files', form)).body.id;
    };
    await visitor.write(said, { attachmentIds: [await upload('upload')] });
    // One that is never sent.
    await upload('unsent');
  }

  /** A member has an answer drafted, answers, notes something with a mention, begins to write, and labels it. */
  private async answer(id: string, word: Word): Promise<void> {
    const { client } = this.story;
    await drafted(this.story, id, word('wish'));
    await this.story.send(id, { text: word('answer') });
    const { rows: members } = await this.story.owner.query<{ id: string }>('select id from members');
    await client.ask(
      'mutation ($id: ID!, $text: String!, $who: [ID!]) { addNote(conversationId: $id, text: $text, mentions: $who) { id } }',
      { id, text: word('note'), who: members.map((member) => member.id) },
    );
    await client.ask(
      'mutation ($id: ID!, $text: String!) { saveComposerDraft(conversationId: $id, text: $text) { text } }',
      { id, text: word('draft') },
    );
  }

  private async merged(conversationIds: readonly string[]): Promise<string> {
    const { rows } = await this.story.owner.query<{ id: string }>(
      'select distinct contact_id as id from conversations where id = any ($1)',
      [conversationIds],
    );
    const [keep, ...others] = rows.map(({ id }) => id);
    await this.story.client.ask(
      'mutation ($keep: ID!, $others: [ID!]!) { mergeContacts(keepId: $keep, mergeIds: $others) { id } }',
      { keep, others },
    );
    return keep ?? '';
  }

  /** What stands beside the conversations: details, notes, a view, requests, a copy that was made. */
  private async membersWork(contactId: string, mail: string, word: Word): Promise<void> {
    const { client } = this.story;
    await client.ask('mutation ($input: UpdateContactInput!) { updateContact(input: $input) { id } }', {
      input: {
        id: contactId,
        name: word('called'),
        emails: [mail],
        tags: [word('tag')],
        customFields: { [word('field', '_')]: word('value') },
      },
    });
    await client.ask('mutation ($id: ID!, $text: String!) { addContactNote(contactId: $id, text: $text) { id } }', {
      id: contactId,
      text: word('about'),
    });
    await client.ask(
      'mutation ($name: String!, $mail: String!) { saveView(name: $name, filter: { search: $mail }) { id } }',
      {
        name: 'One customer',
        mail,
      },
    );
    const { openPrivacyRequest } = await client.ask<{ openPrivacyRequest: { id: string; confirmationCode: string } }>(
      'mutation ($id: ID!, $note: String!) { openPrivacyRequest(input: { kind: ACCESS, subject: { contactId: $id }, note: $note }) { id confirmationCode } }',
      { id: contactId, note: word('asked') },
    );
    await client.ask('mutation ($id: ID!, $how: String!) { verifyPrivacyRequest(id: $id, evidence: $how) { id } }', {
      id: openPrivacyRequest.id,
      how: word('evidence'),
    });
  }

  /** Nothing is on its way any more: no send, no file, no copy. */
  private settled(): Promise<true> {
    return eventually(async () => {
      const { rowCount: due } = await this.story.owner.query(
        `select from due where kind not in ('read-privacy-mailbox', 'fetch-mail') and due_at < now() + interval '5 seconds'`,
      );
      const { rowCount: fetching } = await this.story.owner.query(`select from attachments where status = 'FETCHING'`);
      return due === 0 && fetching === 0 ? true : null;
    }, 60_000);
  }
}
