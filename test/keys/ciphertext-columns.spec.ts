import { storedSecrets } from '../../src/cli/stored-secrets.js';
import { ownersLook } from '../support/owners-look.js';

/** Columns of bytes that are no ciphertext, each with what it holds. Whoever adds one says so here, or declares it to the rotation. */
const otherBytes: Readonly<Record<string, string>> = {
  'api_tokens.token_hash': 'a hash of 256 random bits',
  'audit_checkpoints.hash': 'a link of the audit chain',
  'audit_checkpoints.signature': 'signed with what is derived from a key; its root is kept',
  'audit_entries.commitment': 'a salted hash',
  'audit_entries.hash': 'a link of the audit chain',
  'audit_entries.salt': 'a salt',
  'channel_authorizations.state_digest': 'a keyed digest; half an hour',
  'channel_directory.account': 'a keyed digest, made anew by a rotation',
  'channel_grantors.grantor': 'a keyed digest, made anew by a rotation',
  'members.former_address': 'a keyed digest of the address of somebody who is not here; the root of its key is kept',
  'channels.former_account': 'a keyed digest of what was forgotten; the root of its key is kept',
  'encryption_keys.proof': 'proves the key of its own row, and stays under it',
  'evaluations.settings': 'a hash of what decides what a bot answers',
  'files.sha256': 'a hash of a file',
  'guesses.key': 'a keyed digest; a day at most',
  'instance_privacy_requests.proof_hash': 'a hash of random bits',
  'invitations.token_hash': 'a hash of random bits',
  'knowledge_sources.digest': 'a hash of a source',
  'link_tokens.token_hash': 'a hash of random bits',
  'passages.embedding': 'a vector of the words beside it, which stand there as they are',
  'privacy_codes.digest': 'a keyed digest; the root of its key is kept',
  'privacy_requests.proof_hash': 'a hash of random bits',
  'push_subscriptions.endpoint_digest': 'a keyed digest; the root of its key is kept',
  'recovery_codes.digest': 'a keyed digest of what nobody has but its person; the root of its key is kept',
  'sessions.token_hash': 'a hash of random bits',
  'shopify_installs.state_digest': 'a keyed digest, of half an hour',
  'shopify_stores.heard': 'hashes of what Shopify said',
  'subject_exports.sha256': 'a hash of a file',
  'tombstones.digest': 'a keyed digest of who was erased; the root of its key is kept',
  'unrouted_events.account': 'a keyed digest; 30 days',
  'visitors.token_hash': 'a hash of random bits',
  'workspace_counters.audit_hash': 'a link of the audit chain',
  'workspace_keys.wrapped': 'a data key, which a rotation replaces',
};

describe('every column of bytes', () => {
  const owner = ownersLook();

  const inCatalog = async () => {
    const { rows } = await owner().query<{ name: string }>(`
      select c.relname || '.' || a.attname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
       where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
         and a.attnum > 0 and not a.attisdropped and a.atttypid in ('bytea'::regtype, 'bytea[]'::regtype)`);
    return rows.map(({ name }) => name).sort();
  };
  const declared = () =>
    [
      ...[...storedSecrets.ofWorkspaces, ...storedSecrets.ofInstance].map(({ table, column }) => `${table}.${column}`),
      ...Object.keys(otherBytes),
    ].sort();

  it('is declared to the rotation of keys, or is said to be no ciphertext (goal G17)', async () => {
    expect(await inCatalog()).toEqual(declared());
  });

  it('is missed when somebody adds one and says nothing', async () => {
    await owner().query('create table planted (id uuid primary key, secret bytea)');
    expect(await inCatalog()).not.toEqual(declared());
    await owner().query('drop table planted');
  });
});
