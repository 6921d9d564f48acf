import type pg from 'pg';
import { newApiTokenSecret } from '../../src/accounts/tokens/api-token-secret.js';
import { tokenHash } from '../../src/accounts/sessions/session-token.js';
import { newId } from '../../src/platform/database/index.js';
import { KeyRing } from '../../src/platform/secrets/index.js';
import { keyedDigest } from '../../src/platform/secrets/key-ring.js';
import { customerNumber, phoneNumberId } from '../load/webhooks.js';
import { encryptionKeys } from '../machine/machine.js';

/** A workspace as a bench sees it. */
export interface SeededWorkspace {
  readonly id: string;
  readonly channelId: string;
  /** An API token of its owner. */
  readonly token: string;
}

/**
 * Workspaces with an owner, a WhatsApp number and customers who have each written once: what they are like after their
 * first day. Put in as rows, because a thousand sign-ups would take as long as all the rest.
 */
export async function seedWorkspaces(
  admin: pg.Client,
  counts: { readonly workspaces: number; readonly customers: number },
): Promise<SeededWorkspace[]> {
  const digestKey = new KeyRing({ encryptionKeys }).derive('digest');
  const userId = newId();
  const workspaces = Array.from({ length: counts.workspaces }, () => ({
    id: newId(),
    channelId: newId(),
    token: newApiTokenSecret(),
  }));
  const ids = workspaces.map((workspace) => workspace.id);
  const channels = workspaces.map((workspace) => workspace.channelId);
  await admin.query('begin');
  await admin.query(`insert into users (id, email, name, password_hash) values ($1, 'ada@example.com', 'Ada', '')`, [
    userId,
  ]);
  await admin.query(`insert into workspaces (id, name) select id, 'Shop' from unnest($1::uuid[]) as id`, [ids]);
  await admin.query(`insert into workspace_counters (workspace_id) select id from unnest($1::uuid[]) as id`, [ids]);
  await admin.query(
    `with made as (
       insert into members (workspace_id, id, user_id, role)
       select id, uuidv7(), $2, 'OWNER' from unnest($1::uuid[]) as id returning workspace_id, id)
     insert into api_tokens (workspace_id, id, member_id, name, role, token_hash, last_four)
     select made.workspace_id, uuidv7(), made.id, 'bench', 'OWNER', t.hash, '0000'
       from made join unnest($1::uuid[], $3::bytea[]) as t (id, hash) on t.id = made.workspace_id`,
    [ids, userId, workspaces.map(({ token }) => tokenHash(token))],
  );
  const names = workspaces.map((_, index) => `whatsapp:${phoneNumberId(index)}`);
  await admin.query(
    `insert into channels (workspace_id, id, kind, provider, name, external_id, status, settings)
     select w, c, 'WHATSAPP', 'meta', 'Shop', n, 'CONNECTED', jsonb_build_object('accounts', jsonb_build_array(n))
       from unnest($1::uuid[], $2::uuid[], $3::text[]) as t (w, c, n)`,
    [ids, channels, names],
  );
  await admin.query(
    `insert into channel_directory (account, workspace_id, channel_id) select * from unnest($3::bytea[], $1::uuid[], $2::uuid[])`,
    [ids, channels, names.map((name) => keyedDigest(digestKey, 'meta', name))],
  );
  await seedCustomers(admin, ids, channels, counts.customers);
  await admin.query('commit');
  await admin.query('vacuum analyze');
  return workspaces;
}

async function seedCustomers(admin: pg.Client, ids: string[], channels: string[], customers: number): Promise<void> {
  const first = ids.map((_, index) => customerNumber(index, 0));
  // In turn over the workspaces, as they come in life: one workspace after the other would leave every index page full.
  await admin.query(
    `create temporary table met on commit drop as
     select w, c, (first::bigint + n)::text as number, uuidv7() as contact, uuidv7() as identity,
            uuidv7() as thread, uuidv7() as conversation, uuidv7() as message
       from (select * from unnest($1::uuid[], $2::uuid[], $3::text[]) as t (w, c, first), generate_series(0, $4::int - 1) as n
              order by n) met`,
    [ids, channels, first, customers],
  );
  await admin.query(
    `insert into contacts (workspace_id, id, name) select w, contact, 'Customer ' || right(number, 5) from met`,
  );
  await admin.query(
    `insert into contact_identities (workspace_id, id, channel_id, external_id, contact_id, original_contact_id, kind, handle, thread_key)
     select w, identity, c, number, contact, contact, 'WHATSAPP', '+' || number, thread from met`,
  );
  await admin.query(
    `insert into conversations (workspace_id, id, channel_id, contact_id, thread_key, unread_count, last_message_id, last_inbound_id,
                                last_inbound_at, waiting_since)
     select w, conversation, c, contact, thread, 1, message, message, now(), now() from met`,
  );
  await admin.query(
    `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, external_id, sent_at)
     select w, message, conversation, c, 'INBOUND', 'CONTACT', 'TEXT', 'RECEIVED', 'Hello', 'wamid.first' || number, now() from met`,
  );
}
