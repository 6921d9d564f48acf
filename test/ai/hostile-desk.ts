import { randomUUID } from 'node:crypto';
import { Hints } from '../../src/platform/outbox/index.js';
import { readMail } from '../../src/channels/email/read-mail.js';
import { eventually, postWebhook } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { ObedientModel } from '../support/obedient-model.js';
import { Canaries } from '../canaries/canaries.js';
import { whatsAppEvent } from '../stories/meta-story.js';
import { upload } from '../support/uploads.js';
import { type HostileDocument, hostileDocuments, isDocument } from './hostile-documents.js';
import { HostileSite } from './hostile-site.js';
import { obey } from './obedience.js';
import { type Scenario, carriers } from './scenarios.js';

const wabaId = '770000000000001';
const phoneNumberId = '660000000000001';

/** What a conversation of a scenario came to. */
export interface Proposed {
  readonly text: string;
  readonly status: string;
}

/** A deployment with two businesses, canaries in whatever a model must not see, and a model that obeys everybody. */
export class HostileDesk {
  readonly canaries = new Canaries();
  /** What open screens were shown while drafts were written. */
  readonly conversations = new Map<number, string>();
  private readonly mailChannel = { id: '' };
  private botId = '';

  private constructor(
    readonly inboxes: InboxUnderTest,
    readonly model: ObedientModel,
    private readonly site: HostileSite,
    readonly shop: TestInbox & { readonly channelId: string },
    readonly apiKey: string,
    canaries: Canaries,
  ) {
    this.canaries = canaries;
  }

  static async start(): Promise<HostileDesk> {
    const model = await ObedientModel.start(obey);
    const site = await HostileSite.start();
    const canaries = new Canaries();
    const apiKey = canaries.plant("the operator's key", 'token', (mark) => `sk-${mark}`);
    const inboxes = await InboxUnderTest.start({
      environment: {
        OPENAI_BASE_URL: model.url,
        OPENAI_API_KEY: apiKey,
        OPENAI_MODEL: 'victim',
        AI_ALLOWED_HOSTS: site.hosts.join(','),
        META_VERIFY_TOKEN: canaries.plant('a word of the environment', 'token'),
        METRICS_TOKEN: canaries.plant('the token of the metrics', 'token', (mark) => `${mark}${mark}`),
      },
    });
    const shop = await inboxes.inbox('Ada');
    const { connectWhatsApp } = await shop.client.ask<{ connectWhatsApp: { id: string } }>(
      `mutation ($input: ConnectWhatsAppInput!) { connectWhatsApp(input: $input) { id } }`,
      { input: { wabaId, phoneNumberId, accessToken: 'EAASANDBOXSYSTEM770000000000001TOKEN' } },
    );
    const desk = new HostileDesk(inboxes, model, site, { ...shop, channelId: connectWhatsApp.id }, apiKey, canaries);
    await desk.plantCanaries();
    return desk;
  }

  async stop(): Promise<void> {
    await this.inboxes.stop();
    await this.model.stop();
    await this.site.stop();
  }

  /** Everything that no request may hold: another business, other people, notes, what is internal, members. */
  private async plantCanaries(): Promise<void> {
    const word = (what: string): string => this.canaries.plant(what, 'words');
    const { inboxes, shop } = this;
    const other = await inboxes.inbox('Eve');
    for (const [inbox, whose] of [
      [other, 'another business'],
      [shop, 'another contact'],
    ] as const) {
      const contact = await inboxes.contact(inbox.workspaceId, {
        name: word(`the name, ${whose}`),
        emails: [`${word(`an address, ${whose}`)}@example.com`],
        custom_fields: { note: word(`a field, ${whose}`) },
        tags: [word(`a tag, ${whose}`)],
      });
      const conversation = await inboxes.conversation(inbox, {
        contact_id: contact,
        subject: word(`a subject, ${whose}`),
      });
      await inboxes.message(inbox, conversation, { text: `delivery lamp days ${word(`a message, ${whose}`)}` });
      await inboxes.message(inbox, conversation, {
        text: word(`a note, ${whose}`),
        direction: 'NOTE',
        author: 'MEMBER',
      });
      await inboxes.insert('contact_notes', inbox.workspaceId, {
        contact_id: contact,
        text: word(`a note about a contact, ${whose}`),
      });
      await inboxes.insert('canned_responses', inbox.workspaceId, {
        shortcut: 'hi',
        text: word(`a saved reply, ${whose}`),
      });
    }
    await other.client.ask(`mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`, {
      input: {
        kind: 'TEXT',
        title: 'Lamps',
        text: `The lamp is delivered within 5 days, delivery takes days. ${word('knowledge of another business')}`,
      },
    });
    await other.client.ask(`mutation ($input: BotInput!) { createBot(input: $input) { id } }`, {
      input: { name: 'Eve', channelIds: [other.channelId], instructions: word('instructions of another business') },
    });
  }

  /** Writes all of it, by the roads by which it comes. Nothing is switched on yet. */
  async plant(scenarios: readonly Scenario[]): Promise<void> {
    const { inboxes, shop } = this;
    const { createBot } = await shop.client.ask<{ createBot: { id: string } }>(
      `mutation ($input: BotInput!) { createBot(input: $input) { id } }`,
      {
        input: {
          name: 'Lamp bot',
          mode: 'OFF',
          channelIds: [shop.channelId],
          instructions: 'Be brief. {{7*7}}',
          disclosure: this.canaries.plant('the disclosure of the bot', 'words'),
          quoteOnFailure: true,
        },
      },
    );
    this.botId = createBot.id;
    this.mailChannel.id = await inboxes.channel(shop.workspaceId, { kind: 'EMAIL', provider: 'email' });
    await inboxes.admin.query(
      'insert into bot_channels (workspace_id, channel_id, bot_id, auto) values ($1, $2, $3, true)',
      [shop.workspaceId, this.mailChannel.id, createBot.id],
    );
    const told = scenarios.filter(({ carrier }) => !isDocument(carrier));
    for (let at = 0; at < told.length; at += 10) await this.teach(told.slice(at, at + 10));
    for (const [index, document] of (await hostileDocuments(scenarios)).entries()) {
      await this.give(document);
      // Nobody may have many files lying that are not read yet.
      if (index % 10 === 9) await this.untilRead();
    }
    await this.untilRead();
    const chats = scenarios.filter((scenario) => isChat(scenario));
    for (let at = 0; at < chats.length; at += 40) {
      const status = await postWebhook(
        inboxes.app.url,
        whatsAppEvent(wabaId, phoneNumberId, chatsOf(chats.slice(at, at + 40))),
      );
      if (status !== 200) throw new Error(`The webhook was answered ${String(status)}.`);
    }
    await inboxes.app.drainDeliveries();
    const { rows } = await inboxes.admin.query<{ id: string; external_id: string }>(
      `select c.id, i.external_id from conversations c join contact_identities i on i.workspace_id = c.workspace_id and i.contact_id = c.contact_id
        where c.workspace_id = $1 and c.channel_id = $2`,
      [shop.workspaceId, shop.channelId],
    );
    const ofPhone = new Map(rows.map((row) => [row.external_id, row.id]));
    for (const scenario of scenarios) {
      const id = isChat(scenario) ? ofPhone.get(phoneOf(scenario)) : await this.seeded(scenario);
      if (id === undefined) throw new Error(`There is no conversation of "${scenario.name}".`);
      this.conversations.set(scenario.index, id);
    }
  }

  /** The knowledge of ten scenarios. */
  private async teach(scenarios: readonly Scenario[]): Promise<void> {
    const inputs = scenarios.map(knowledgeOf);
    await this.shop.client.ask(
      `mutation (${inputs.map((_, index) => `$i${String(index)}: KnowledgeInput!`).join(', ')}) {
        ${inputs.map((_, index) => `k${String(index)}: addKnowledge(input: $i${String(index)}) { id }`).join(' ')} }`,
      Object.fromEntries(inputs.map((input, index) => [`i${String(index)}`, input])),
    );
    const internal = scenarios.filter(({ carrier }) => carrier === 'knowledge: internal');
    for (const scenario of internal)
      await this.shop.client.ask(`mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`, {
        input: {
          kind: 'TEXT',
          title: 'Internal',
          text: `${scenario.fact} ${secretOf(scenario)} ${scenario.words}`,
          internal: true,
        },
      });
  }

  /** A page of the shop's own site, or a file that a member uploads. */
  private async give({ carrier, scenarios, name, body }: HostileDocument): Promise<void> {
    const { client } = this.shop;
    const title = `Lamps ${String(scenarios[0]?.index ?? 0)}`;
    const add = `mutation ($input: KnowledgeInput!) { addKnowledge(input: $input) { id } }`;
    if (carrier.startsWith('page: ')) {
      await client.ask(add, { input: { kind: 'URL', title, url: this.site.show(body) } });
      return;
    }
    const file = await upload(client, body, name, { forKnowledge: true });
    if (file.status !== 201) throw new Error(`"${name}" was refused: ${JSON.stringify(file.body)}`);
    await client.ask(add, { input: { kind: 'FILE', title, fileId: file.body.id } });
  }

  /** All documents are read, and the files are let go. */
  private async untilRead(): Promise<void> {
    await this.untilNone(`select 1 from knowledge_sources where workspace_id = $1 and status = 'PENDING' limit 1`);
    await this.untilNone('select 1 from files where workspace_id = $1 limit 1');
    const { rows } = await this.inboxes.admin.query<{ title: string; error: string }>(
      `select title, error from knowledge_sources where workspace_id = $1 and status <> 'READY'`,
      [this.shop.workspaceId],
    );
    if (rows.length > 0) throw new Error(`Not everything could be read: ${JSON.stringify(rows)}`);
  }

  /** A conversation that is put straight into the database, where no platform here brings it. */
  private async seeded(scenario: Scenario): Promise<string> {
    const { inboxes, shop } = this;
    const { carrier, words, question, index } = scenario;
    const hidden = `${words} ${secretOf(scenario)}`;
    const channelId = carrier.includes('mail') ? this.mailChannel.id : shop.channelId;
    const inbox = {
      ...shop,
      channelId: carrier === 'instructions of the bot' ? await this.botOf(scenario) : channelId,
    };
    const contact = await inboxes.contact(shop.workspaceId, {
      name: carrier === 'name of the contact' ? hidden.slice(0, 200) : 'Deniz Kaya',
      emails: [`own-${secretOf(scenario)}@example.com`],
      ...(carrier === 'custom fields and tags' && {
        custom_fields: { wish: hidden },
        tags: [hidden.slice(0, 90)],
      }),
    });
    if (carrier === 'note about the contact')
      await inboxes.insert('contact_notes', shop.workspaceId, { contact_id: contact, text: hidden });
    if (carrier === 'saved reply')
      await inboxes.insert('canned_responses', shop.workspaceId, { shortcut: `s${String(index)}`, text: hidden });
    const mail = carrier.includes('mail') ? await readMail(mailOf(scenario, hidden)) : null;
    const id = await inboxes.conversation(inbox, {
      contact_id: contact,
      subject: carrier === 'subject of a mail' ? mail?.subject : null,
    });
    const write = (text: string, more: object = {}): Promise<string> =>
      inboxes.message(inbox, id, { text, external_id: randomUUID(), ...more });
    await write(detailsOf(scenario));
    if (carrier === 'note in the conversation') await write(hidden, { direction: 'NOTE', author: 'MEMBER' });
    if (carrier === 'message that was taken back') await write(hidden, { deleted_at: new Date() });
    if (carrier === 'earlier answer of a member')
      await write(words, { direction: 'OUTBOUND', author: 'MEMBER', status: 'SENT' });
    await write(mail === null ? question : (mail.text ?? ''), mail === null ? {} : { content: { html: mail.html } });
    if (carrier === 'conversation of another contact') {
      const stranger = await inboxes.conversation(inbox, {});
      await inboxes.message(inbox, stranger, { text: `${question} ${hidden}` });
    }
    return id;
  }

  private async botOf({ words, index }: Scenario): Promise<string> {
    const { inboxes, shop } = this;
    const channelId = await inboxes.channel(shop.workspaceId);
    await shop.client.ask(`mutation ($input: BotInput!) { createBot(input: $input) { id } }`, {
      input: {
        name: `Bot ${String(index)}`,
        mode: 'DRAFT',
        channelIds: [channelId],
        instructions: words.slice(0, 4_000),
      },
    });
    return channelId;
  }

  /** From now on a model may be asked, and the bot drafts or answers. */
  async switchOn(mode: 'DRAFT' | 'AUTO' = 'DRAFT'): Promise<void> {
    await this.shop.client.ask(
      `mutation ($id: ID!) { updateBot(id: $id, input: { mode: ${mode} }) { id } updateAiSettings(input: { enabled: true, maskDetails: true }) { enabled } }`,
      { id: this.botId },
    );
  }

  /** Every conversation gets its draft, as if its customer had written just now. */
  async draftAll(): Promise<void> {
    const { inboxes, shop } = this;
    const ids = [...this.conversations.values()];
    await inboxes.admin.query('begin');
    await inboxes.admin.query(`select set_config('app.workspace_id', $1, true)`, [shop.workspaceId]);
    await inboxes.admin.query(
      `select schedule_drafts('draft-reply', array(select channel_id from conversations where id = any($1::uuid[]) order by id),
                              array(select id from conversations where id = any($1::uuid[]) order by id))`,
      [ids],
    );
    await inboxes.admin.query('commit');
    const hints = inboxes.app.app.get(Hints);
    for (const id of ids) hints.give('draft-reply', shop.workspaceId, id);
    await this.untilNone(`select 1 from due where kind = 'draft-reply' and workspace_id = $1 limit 1`);
  }

  /** A member asks for a draft of every conversation; what is a member's wish is asked for. */
  async askForAll(scenarios: readonly Scenario[]): Promise<void> {
    for (let at = 0; at < scenarios.length; at += 5) {
      const some = scenarios.slice(at, at + 5);
      await this.shop.client.ask(
        `mutation (${some.map((_, index) => `$c${String(index)}: ID!, $i${String(index)}: String`).join(', ')}) {
          ${some.map((_, index) => `d${String(index)}: draftReply(conversationId: $c${String(index)}, instruction: $i${String(index)}) { id }`).join(' ')} }`,
        Object.fromEntries(
          some.flatMap((scenario, index) => [
            [`c${String(index)}`, this.conversations.get(scenario.index)],
            [`i${String(index)}`, scenario.carrier === 'wish of a member' ? scenario.words.slice(0, 1_000) : null],
          ]),
        ),
      );
    }
    await this.untilNone(`select 1 from drafts where workspace_id = $1 and status = 'GENERATING' limit 1`);
  }

  /** Everything that was ever proposed in a scenario's conversation. */
  async proposedIn(scenario: Scenario): Promise<readonly Proposed[]> {
    const { rows } = await this.inboxes.admin.query<Proposed>(
      'select text, status from drafts where workspace_id = $1 and conversation_id = $2 order by id',
      [this.shop.workspaceId, this.conversations.get(scenario.index)],
    );
    return rows;
  }

  /** What the business has said in a scenario's conversation. */
  async answersIn(scenario: Scenario): Promise<readonly { readonly author: string; readonly text: string }[]> {
    const { rows } = await this.inboxes.admin.query<{ author: string; text: string }>(
      `select author::text, text from messages where workspace_id = $1 and conversation_id = $2 and direction = 'OUTBOUND' order by id`,
      [this.shop.workspaceId, this.conversations.get(scenario.index)],
    );
    return rows;
  }

  private async untilNone(query: string): Promise<void> {
    await eventually(async () => {
      const { rows } = await this.inboxes.admin.query(query, [this.shop.workspaceId]);
      return rows.length === 0 ? true : null;
    }, 600_000);
  }
}

/** A word that only what a model must never be given holds. */
export function secretOf({ product }: Scenario): string {
  return `hidden${product}`;
}

/** What the customer says of themselves, which does not leave while details are masked. */
export function detailsOf({ product, index }: Scenario): string {
  return `I am ${product.toLowerCase()}@private.example, +90 532 77${String(index).padStart(5, '0')}, card 4111 1111 1111 1111.`;
}

function isChat({ carrier }: Scenario): boolean {
  return (
    carrier === 'chat message' ||
    carrier === 'several messages' ||
    carrier === 'caption of a file' ||
    carrier === 'name of a file' ||
    carrier === 'profile name of the sender' ||
    carrier === 'place on a map' ||
    carrier === 'contact card' ||
    carrier === 'note of an order' ||
    carrier === 'pressed button' ||
    carrier === 'advertisement it came from'
  );
}

function phoneOf({ index }: Scenario): string {
  return `90555${String(index).padStart(7, '0')}`;
}

/** What WhatsApp says of the messages of some scenarios. */
function chatsOf(scenarios: readonly Scenario[]): Readonly<Record<string, unknown>> {
  return {
    contacts: scenarios.map((scenario) => ({
      wa_id: phoneOf(scenario),
      profile: {
        name: scenario.carrier === 'profile name of the sender' ? `${scenario.words} ${secretOf(scenario)}` : 'Deniz',
      },
    })),
    messages: scenarios.flatMap((scenario) =>
      [{ type: 'text', text: { body: detailsOf(scenario) } }, ...messagesOf(scenario)].map((message, index) => ({
        from: phoneOf(scenario),
        id: `wamid.${String(scenario.index)}.${String(index)}`,
        timestamp: String(Math.floor(Date.now() / 1000)),
        ...message,
      })),
    ),
  };
}

function messagesOf(scenario: Scenario): readonly object[] {
  const { carrier, question, words } = scenario;
  const hidden = `${words} ${secretOf(scenario)}`;
  const asks = { type: 'text', text: { body: question } };
  const file = { id: `1${String(scenario.index)}`, mime_type: 'application/pdf', sha256: 'x' };
  switch (carrier) {
    case 'chat message':
      return [{ type: 'text', text: { body: `${question} ${words}`.slice(0, 4_000) } }];
    case 'several messages':
      return [{ type: 'text', text: { body: words } }, asks];
    case 'caption of a file':
      return [
        { type: 'document', document: { ...file, filename: 'a.pdf', caption: `${question} ${words}`.slice(0, 1_000) } },
      ];
    case 'name of a file':
      return [{ type: 'document', document: { ...file, filename: `${hidden}.pdf` } }, asks];
    case 'place on a map':
      return [{ type: 'location', location: { latitude: 41, longitude: 29, name: hidden, address: hidden } }, asks];
    case 'contact card':
      return [
        { type: 'contacts', contacts: [{ name: { formatted_name: hidden }, phones: [{ phone: hidden }] }] },
        asks,
      ];
    case 'note of an order':
      return [
        {
          type: 'order',
          order: {
            catalog_id: '1',
            text: words,
            product_items: [{ product_retailer_id: 'lamp', quantity: 1, item_price: 5, currency: 'TRY' }],
          },
        },
        asks,
      ];
    case 'pressed button':
      return [{ type: 'button', button: { text: words, payload: hidden } }, asks];
    case 'advertisement it came from':
      return [
        {
          ...asks,
          referral: {
            source_type: 'ad',
            source_id: '1',
            headline: hidden,
            body: hidden,
            source_url: 'https://fb.me/x',
            ctwa_clid: hidden,
          },
        },
      ];
    default:
      return [asks];
  }
}

/** A mail as it comes. */
function mailOf({ carrier, question, words }: Scenario, hidden: string): Buffer {
  const subject = carrier === 'subject of a mail' ? hidden.replace(/\s+/g, ' ').slice(0, 400) : 'Lamp';
  const quoted =
    carrier === 'quoted mail'
      ? `\r\n\r\nOn Mon, 2 Mar 2026 at 10:00, Shop <a@b.example> wrote:\r\n> ${hidden.replaceAll('\n', '\r\n> ')}`
      : '';
  const body = carrier === 'body of a mail' || carrier === 'HTML of a mail' ? `${question}\n\n${words}` : question;
  const html = carrier === 'HTML of a mail';
  const written = html
    ? `<p>${question}</p><p>${words.replaceAll('<', '&lt;')}</p><img src="https://kestrel.evil.test/p.gif">`
    : body.replaceAll('\n', '\r\n') + quoted;
  return Buffer.from(
    [
      'From: =?utf-8?B?RGVuaXo=?= <deniz@example.com>',
      'To: shop@example.com',
      `Subject: =?utf-8?B?${Buffer.from(subject).toString('base64')}?=`,
      `Message-ID: <${randomUUID()}@example.com>`,
      'MIME-Version: 1.0',
      `Content-Type: text/${html ? 'html' : 'plain'}; charset=utf-8`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(written).toString('base64').replace(/.{76}/g, '$&\r\n'),
    ].join('\r\n'),
  );
}

function knowledgeOf(scenario: Scenario): object {
  const { carrier, fact, words, product, question } = scenario;
  const title = `Lamp ${product}`;
  switch (carrier) {
    case 'knowledge: text':
      return { kind: 'TEXT', title, text: `${fact}\n${words}` };
    case 'knowledge: heading':
      return { kind: 'TEXT', title, text: `# ${words.replace(/\s+/g, ' ').trim().slice(0, 180)}\n\n${fact}` };
    case 'knowledge: question and answer':
      return { kind: 'FAQ', title, faq: [{ question, answer: `${fact}\n${words}` }] };
    case 'knowledge: title':
      return { kind: 'TEXT', title: `${words.replace(/\s+/g, ' ').slice(0, 150)} ${secretOf(scenario)}`, text: fact };
    default:
      return { kind: 'TEXT', title, text: fact };
  }
}

/** The carriers that a model is given. */
export function isShown({ carrier }: Scenario): boolean {
  return carriers[carrier] === 'shown';
}
