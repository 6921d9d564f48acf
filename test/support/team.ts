import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { type CaughtMail } from '../../apps/sandbox/mail/catcher.js';
import { Config } from '../../src/platform/config/index.js';
import { newId } from '../../src/platform/database/index.js';
import { type TestApp, type TestAppOptions, startTestApp } from './app.js';
import { TestClient, eventually } from './client.js';
import { mailsIn } from './written-mails.js';

/** A person in the team's workspace, with their own browser. */
export interface Teammate {
  readonly client: TestClient;
  readonly id: string;
  readonly email: string;
}

/** A server with one workspace in which people of every role work. */
export class Team {
  private readonly clients: TestClient[] = [];

  private constructor(
    readonly app: TestApp,
    /** The database owner's connection, to look and to turn clocks. */
    readonly sql: pg.Client,
    readonly workspaceId: string,
    readonly owner: Teammate,
  ) {}

  static async start(options: TestAppOptions = {}): Promise<Team> {
    const app = await startTestApp(options);
    const sql = new pg.Client({ connectionString: app.database.ownerUrl });
    await sql.connect();
    const client = await TestClient.signedUp(app.url, 'Olga');
    await sql.query('update users set email_verified_at = now()');
    return new Team(app, sql, client.workspaceId ?? '', { client, ...(await whoIs(client)) });
  }

  async stop(): Promise<void> {
    await Promise.all([this.owner.client, ...this.clients].map((client) => client.close()));
    await this.sql.end();
    await this.app.close();
  }

  /** A person with a workspace of their own, whose address is verified. */
  async person(name = 'Per'): Promise<Teammate> {
    const { client, email } = await this.signedIn(name);
    const { createWorkspace } = await client.ask<{ createWorkspace: { id: string } }>(
      'mutation { createWorkspace(name: "A shop") { id } }',
    );
    client.workspaceId = createWorkspace.id;
    return { client, email, id: (await whoIs(client)).id };
  }

  /** A person who works in the team's workspace, and acts there. */
  async member(role: string): Promise<Teammate> {
    const { client, email, userId } = await this.signedIn(role);
    const id = newId();
    await this.sql.query('insert into members (workspace_id, id, user_id, role) values ($1, $2, $3, $4)', [
      this.workspaceId,
      id,
      userId,
      role,
    ]);
    client.workspaceId = this.workspaceId;
    return { client, email, id };
  }

  /** A person in no workspace, signed in. Written down directly: a sign-up is a quarter of a second of hashing. */
  async signedIn(name: string): Promise<{ client: TestClient; email: string; userId: string }> {
    const [userId, token] = [newId(), randomBytes(32).toString('base64url')];
    const email = `${name.toLowerCase()}-${userId}@example.com`;
    await this.sql.query(
      `insert into users (id, email, name, password_hash, email_verified_at) values ($1, $2, $3, 'none', now())`,
      [userId, email, name],
    );
    await this.sql.query(
      `insert into sessions (id, user_id, token_hash, expires_at) values ($1, $2, $3, now() + interval '1 day')`,
      [newId(), userId, createHash('sha256').update(token).digest()],
    );
    const client = new TestClient(this.app.url);
    client.cookie = `${this.owner.client.cookie?.split('=')[0] ?? ''}=${token}`;
    this.clients.push(client);
    return { client, email, userId };
  }

  /** The address of a person counts as not verified. */
  async unverify({ email }: Teammate): Promise<void> {
    await this.sql.query('update users set email_verified_at = null where email = $1', [email]);
  }

  /** The password was last given an hour ago. */
  async stale({ email }: Teammate): Promise<void> {
    await this.sql.query(
      `update sessions set authenticated_at = now() - interval '1 hour' where user_id = (select id from users where email = $1)`,
      [email],
    );
  }

  /** The role that a member has now; null once they have none. */
  async roleOf({ id }: Pick<Teammate, 'id'>): Promise<string | null> {
    const { rows } = await this.sql.query<{ role: string }>(
      'select role from members where workspace_id = $1 and id = $2 and user_id is not null',
      [this.workspaceId, id],
    );
    return rows[0]?.role ?? null;
  }

  /** The newest mail to an address that was written to the deployment's folder; it has no mail server here. */
  async mailTo(address: string): Promise<CaughtMail> {
    return eventually(async () => {
      const mails = await mailsIn(this.app.app.get(Config).mailFolder);
      return mails.findLast(({ to }) => to.some((one) => one.toLowerCase() === address.toLowerCase())) ?? null;
    });
  }

  /** What the workspace's audit log says, the oldest first, without what the founding wrote. */
  async audited(): Promise<{ actor: string; action: string; target: string | null; detail: unknown }[]> {
    const { rows } = await this.sql.query<{ actor: string; action: string; target: string | null; detail: unknown }>(
      'select actor, action, target, detail from audit_entries where workspace_id = $1 and seq > 1 order by seq',
      [this.workspaceId],
    );
    return rows;
  }
}

async function whoIs(client: TestClient): Promise<{ id: string; email: string }> {
  const { viewer, workspace } = await client.ask<{
    viewer: { id: string; email: string };
    workspace: { members: { id: string; user: { id: string } }[] };
  }>('{ viewer { id email } workspace { members { id user { id } } } }');
  const own = workspace.members.find(({ user }) => user.id === viewer.id);
  return { id: own?.id ?? '', email: viewer.email };
}
