import { createHash, randomBytes } from 'node:crypto';
import pg from 'pg';
import { redigestChannels } from '../../src/channels/index.js';
import { storedSecrets } from '../../src/cli/stored-secrets.js';
import { newId, openSystemDatabase, sql } from '../../src/platform/database/index.js';
import { deliveryBodies } from '../../src/platform/deliveries/index.js';
import {
  CheckKeys,
  type KeyRing,
  RotateKeys,
  type SecretPlace,
  Secrets,
  openKeyRing,
} from '../../src/platform/secrets/index.js';
import { type TestDatabase, createTestDatabase } from '../support/database.js';

/** A secret of a channel, where it was put. */
interface PlantedSecret {
  readonly workspaceId: string;
  readonly place: SecretPlace;
  readonly plain: string;
}

/** One that belongs to no workspace. */
interface PlantedOutside {
  readonly table: string;
  readonly row: string;
  readonly plain: string;
}

/** A new key of a deployment, as ENCRYPTION_KEYS has it. */
export const newKey = (id: string) => `${id}:${randomBytes(32).toString('base64')}`;

const person = (n: number) => `person-${String(n)}`;

/** A database with secrets in every column that has some, and what rotates, checks and opens them. */
export class StoredKeys {
  readonly secrets: PlantedSecret[] = [];
  readonly outside: PlantedOutside[] = [];
  readonly recovery = { userId: newId(), code: 'a-recovery-code' };

  private constructor(
    readonly database: TestDatabase,
    readonly owner: pg.Client,
    private readonly opened: Awaited<ReturnType<typeof openSystemDatabase>>,
  ) {}

  static async start(): Promise<StoredKeys> {
    const database = await createTestDatabase();
    const owner = new pg.Client({ connectionString: database.ownerUrl });
    await owner.connect();
    return new StoredKeys(database, owner, await openSystemDatabase(database.appUrl));
  }

  async stop(): Promise<void> {
    await this.opened.close();
    await this.owner.end();
    await this.database.drop();
  }

  get workspaces() {
    return this.opened.workspaces;
  }
  get system() {
    return this.opened.system;
  }

  /** The keys, as a server that starts with them has them. */
  ring(...keys: readonly string[]): Promise<KeyRing> {
    return openKeyRing({ encryptionKeys: keys.join(',') }, this.system);
  }

  /** Rotates as the command does; what was read before a ciphertext was written anew is opened within the time given. */
  rotate(ring: KeyRing, settleMilliseconds = 200) {
    return new RotateKeys(
      this.workspaces,
      this.system,
      ring,
      storedSecrets,
      redigestChannels,
      settleMilliseconds,
    ).run();
  }

  check(ring: KeyRing) {
    return new CheckKeys(this.workspaces, this.system, ring, storedSecrets).run();
  }

  /** Workspaces with channels, each with two secrets, an account and a person behind it; and one row in every column outside. */
  async plant(ring: KeyRing, workspaces: number, channels: number): Promise<void> {
    const secrets = new Secrets(ring);
    for (let w = 0; w < workspaces; w += 1) {
      const workspaceId = newId();
      await this.owner.query(`insert into workspaces (id, name) values ($1, 'Shop')`, [workspaceId]);
      await this.workspaces.run(workspaceId, async (tx) => {
        for (let n = 0; n < channels; n += 1) {
          const row = newId();
          const account = `${workspaceId}-${String(n)}`;
          const sealed = [];
          for (const column of ['token', 'webhook_secret']) {
            const place = { table: 'channels', column, row };
            const plain = randomBytes(24).toString('hex');
            sealed.push(await secrets.encrypt(tx, place, plain));
            this.secrets.push({ workspaceId, place, plain });
          }
          const settings = JSON.stringify({ accounts: [account], grantedBy: [person(n)] });
          await tx.execute(sql`
            insert into channels (workspace_id, id, kind, provider, name, external_id, status, token, webhook_secret, settings)
            values (${workspaceId}, ${row}, 'MESSENGER', 'meta', 'Shop', ${account}, 'CONNECTED', ${sealed[0]}, ${sealed[1]}, ${settings}::jsonb)`);
          await tx.query(sql`select claim_account(${secrets.digest('meta', account)}, ${row})`);
          await tx.query(sql`select note_grantors(${[secrets.digest('grantor', 'meta', person(n))]}::bytea[], ${row})`);
        }
      });
    }
    await this.plantOutside(ring, secrets);
  }

  /** Every secret, as whoever has this ring finds it; throws at one that does not open, or says something else. */
  async openAll(ring: KeyRing): Promise<number> {
    const secrets = new Secrets(ring);
    for (const planted of this.secrets) await this.openOne(secrets, planted);
    for (const { table, row, plain } of this.outside) {
      const secret = storedSecrets.ofInstance.find((one) => one.table === table);
      if (secret === undefined) throw new Error(`Nobody declared ${table}.`);
      const { rows } = await this.owner.query<{ stored: Buffer }>(
        `select ${secret.column} as stored from ${table} where ${secret.key} = $1`,
        [row],
      );
      const stored = rows[0]?.stored;
      if (stored === undefined || secret.open(ring, row, stored).toString() !== plain)
        throw new Error(`What ${table} holds does not open as it was.`);
    }
    return this.secrets.length + this.outside.length;
  }

  /** One secret of a channel, read and opened as a server does it. */
  async openOne(secrets: Secrets, { workspaceId, place, plain }: PlantedSecret): Promise<void> {
    await this.workspaces.read(workspaceId, async (tx) => {
      const row = await tx.first<{ token: Buffer; webhook_secret: Buffer }>(
        sql`select token, webhook_secret from channels where id = ${place.row}`,
      );
      if (row === null) throw new Error('The channel is gone.');
      const stored = place.column === 'token' ? row.token : row.webhook_secret;
      if ((await secrets.decrypt(tx, place, stored)) !== plain) throw new Error('It says something else now.');
    });
  }

  /** Writes a token anew, as when one is renewed. */
  async renewOne(secrets: Secrets, planted: PlantedSecret): Promise<void> {
    await this.workspaces.run(planted.workspaceId, async (tx) => {
      const fresh = await secrets.encrypt(tx, planted.place, planted.plain);
      const token = planted.place.column === 'token';
      await tx.execute(
        token
          ? sql`update channels set token = ${fresh} where id = ${planted.place.row}`
          : sql`update channels set webhook_secret = ${fresh} where id = ${planted.place.row}`,
      );
    });
  }

  /** How many of the accounts and of the people behind channels a ring finds by their digests under its first key alone. */
  async foundByFirst(ring: KeyRing): Promise<{ accounts: number; people: number }> {
    const secrets = new Secrets(ring);
    const { rows } = await this.owner.query<{ account: string }>(
      `select settings -> 'accounts' ->> 0 as account from channels`,
    );
    const accounts = await this.owner.query('select from channel_directory where account = any ($1)', [
      rows.map(({ account }) => secrets.digest('meta', account)),
    ]);
    const people = await this.owner.query('select from channel_grantors where grantor = any ($1)', [
      rows.map((_, n) => secrets.digest('grantor', 'meta', person(n))),
    ]);
    return { accounts: accounts.rowCount ?? 0, people: people.rowCount ?? 0 };
  }

  /** Whether the recovery code, of which a digest is all that was ever kept, is known. */
  async knowsRecoveryCode(ring: KeyRing): Promise<boolean> {
    const digests = new Secrets(ring).digests('recovery-code', this.recovery.userId, this.recovery.code);
    const { rowCount } = await this.owner.query('select from recovery_codes where digest = any ($1)', [digests]);
    return rowCount === 1;
  }

  private async plantOutside(ring: KeyRing, secrets: Secrets): Promise<void> {
    const { userId, code } = this.recovery;
    const ids = { mail: newId(), reset: newId(), push: newId(), delivery: newId(), session: newId(), gone: newId() };
    await this.owner.query(`insert into users (id, email, name, password_hash) values ($1, $2, 'Ada', 'none')`, [
      userId,
      `${userId}@example.com`,
    ]);
    const hash = createHash('sha256').update(ids.session).digest();
    await this.owner.query(
      `insert into sessions (id, user_id, token_hash, expires_at) values ($1, $2, $3, now() + interval '1 day')`,
      [ids.session, userId, hash],
    );
    const put = (table: string, row: string) => {
      const secret = storedSecrets.ofInstance.find((one) => one.table === table);
      if (secret === undefined) throw new Error(`Nobody declared ${table}.`);
      const plain = randomBytes(24).toString('hex');
      this.outside.push({ table, row, plain });
      return secret.seal(ring, row, Buffer.from(plain));
    };
    await this.owner.query(
      `insert into mails (id, template, content, expires_at) values ($1, 'none', $2, now() + interval '1 day')`,
      [ids.mail, put('mails', ids.mail)],
    );
    await this.owner.query('insert into reset_requests (id, address) values ($1, $2)', [
      ids.reset,
      put('reset_requests', ids.reset),
    ]);
    await this.owner.query('insert into workspace_deletions (id, workspace_id, code, owners) values ($1, $2, $3, $4)', [
      ids.gone,
      ids.gone,
      ids.gone,
      put('workspace_deletions', ids.gone),
    ]);
    await this.owner.query('insert into two_factors (user_id, secret) values ($1, $2)', [
      userId,
      put('two_factors', userId),
    ]);
    await this.owner.query('insert into recovery_codes (user_id, digest) values ($1, $2)', [
      userId,
      secrets.digest('recovery-code', userId, code),
    ]);
    await this.owner.query(
      'insert into push_subscriptions (id, user_id, session_id, endpoint_digest, address) values ($1, $2, $3, $4, $5)',
      [ids.push, userId, ids.session, hash, put('push_subscriptions', ids.push)],
    );
    await this.owner.query(`insert into deliveries (id, provider, body, set_aside_at) values ($1, 'meta', $2, now())`, [
      ids.delivery,
      put(deliveryBodies.table, ids.delivery),
    ]);
  }
}
