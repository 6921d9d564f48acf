import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type MemberActor, Permission } from '../../src/platform/access/index.js';
import { newId } from '../../src/platform/database/index.js';
import { type TestApp, type TestAppOptions, startTestApp } from './app.js';
import { TestClient } from './client.js';

type Columns = Readonly<Record<string, unknown>>;

/** A workspace with its owner and one channel. */
export interface TestInbox {
  readonly client: TestClient;
  readonly member: MemberActor;
  readonly workspaceId: string;
  readonly channelId: string;
}

/** The whole server, and rows put straight into its database: what inboxes look like without a word from a platform. */
export class InboxUnderTest {
  private readonly clients: TestClient[] = [];

  private constructor(
    readonly app: TestApp,
    /** The owner's connection, to seed and to look. */
    readonly admin: pg.Client,
  ) {}

  static async start(options: TestAppOptions = {}): Promise<InboxUnderTest> {
    const app = await startTestApp(options);
    const admin = new pg.Client({ connectionString: app.database.ownerUrl });
    await admin.connect();
    return new InboxUnderTest(app, admin);
  }

  async stop(): Promise<void> {
    for (const client of this.clients) await client.close();
    await this.admin.end();
    await this.app.close();
  }

  async inbox(name = 'Ada'): Promise<TestInbox> {
    const client = await this.person(name);
    const workspaceId = client.workspaceId ?? '';
    const member = await this.actor(workspaceId, 'OWNER');
    return { client, member, workspaceId, channelId: await this.channel(workspaceId) };
  }

  /** One inbox with its owner, an editor and a viewer. */
  async team(): Promise<{ ada: TestInbox; bob: TestInbox; vic: TestInbox }> {
    const ada = await this.inbox('Ada');
    return { ada, bob: await this.colleague(ada, 'Bob'), vic: await this.colleague(ada, 'Vic', 'VIEWER') };
  }

  /** Another person, who is a member of the inbox too. */
  async colleague(inbox: TestInbox, name: string, role: MemberActor['role'] = 'EDITOR'): Promise<TestInbox> {
    const client = await this.person(name);
    const { rows } = await this.admin.query<{ user_id: string }>(
      'select user_id from members where workspace_id = $1',
      [client.workspaceId],
    );
    await this.insert('members', inbox.workspaceId, { user_id: rows[0]?.user_id, role });
    client.workspaceId = inbox.workspaceId;
    return { ...inbox, client, member: await this.actor(inbox.workspaceId, role, rows[0]?.user_id) };
  }

  async actor(workspaceId: string, role: MemberActor['role'], userId?: string): Promise<MemberActor> {
    const { rows } = await this.admin.query<{ id: string; user_id: string }>(
      'select id, user_id from members where workspace_id = $1 and role = $2 and ($3::uuid is null or user_id = $3)',
      [workspaceId, role, userId ?? null],
    );
    const [row] = rows;
    if (row === undefined) throw new Error('There is no such member.');
    const permissions = new Set(role === 'VIEWER' ? [Permission.Read] : Object.values(Permission));
    return {
      kind: 'member',
      workspaceId,
      memberId: row.id,
      userId: row.user_id,
      role,
      permissions,
      credential: { kind: 'session', id: 'session' },
      user: null,
    };
  }

  private async person(name: string): Promise<TestClient> {
    const client = await TestClient.signedUp(this.app.url, name);
    this.clients.push(client);
    return client;
  }

  channel(workspaceId: string, more: Columns = {}): Promise<string> {
    return this.insert('channels', workspaceId, {
      kind: 'WHATSAPP',
      provider: 'meta',
      name: 'Shop',
      external_id: randomUUID(),
      status: 'CONNECTED',
      ...more,
    });
  }

  contact(workspaceId: string, more: Columns = {}): Promise<string> {
    return this.insert('contacts', workspaceId, { name: 'Grace', ...more });
  }

  identity(workspaceId: string, more: Columns & { channel_id: string; contact_id: string }): Promise<string> {
    return this.insert('contact_identities', workspaceId, {
      external_id: randomUUID(),
      original_contact_id: more.contact_id,
      kind: 'phone',
      thread_key: newId(),
      ...more,
    });
  }

  async conversation({ workspaceId, channelId }: TestInbox, more: Columns = {}): Promise<string> {
    const contact = more['contact_id'] ?? (await this.contact(workspaceId));
    return this.insert('conversations', workspaceId, {
      channel_id: channelId,
      thread_key: newId(),
      ...more,
      contact_id: contact,
    });
  }

  message({ workspaceId, channelId }: TestInbox, conversationId: string, more: Columns = {}): Promise<string> {
    return this.insert('messages', workspaceId, {
      conversation_id: conversationId,
      channel_id: channelId,
      direction: 'INBOUND',
      author: 'CONTACT',
      kind: 'TEXT',
      status: 'RECEIVED',
      text: 'Hello',
      sent_at: new Date(),
      ...more,
    });
  }

  /** Inserts a row; gives its id. */
  async insert(table: string, workspaceId: string, columns: Columns): Promise<string> {
    const row: Columns = { workspace_id: workspaceId, id: newId(), ...columns };
    const names = Object.keys(row);
    await this.admin.query(
      `insert into ${table} (${names.join(', ')}) values (${names.map((_, index) => `$${String(index + 1)}`).join(', ')})`,
      Object.values(row),
    );
    return String(row['id']);
  }

  /** Where the feed of an inbox stands. */
  async position({ workspaceId }: TestInbox): Promise<number> {
    return (await this.feed(workspaceId)).at(-1)?.seq ?? 0;
  }

  /** What a mutation answers, and the kinds of change that it told. */
  async change<Answer>(inbox: TestInbox, mutation: string, variables: Readonly<Record<string, unknown>> = {}) {
    const before = await this.position(inbox);
    const { answer } = await inbox.client.ask<{ answer: Answer }>(mutation.replace(/\{ /, '{ answer: '), variables);
    return { answer, told: (await this.feed(inbox.workspaceId, before)).map(({ kind }) => kind) };
  }

  /** The feed's changes after a number, oldest first. */
  async feed(
    workspaceId: string,
    after = 0,
  ): Promise<{ seq: number; kind: string; ids: string[]; detail: string | null; memberId: string | null }[]> {
    const { rows } = await this.admin.query<{
      seq: string;
      kind: string;
      ids: string[];
      detail: string | null;
      memberId: string | null;
    }>(
      'select seq, kind, ids, detail, member_id as "memberId" from workspace_events where workspace_id = $1 and seq > $2 order by seq',
      [workspaceId, after],
    );
    return rows.map((row) => ({ ...row, seq: Number(row.seq) }));
  }
}

/** Numbers in [0, 1) that are the same for the same seed. */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
