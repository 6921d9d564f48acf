/**
 * The tables outside row security, each with the reason why it has to be. A table that is neither walled off by workspace
 * nor named here fails the suite, so whoever adds one writes its reason down, to be read in review.
 */
export const outsideRowSecurity: Readonly<Record<string, string>> = {
  billing_records:
    'What the law wants kept of a sale has to be there when the workspace is not. Holds ids, codes of plans and times, and nobody in them.',
  channel_directory:
    'A delivery names an account, and only this finds its workspace. Accounts are keyed digests; the server reaches the table through audited functions alone.',
  channel_grantors:
    'A platform says who withdrew a consent, and only this finds the channels that lived by it. People are keyed digests; the server reaches the table through audited functions alone.',
  deliveries: 'A webhook call is stored before anyone knows whose it is. Bodies are encrypted.',
  due: 'The sweeper has to see what is due in every workspace. Holds ids and times, never content.',
  encryption_keys:
    "Which of the deployment's keys this database was written with. Holds names, times, and bytes that only those keys open.",
  erasure_receipts:
    'A receipt has to be there when the workspace is not, and each follows the one before it over the whole instance. Holds counts and keyed digests, nothing of what was erased.',
  guesses: 'Guessing is counted before anyone is signed in. Keys are digests.',
  journal_heads: 'The erasure journal is one for the instance. Holds how far it was written, a number and a hash.',
  link_tokens: 'A link in a mail is for one person, in however many workspaces. Found by the hash of its token.',
  instance_privacy_requests:
    'Requests that no workspace owns yet, and those about a login. What they say is encrypted.',
  mails:
    'Most mails follow from a login, which belongs to no workspace. Whom they go to and what they say is encrypted, and gone once they were sent.',
  merchant_references:
    'An event of the merchant of record names a subscription, and only this finds its workspace. Holds ids.',
  migrations: 'Which migrations were applied. The server has no right on it.',
  owed_cancellations:
    'A subscription has to be ended at the merchant when its workspace is not there any more. Holds ids and times, and nobody in them.',
  presences: 'Who is here, beaten by each process for all workspaces at once. Holds ids and times, never content.',
  privacy_codes: 'A status page knows a code alone. Keyed digests and ids; no content.',
  push_subscriptions:
    "A browser that takes pushes is one person's, in however many workspaces. Its address is encrypted, found by a keyed digest.",
  recipients: 'Whom the deployment calls by itself is one list for all. Names of companies or hosts, and times.',
  recovery_codes: "A person's, in however many workspaces. Keyed digests.",
  reset_requests: 'A new password was asked for, before it is known by whom. The address is encrypted.',
  policy_acceptances: 'A person accepts the policies, in however many workspaces.',
  policy_announcements:
    'A person is told of a new policy once, in however many workspaces. Holds ids, versions and times.',
  residue:
    'Bytes of what was erased lie in the files of whole tables, whosever they were. Holds names of tables, times and sizes.',
  restores:
    'Which backups the database was restored from: no server starts while one is not completed. Holds times and a place in the journal.',
  sessions: "A session is one person's, in however many workspaces. Found by the hash of its token.",
  two_factors: "A person's second factor, in however many workspaces. The secret is encrypted.",
  unrouted_events: 'Counts what came for accounts that no workspace has connected. Accounts are digests; no content.',
  users: "A login is one person's, in however many workspaces.",
  workspace_deletions:
    'The record of a deletion has to be there when the workspace is not. Holds ids, counts and times, nothing of what was erased; until the receipt is mailed, the addresses of its owners, encrypted.',
  watchers:
    'Who looks at an inbox now, noted for all workspaces at once. Holds ids of members and times, never content.',
};

/** The functions that see past row security, each with the reason, and what keeps them from telling too much. */
export const definerFunctions: Readonly<Record<string, string>> = {
  'api_tokens_by_hash(bytea[])': "Tells who is calling. Whoever gives a token's hash learns what that token opens.",
  'blank_audit_entries(uuid,integer)':
    "Blanks whom audit entries of the transaction's workspace are about, for an erasure there that goes on, and gives how many; the server cannot change any. The owner's.",
  'channels_of_grantors(bytea[])':
    'Finds the channels that live by a consent, in whatever workspaces, by keyed digest. Ids alone.',
  'claim_account(bytea,uuid)': "Claims an account for the transaction's workspace; one that is taken stays as it is.",
  'contacts_having(text[],jsonb,text[],integer)':
    "Who has labels and fields, over the transaction's workspace: row security would keep the indexes from being used. Gives ids only.",
  'erase_workspace_rows(text,text[],integer)':
    "Erases rows of the transaction's workspace from any table, once its deletion is recorded, and gives nothing of them but their keys. The owner's, because the server cannot erase audit entries.",
  'feed_positions(uuid[])': 'Tells how many changes workspaces have had. Numbers, no content; who asks knows the ids.',
  'freeze_account(bytea,boolean)':
    "Routes nothing to an account of the transaction's workspace while its channel is frozen; touches no other's.",
  'is_owner_beside(uuid[])':
    'Whether anybody but the operators owns a workspace, who would have to be told of a new recipient. A yes or no alone.',
  'note_grantors(bytea[],uuid)':
    "Notes by whose consent a channel of the transaction's workspace lives; touches no other's and gives nothing.",
  'note_sign_in(uuid,text,text)':
    "Notes a sign-in in the workspaces that a person belongs to, which are not known before; gives nothing. The owner's.",
  'privacy_figures(timestamp with time zone)':
    'How long requests under the law take in the whole deployment: six numbers over all workspaces.',
  'prune_audit_entries(bigint,timestamp with time zone)':
    "Lets go of audit entries of the transaction's workspace that are old and behind a checkpoint; the server cannot delete any. The owner's.",
  'release_account(bytea)': "Lets go of an account of the transaction's workspace, and of no other's.",
  'rename_channel_digests(bytea[],bytea[])':
    "Writes anew, under another key, how the transaction's workspace is found by its accounts and consents; touches no other's.",
  'roll_deliveries()':
    'Makes and drops the daily partitions of deliveries: only an owner can. Takes and gives nothing.',
  'route_accounts(bytea[])': 'Finds the workspaces of the accounts that deliveries name, by keyed digest.',
  'search_contacts(text,integer)':
    "Full-text search over the transaction's workspace: row security would keep the index from being used. Gives ids only.",
  'search_conversations(text,integer)': 'As search_contacts, over messages, by conversation.',
  'search_messages(text,uuid,integer)': 'As search_contacts, over messages.',
  'search_passages(text,uuid[],integer)': 'As search_contacts, over passages that are not internal.',
  'sessions_by_hash(bytea[])': "Tells who is calling. Whoever gives a session's hash learns what that session opens.",
  'void_tokens_of(uuid)':
    "Ends a person's API tokens in whatever workspaces, when their address is proved for the first time; gives nothing. The owner's.",
  'workspace_ids(uuid,integer)': 'What is done for every workspace has to know which there are. Ids alone.',
  'workspaces_of(uuid)':
    'A deleted login that a restore brought back leaves all its workspaces, which are not known before. Ids alone.',
};

/** Of those functions, the ones that only the tables' owner can run. */
export const ownedByOwner: ReadonlySet<string> = new Set([
  'erase_workspace_rows(text,text[],integer)',
  'note_sign_in(uuid,text,text)',
  'blank_audit_entries(uuid,integer)',
  'prune_audit_entries(bigint,timestamp with time zone)',
  'roll_deliveries()',
  'void_tokens_of(uuid)',
]);

/**
 * What the role of those functions may read: columns of tables outside row security, and of tenant tables, where a policy
 * `functions` shows them to it across workspaces. Whoever gives it one more column writes it down here.
 */
export const definerColumns: Readonly<Record<string, readonly string[]>> = {
  api_tokens: ['workspace_id', 'id', 'member_id', 'role', 'token_hash', 'last_used_at', 'expires_at'],
  contacts: ['workspace_id', 'id', 'merged_into', 'search', 'tags', 'custom_fields'],
  members: ['workspace_id', 'id', 'user_id', 'role', 'frozen'],
  instance_privacy_requests: ['received_at', 'due_at', 'extended_until', 'completed_at'],
  messages: ['workspace_id', 'id', 'conversation_id', 'text', 'deleted_at'],
  passages: ['workspace_id', 'id', 'knowledge_id', 'internal', 'tsv'],
  privacy_requests: ['received_at', 'due_at', 'extended_until', 'completed_at'],
  sessions: ['id', 'user_id', 'token_hash', 'last_seen_at', 'authenticated_at', 'expires_at'],
  users: ['id', 'email', 'name', 'email_verified_at', 'created_at'],
  workspace_counters: ['workspace_id', 'events'],
  workspaces: ['id'],
};

/** Row rights that the server's role does not have, where it has the others. */
export const withheld: Readonly<Record<string, readonly string[]>> = {
  // What was done can be added to and not rewritten.
  audit_checkpoints: ['UPDATE', 'DELETE'],
  audit_entries: ['UPDATE', 'DELETE'],
  channel_directory: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  channel_grantors: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  // That a key was in use stays known.
  encryption_keys: ['DELETE'],
  // What was erased stays stated as it was.
  erasure_receipts: ['UPDATE', 'DELETE'],
  // How far the journal was written is moved on, and not forgotten.
  journal_heads: ['DELETE'],
  migrations: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'],
  // What was accepted is proved by it; it goes with the person.
  policy_acceptances: ['UPDATE', 'DELETE'],
  // So is who was told of what.
  policy_announcements: ['UPDATE', 'DELETE'],
  // Only the owner restores.
  restores: ['INSERT', 'DELETE'],
  // That something was deleted stays known.
  workspace_deletions: ['DELETE'],
};
