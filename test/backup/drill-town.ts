import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { WithdrawConsent } from '../../src/channels/life/withdraw-consent.js';
import { Workspaces } from '../../src/platform/database/index.js';
import { CanarySubject } from '../privacy/canary-subject.js';
import { databaseDump, residue } from '../privacy/residue.js';
import { connect, metaId, metaJson, whatsAppEvent } from '../stories/meta-story.js';
import { eventually, postWebhook } from '../support/client.js';
import { GraphServer } from '../support/graph-server.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { TestVisitor, createWebChat } from '../support/visitor.js';

/** Somebody who wrote, in words that nobody else has. */
interface Customer {
  readonly phone: string;
  readonly words: readonly string[];
  readonly contactId: string;
  readonly conversationId: string;
}

/** A connected number. */
interface Line {
  readonly inbox: TestInbox;
  readonly channelId: string;
  readonly wabaId: string;
  readonly phoneNumberId: string;
}

/** What happened after the backup. */
export interface Late {
  readonly erased: number;
  /** Of whom nothing may be left. */
  readonly words: readonly string[];
  /** What was written then, and is in no backup. */
  readonly lostWords: readonly string[];
}

const letters = (bytes: number) =>
  [...randomBytes(bytes)].map((byte) => String.fromCharCode(97 + (byte % 26))).join('');

/** Two businesses with their customers, who came in by the real doors; and a day on which many of them want to go. */
export class DrillTown {
  private readonly stayed: string[] = [];
  private readonly visitors: { readonly visitor: TestVisitor; readonly words: readonly string[] }[] = [];
  private rich: CanarySubject[] = [];
  private erasing: readonly Customer[] = [];
  private talks: readonly Customer[] = [];
  private withLine: readonly Customer[] = [];
  private withShop: readonly Customer[] = [];
  private marked: readonly Customer[] = [];
  private lines: Readonly<Record<'main' | 'leaving' | 'ended' | 'withdrawn' | 'shop', Line>> | null = null;
  /** Requests, marks, holds and ended channels that have to be there again. */
  readonly marks = 8;
  private readonly asked: string[] = [];

  private constructor(
    readonly under: InboxUnderTest,
    private readonly graph: GraphServer,
    private readonly ada: TestInbox,
    private readonly eve: TestInbox,
    /** Who works for both, and is no owner. */
    private readonly zoe: TestInbox,
  ) {}

  static async start(): Promise<DrillTown> {
    const graph = await GraphServer.start();
    const under = await InboxUnderTest.start({ environment: graph.environment });
    const ada = await under.inbox('Ada');
    return new DrillTown(under, graph, ada, await under.inbox('Eve'), await under.colleague(ada, 'Zoe'));
  }

  async stop(): Promise<void> {
    await this.under.stop();
    await this.graph.stop();
  }

  /** What a server needs to meet the same platforms. */
  get environment(): Readonly<Record<string, string>> {
    return this.graph.environment;
  }

  keptWords(): readonly string[] {
    return this.stayed;
  }

  /** Everybody who is there before the backup. */
  async people(): Promise<void> {
    const { ada, eve } = this;
    const lines = {
      main: await this.line(ada),
      leaving: await this.line(ada),
      ended: await this.line(ada),
      withdrawn: await this.line(ada),
      shop: await this.line(eve),
    };
    this.lines = lines;
    this.erasing = await this.customers(lines.main, 12);
    this.talks = await this.customers(lines.main, 10);
    this.withLine = await this.customers(lines.leaving, 8);
    this.withShop = await this.customers(lines.shop, 8);
    this.marked = await this.customers(lines.main, 5);
    for (const { words } of this.marked) this.stayed.push(...words);
    const other = { ...ada, channelId: await this.under.channel(ada.workspaceId, { kind: 'WHATSAPP' }) };
    for (let n = 0; n < 6; n += 1) this.rich.push(await CanarySubject.plant(this.under, other));
    const chat = await createWebChat(ada.client);
    for (let n = 0; n < 6; n += 1) {
      const visitor = new TestVisitor(this.under.app.url, chat);
      await visitor.open();
      const words = [`visitor${letters(16)}`];
      const { status } = await visitor.write(words.join(' '));
      if (status !== 201) throw new Error(`The chat answered ${String(status)}.`);
      this.visitors.push({ visitor, words });
    }
    // Somebody before the backup: the journal has begun, and what it has from then is done again without harm.
    const [first] = await this.customers(lines.main, 1);
    await this.erase(first?.contactId ?? '');
    await this.settled();
  }

  /** A day of privacy; gives what it comes to once all of it is done. */
  async afterTheBackup(): Promise<Late> {
    const { ada, eve, lines, under } = this;
    if (lines === null) throw new Error('Nobody lives here yet.');
    const lost = await this.customers(lines.main, 5);
    for (const { contactId } of this.erasing) await this.erase(contactId);
    for (const { contactId } of this.rich) await this.erase(contactId);
    for (const { conversationId } of this.talks)
      await ada.client.ask('mutation ($id: ID!) { deleteConversation(id: $id) { id } }', { id: conversationId });
    for (const { visitor } of this.visitors) {
      const { status } = await visitor.call('POST', 'forget', {});
      if (status !== 200) throw new Error(`The chat answered ${String(status)}.`);
    }
    await this.disconnect(lines.leaving, true);
    await this.ask();
    await this.disconnect(lines.ended, false);
    await under.app.app
      .get(Workspaces)
      .run(ada.workspaceId, (tx) =>
        under.app.app
          .get(WithdrawConsent)
          .end(tx, lines.withdrawn.channelId, { provider: 'meta', at: new Date(), reason: 'It was taken back.' }),
      );
    // Somebody who works here leaves for good.
    const leaver = await this.addressOf(this.zoe);
    await this.zoe.client.ask(
      'mutation { deleteAccount(password: "a long enough password", deleteOwnedWorkspaces: true) }',
    );
    const { workspace } = await eve.client.ask<{ workspace: { name: string } }>('{ workspace { name } }');
    await eve.client.ask('mutation ($name: String!) { deleteWorkspace(confirmName: $name) { id } }', {
      name: workspace.name,
    });
    await this.settled();
    const customers = [...this.erasing, ...this.talks, ...this.withLine, ...this.withShop];
    const went = [...customers, ...this.rich, ...this.visitors];
    const said = went.flatMap(({ words }) => words);
    const places = await databaseDump(under.app.database.ownerUrl);
    // Of a conversation alone what was said goes; who they are stays here, and may stay there.
    const words = [...said, leaver, ...customers.map(({ phone }) => phone)].filter(
      (word) => residue(places, [word]).length === 0,
    );
    if (!words.includes(leaver)) throw new Error('Who deleted their account is still here.');
    const wholly = went.filter((one) => one.words.some((word) => words.includes(word)));
    return { erased: wholly.length + 1, words, lostWords: lost.flatMap((one) => one.words) };
  }

  /** Throws where the restored database does not have what was asked for, marked, held and ended after the backup. */
  async expectSettled(ownerUrl: string): Promise<void> {
    const client = new pg.Client({ connectionString: ownerUrl });
    await client.connect();
    try {
      const one = async (text: string, values: unknown[]) =>
        (await client.query<Record<string, unknown>>(text, values)).rows[0];
      const [rectified, restricted, objected, automated, held] = this.marked.map(({ contactId }) => contactId);
      const marks = 'select processing_restricted as kept, automation_objected as objected from contacts where id = $1';
      expect(await one(marks, [restricted])).toEqual({ kept: true, objected: false });
      expect(await one(marks, [objected])).toEqual({ kept: true, objected: true });
      expect(await one(marks, [automated])).toEqual({ kept: false, objected: true });
      const hold = 'select released_at as released from legal_holds where contact_id = $1';
      expect(await one(hold, [held])).toEqual({ released: null });
      const [dashboard, form] = this.asked;
      expect(await one('select kind, status from privacy_requests where id = $1', [dashboard])).toEqual({
        kind: 'RECTIFY',
        status: 'VERIFYING',
      });
      const codes = await client.query('select from privacy_codes');
      expect(codes.rowCount).toBeGreaterThanOrEqual(2);
      expect(await one('select kind from instance_privacy_requests where id = $1', [form])).toEqual({ kind: 'ERASE' });
      const channel = 'select status, token from channels where id = $1';
      expect(await one(channel, [this.lines?.ended.channelId])).toEqual({ status: 'DISCONNECTED', token: null });
      expect(await one(channel, [this.lines?.withdrawn.channelId])).toEqual({ status: 'EXPIRED', token: null });
      expect(await one(channel, [this.lines?.main.channelId])).toMatchObject({ status: 'CONNECTED' });
      expect(rectified).toBeDefined();
      // No token of the business that went can be opened any more, with whatever key.
      const keys = 'select count(*)::int as n from workspace_keys where workspace_id = $1';
      expect(await one(keys, [this.eve.workspaceId])).toEqual({ n: 0 });
      expect(await one(keys, [this.ada.workspaceId])).not.toEqual({ n: 0 });
    } finally {
      await client.end();
    }
  }

  private async ask(): Promise<void> {
    const { ada, under } = this;
    const [rectified, restricted, objected, automated, held] = this.marked.map(({ contactId }) => contactId);
    const open = async (kind: string, contactId: string | undefined) =>
      (
        await ada.client.ask<{ opened: { id: string } }>(
          'mutation ($input: OpenPrivacyRequestInput!) { opened: openPrivacyRequest(input: $input) { id } }',
          { input: { kind, subject: { contactId }, note: 'They called.' } },
        )
      ).opened.id;
    this.asked.push(await open('RECTIFY', rectified));
    for (const [kind, contactId] of [
      ['RESTRICT', restricted],
      ['OBJECT', objected],
      ['OBJECT_AUTOMATED', automated],
    ] as const)
      await ada.client.ask('mutation ($id: ID!) { verifyPrivacyRequest(id: $id, evidence: "Called back") { id } }', {
        id: await open(kind, contactId),
      });
    await ada.client.ask('mutation ($id: ID!) { placeLegalHold(contactId: $id, reason: "A case is pending") { id } }', {
      id: held,
    });
    const known = new Set(await this.formRequests());
    const answer = await fetch(`${under.app.url}/privacy/requests`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ text: 'Delete what you have of me', email: `${randomUUID()}@example.com` }),
    });
    if (!answer.ok) throw new Error(`The form answered ${String(answer.status)}.`);
    this.asked.push((await this.formRequests()).find((id) => !known.has(id)) ?? '');
  }

  private async formRequests(): Promise<string[]> {
    const { rows } = await this.under.admin.query<{ id: string }>('select id from instance_privacy_requests');
    return rows.map(({ id }) => id);
  }

  private async addressOf({ member }: TestInbox): Promise<string> {
    const { rows } = await this.under.admin.query<{ email: string }>('select email from users where id = $1', [
      member.userId,
    ]);
    return rows[0]?.email ?? '';
  }

  private async erase(contactId: string): Promise<void> {
    await this.ada.client.ask('mutation ($id: ID!) { eraseContact(contactId: $id) { id } }', { id: contactId });
  }

  private async disconnect({ inbox, channelId }: Line, deleteHistory: boolean): Promise<void> {
    await inbox.client.ask(
      'mutation ($id: ID!, $history: Boolean!) { disconnectChannel(id: $id, deleteHistory: $history) { id } }',
      { id: channelId, history: deleteHistory },
    );
  }

  /** Waits until every erasure and deletion is done. */
  private async settled(): Promise<void> {
    await eventually(async () => {
      const { rows } = await this.under.admin.query<{ open: number }>(`
        select (select count(*) from erasures where completed_at is null)
             + (select count(*) from workspace_deletions where completed_at is null)
             + (select count(*) from due where kind in ('deletion', 'delete-channel-history')) as open`);
      return Number(rows[0]?.open) === 0 ? true : null;
    }, 120_000);
  }

  /** A number that is connected as a member does it. */
  private async line(inbox: TestInbox): Promise<Line> {
    const [wabaId, phoneNumberId] = [metaId('77'), metaId('66')];
    this.graph.whatsApp(wabaId, phoneNumberId, '+90 555 000 00 01');
    const accessToken = this.graph.token(`EAAS${randomUUID()}`, [wabaId, phoneNumberId], { type: 'SYSTEM_USER' });
    const { connect: channel } = await inbox.client.ask<{ connect: { id: string } }>(connect.whatsApp, {
      input: { wabaId, phoneNumberId, accessToken },
    });
    return { inbox, channelId: channel.id, wabaId, phoneNumberId };
  }

  /** People who write to a number, by signed webhooks. */
  private async customers({ wabaId, phoneNumberId }: Line, count: number): Promise<Customer[]> {
    const customers: Customer[] = [];
    for (let n = 0; n < count; n += 1) {
      const phone = `90555${String(randomBytes(4).readUInt32BE()).padStart(10, '0')}`;
      const words = [`named${letters(16)}`, `said${letters(16)}`, `said${letters(16)}`];
      const [name, ...texts] = words;
      const messages = texts.map((body) => ({
        from: phone,
        id: `wamid.${randomUUID()}`,
        timestamp: String(Math.floor(Date.now() / 1_000)),
        type: 'text',
        text: { body },
      }));
      const value = { contacts: [{ profile: { name }, wa_id: phone }], messages };
      const status = await postWebhook(this.under.app.url, metaJson(whatsAppEvent(wabaId, phoneNumberId, value)));
      if (status !== 200) throw new Error(`The webhook was answered ${String(status)}.`);
      await this.under.app.drainDeliveries();
      const { rows } = await this.under.admin.query<{ contact_id: string; id: string }>(
        `select i.contact_id, c.id from contact_identities i
           join conversations c on c.workspace_id = i.workspace_id and c.contact_id = i.contact_id where i.external_id = $1`,
        [phone],
      );
      const [row] = rows;
      if (row === undefined) throw new Error('What was written did not arrive.');
      customers.push({ phone, words, contactId: row.contact_id, conversationId: row.id });
    }
    return customers;
  }
}
