-- What the migrations make of an empty database, as its catalog says. Printed by `npm run print`; not to be run.
-- Roles: <owner> migrates, <app> is the server's, parley_definer owns the functions that see past row security.
-- Left out: the daily partitions of deliveries, which come and go.

extension btree_gin

table ai_runs, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  at timestamp with time zone not null default now()
  purpose text not null
  provider text not null
  model text not null
  bot_id uuid
  conversation_id uuid
  request jsonb not null
  response text
  prompt_tokens integer not null default 0
  completion_tokens integer not null default 0
  latency_ms integer not null default 0
  outcome text not null
  error text
  prompt_version text not null
  approved_by uuid
  edit_distance integer
  masked text[] not null default '{}'::text[]
  cost_cents double precision
  passages jsonb not null default '[]'::jsonb
  cut jsonb not null default '[]'::jsonb
  lead_id uuid
  constraint ai_runs_outcome_check CHECK ((outcome = ANY (ARRAY['PROPOSED'::text, 'SENT'::text, 'ACCEPTED'::text, 'EDITED'::text, 'DISCARDED'::text, 'HANDED_OFF'::text, 'REFUSED'::text, 'FAILED'::text])))
  constraint ai_runs_purpose_check CHECK ((purpose = ANY (ARRAY['DRAFT'::text, 'AUTO_REPLY'::text, 'LEAD_REPLY'::text, 'PREVIEW'::text, 'EVALUATION'::text, 'EMBEDDING'::text])))
  constraint ai_runs_lead_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  constraint ai_runs_workspace_id_approved_by_fkey FOREIGN KEY (workspace_id, approved_by) REFERENCES members(workspace_id, id) ON DELETE SET NULL (approved_by)
  constraint ai_runs_workspace_id_bot_id_fkey FOREIGN KEY (workspace_id, bot_id) REFERENCES bots(workspace_id, id) ON DELETE SET NULL (bot_id)
  constraint ai_runs_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE CASCADE
  constraint ai_runs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint ai_runs_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX ai_runs_approved_by ON public.ai_runs USING btree (workspace_id, approved_by) WHERE (approved_by IS NOT NULL)
  CREATE INDEX ai_runs_bot ON public.ai_runs USING btree (workspace_id, bot_id) WHERE (bot_id IS NOT NULL)
  CREATE INDEX ai_runs_conversation ON public.ai_runs USING btree (workspace_id, conversation_id, id DESC)
  CREATE INDEX ai_runs_lead ON public.ai_runs USING btree (workspace_id, lead_id, id DESC) WHERE (lead_id IS NOT NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table ai_settings, row security on and forced, owner <owner>
  workspace_id uuid not null
  enabled boolean not null default false
  base_url text
  model text
  embedding_model text
  api_key bytea
  monthly_budget_cents integer
  mask_details boolean not null default false
  updated_at timestamp with time zone not null default now()
  prompt_cents_per_million double precision
  completion_cents_per_million double precision
  cases_from_conversations boolean not null default false
  auto_needs_percent integer
  embedding_cents_per_million double precision
  constraint ai_settings_auto_needs_percent_check CHECK (((auto_needs_percent >= 1) AND (auto_needs_percent <= 100)))
  constraint ai_settings_completion_cents_per_million_check CHECK ((completion_cents_per_million > (0)::double precision))
  constraint ai_settings_embedding_cents_per_million_check CHECK ((embedding_cents_per_million > (0)::double precision))
  constraint ai_settings_monthly_budget_cents_check CHECK ((monthly_budget_cents >= 0))
  constraint ai_settings_prompt_cents_per_million_check CHECK ((prompt_cents_per_million > (0)::double precision))
  constraint ai_settings_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint ai_settings_pkey PRIMARY KEY (workspace_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table ai_spending, row security on and forced, owner <owner>
  workspace_id uuid not null
  day date not null
  bot_id uuid not null
  cents double precision not null
  assumed_cents double precision not null default 0
  constraint ai_spending_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint ai_spending_pkey PRIMARY KEY (workspace_id, day, bot_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table api_tokens, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  member_id uuid not null
  name text not null
  role text not null
  token_hash bytea not null
  last_four text not null
  created_at timestamp with time zone not null default now()
  last_used_at timestamp with time zone
  expires_at timestamp with time zone
  constraint api_tokens_role_check CHECK ((role = ANY (ARRAY['OWNER'::text, 'ADMIN'::text, 'EDITOR'::text, 'VIEWER'::text])))
  constraint api_tokens_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint api_tokens_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint api_tokens_pkey PRIMARY KEY (workspace_id, id)
  constraint api_tokens_workspace_id_token_hash_key UNIQUE (workspace_id, token_hash)
  CREATE INDEX api_tokens_hash ON public.api_tokens USING btree (token_hash)
  CREATE INDEX api_tokens_member ON public.api_tokens USING btree (workspace_id, member_id)
  policy functions for select to parley_definer using true
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>
  grant select (workspace_id, id, member_id, role, token_hash, last_used_at, expires_at) to parley_definer

table attachments, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  message_id uuid not null
  position smallint not null
  kind text not null
  status text not null
  name text
  content_type text
  size integer
  file_id uuid
  source bytea
  url text
  waits_since timestamp with time zone
  trouble text
  constraint attachments_status_check CHECK ((status = ANY (ARRAY['FETCHING'::text, 'READY'::text, 'REFERENCE'::text, 'REFUSED'::text, 'GONE'::text])))
  constraint attachments_workspace_id_file_id_fkey FOREIGN KEY (workspace_id, file_id) REFERENCES files(workspace_id, id) ON DELETE SET NULL (file_id)
  constraint attachments_workspace_id_message_id_fkey FOREIGN KEY (workspace_id, message_id) REFERENCES messages(workspace_id, id) ON DELETE CASCADE
  constraint attachments_pkey PRIMARY KEY (workspace_id, id)
  constraint attachments_workspace_id_message_id_position_key UNIQUE (workspace_id, message_id, "position")
  CREATE INDEX attachments_file ON public.attachments USING btree (workspace_id, file_id) WHERE (file_id IS NOT NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table audit_checkpoints, row security on and forced, owner <owner>
  workspace_id uuid not null
  seq bigint not null
  hash bytea not null
  at timestamp with time zone not null default now()
  signature bytea not null
  constraint audit_checkpoints_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint audit_checkpoints_pkey PRIMARY KEY (workspace_id, seq)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant insert, select to <app>

table audit_entries, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  seq bigint not null
  at timestamp with time zone not null
  actor text not null
  action text not null
  target text
  ip text
  detail jsonb
  salt bytea not null
  commitment bytea not null
  hash bytea not null
  erasure_id uuid
  constraint audit_entries_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint audit_entries_pkey PRIMARY KEY (workspace_id, id)
  constraint audit_entries_workspace_id_seq_key UNIQUE (workspace_id, seq)
  CREATE INDEX audit_entries_action ON public.audit_entries USING btree (workspace_id, action, seq DESC)
  CREATE INDEX audit_entries_target ON public.audit_entries USING btree (workspace_id, target) WHERE (target IS NOT NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant insert, select to <app>

table billing_notices, row security on and forced, owner <owner>
  workspace_id uuid not null
  notice text not null
  about timestamp with time zone not null
  told_at timestamp with time zone not null default now()
  constraint billing_notices_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint billing_notices_pkey PRIMARY KEY (workspace_id, notice, about)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table billing_records, owner <owner>
  id uuid not null
  workspace_id uuid not null
  provider text not null
  reference text not null
  plan text
  add_ons text[] not null default '{}'::text[]
  status text not null
  at timestamp with time zone not null default now()
  keep_until timestamp with time zone not null
  constraint billing_records_provider_check CHECK ((provider = ANY (ARRAY['paddle'::text, 'lemonsqueezy'::text, 'polar'::text])))
  constraint billing_records_pkey PRIMARY KEY (id)
  CREATE INDEX billing_records_keep_until ON public.billing_records USING btree (keep_until)
  CREATE INDEX billing_records_workspace ON public.billing_records USING btree (workspace_id)
  grant delete, insert, select to <app>

table bot_channels, row security on and forced, owner <owner>
  workspace_id uuid not null
  channel_id uuid not null
  bot_id uuid not null
  auto boolean not null default false
  constraint bot_channels_workspace_id_bot_id_fkey FOREIGN KEY (workspace_id, bot_id) REFERENCES bots(workspace_id, id) ON DELETE CASCADE
  constraint bot_channels_workspace_id_channel_id_fkey FOREIGN KEY (workspace_id, channel_id) REFERENCES channels(workspace_id, id) ON DELETE CASCADE
  constraint bot_channels_pkey PRIMARY KEY (workspace_id, channel_id)
  CREATE INDEX bot_channels_bot ON public.bot_channels USING btree (workspace_id, bot_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table bot_knowledge, row security on and forced, owner <owner>
  workspace_id uuid not null
  bot_id uuid not null
  knowledge_id uuid not null
  constraint bot_knowledge_workspace_id_bot_id_fkey FOREIGN KEY (workspace_id, bot_id) REFERENCES bots(workspace_id, id) ON DELETE CASCADE
  constraint bot_knowledge_workspace_id_knowledge_id_fkey FOREIGN KEY (workspace_id, knowledge_id) REFERENCES knowledge_sources(workspace_id, id) ON DELETE CASCADE
  constraint bot_knowledge_pkey PRIMARY KEY (workspace_id, bot_id, knowledge_id)
  CREATE INDEX bot_knowledge_knowledge ON public.bot_knowledge USING btree (workspace_id, knowledge_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table bots, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  name text not null
  mode text not null
  lead_mode text not null
  model text
  instructions text not null default ''::text
  temperature double precision not null
  disclosure text not null default ''::text
  max_replies_per_conversation integer not null
  handoff_keywords text[] not null default '{}'::text[]
  min_confidence double precision
  topics text[] not null default '{}'::text[]
  daily_budget_cents integer
  quote_on_failure boolean not null default true
  frozen boolean not null default false
  created_at timestamp with time zone not null default now()
  auto_hours text not null default 'ALWAYS'::text
  constraint bots_auto_hours_check CHECK ((auto_hours = ANY (ARRAY['ALWAYS'::text, 'OPEN'::text, 'CLOSED'::text])))
  constraint bots_lead_mode_check CHECK ((lead_mode = ANY (ARRAY['OFF'::text, 'DRAFT'::text, 'AUTO'::text])))
  constraint bots_mode_check CHECK ((mode = ANY (ARRAY['OFF'::text, 'DRAFT'::text, 'AUTO'::text])))
  constraint bots_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint bots_pkey PRIMARY KEY (workspace_id, id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table canned_responses, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  shortcut text not null
  text text not null
  constraint canned_responses_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint canned_responses_pkey PRIMARY KEY (workspace_id, id)
  CREATE UNIQUE INDEX canned_responses_shortcut ON public.canned_responses USING btree (workspace_id, lower(shortcut))
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table channel_authorizations, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  state_digest bytea not null
  credential text not null
  flow text not null
  status text not null
  error text
  asked text[] not null
  granted text[] not null default '{}'::text[]
  assets bytea
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  constraint channel_authorizations_status_check CHECK ((status = ANY (ARRAY['STARTED'::text, 'RETURNED'::text, 'FAILED'::text, 'GRANTED'::text, 'COMPLETING'::text, 'COMPLETED'::text])))
  constraint channel_authorizations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint channel_authorizations_pkey PRIMARY KEY (workspace_id, id)
  constraint channel_authorizations_workspace_id_state_digest_key UNIQUE (workspace_id, state_digest)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table channel_directory, owner <owner>
  account bytea not null
  workspace_id uuid not null
  channel_id uuid not null
  frozen boolean not null default false
  constraint channel_directory_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint channel_directory_pkey PRIMARY KEY (account)
  CREATE INDEX channel_directory_workspace ON public.channel_directory USING btree (workspace_id)
  grant delete, insert, select, update to parley_definer

table channel_grantors, owner <owner>
  grantor bytea not null
  workspace_id uuid not null
  channel_id uuid not null
  constraint channel_grantors_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint channel_grantors_pkey PRIMARY KEY (grantor, workspace_id, channel_id)
  CREATE INDEX channel_grantors_channel ON public.channel_grantors USING btree (workspace_id, channel_id)
  grant delete, insert, select, update to parley_definer

table channels, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  kind text not null
  provider text not null
  name text not null
  external_id text
  status text not null
  token bytea
  token_expires_at timestamp with time zone
  settings jsonb not null default '{}'::jsonb
  last_inbound_at timestamp with time zone
  last_error text
  lead_ads boolean not null default false
  frozen boolean not null default false
  connected_by uuid
  connected_at timestamp with time zone not null default now()
  granted_at timestamp with time zone
  expired_at timestamp with time zone
  gap_since timestamp with time zone
  disconnected_at timestamp with time zone
  former_account bytea
  webhook_secret bytea
  constraint channels_status_check CHECK ((status = ANY (ARRAY['CONNECTED'::text, 'EXPIRING'::text, 'EXPIRED'::text, 'ERROR'::text, 'DISCONNECTED'::text])))
  constraint channels_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint channels_pkey PRIMARY KEY (workspace_id, id)
  constraint channels_workspace_id_provider_external_id_key UNIQUE (workspace_id, provider, external_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>
  CREATE TRIGGER used_again AFTER UPDATE OF status ON public.channels FOR EACH ROW WHEN (((new.status <> 'DISCONNECTED'::text) AND (NOT (old.status <> 'DISCONNECTED'::text)))) EXECUTE FUNCTION count_one_use('CHANNELS', '1')
  CREATE TRIGGER used_by_one_less AFTER DELETE ON public.channels FOR EACH ROW WHEN ((old.status <> 'DISCONNECTED'::text)) EXECUTE FUNCTION count_one_use('CHANNELS', '-1')
  CREATE TRIGGER used_by_one_more AFTER INSERT ON public.channels FOR EACH ROW WHEN ((new.status <> 'DISCONNECTED'::text)) EXECUTE FUNCTION count_one_use('CHANNELS', '1')
  CREATE TRIGGER used_no_more AFTER UPDATE OF status ON public.channels FOR EACH ROW WHEN (((old.status <> 'DISCONNECTED'::text) AND (NOT (new.status <> 'DISCONNECTED'::text)))) EXECUTE FUNCTION count_one_use('CHANNELS', '-1')

table chat_detail_rules, row security on and forced, owner <owner>
  workspace_id uuid not null
  applied text[] not null default '{}'::text[]
  country text
  constraint chat_detail_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint chat_detail_rules_pkey PRIMARY KEY (workspace_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table composer_draft_files, row security on and forced, owner <owner>
  workspace_id uuid not null
  member_id uuid not null
  conversation_id uuid not null
  position smallint not null
  file_id uuid not null
  constraint composer_draft_files_draft_fkey FOREIGN KEY (workspace_id, member_id, conversation_id) REFERENCES composer_drafts(workspace_id, member_id, conversation_id) ON UPDATE CASCADE ON DELETE CASCADE
  constraint composer_draft_files_workspace_id_file_id_fkey FOREIGN KEY (workspace_id, file_id) REFERENCES files(workspace_id, id) ON DELETE CASCADE
  constraint composer_draft_files_pkey PRIMARY KEY (workspace_id, member_id, conversation_id, "position")
  CREATE INDEX composer_draft_files_file ON public.composer_draft_files USING btree (workspace_id, file_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table composer_drafts, row security on and forced, owner <owner>
  workspace_id uuid not null
  member_id uuid not null
  conversation_id uuid not null
  text text not null
  updated_at timestamp with time zone not null default now()
  constraint composer_drafts_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE CASCADE
  constraint composer_drafts_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint composer_drafts_pkey PRIMARY KEY (workspace_id, member_id, conversation_id)
  CREATE INDEX composer_drafts_conversation ON public.composer_drafts USING btree (workspace_id, conversation_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table contact_fields, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  key text not null
  name text not null
  kind text not null
  choices text[] not null default '{}'::text[]
  removed_at timestamp with time zone
  constraint contact_fields_kind_check CHECK ((kind = ANY (ARRAY['TEXT'::text, 'NUMBER'::text, 'DATE'::text, 'CHOICE'::text, 'YES_NO'::text])))
  constraint contact_fields_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint contact_fields_pkey PRIMARY KEY (workspace_id, id)
  constraint contact_fields_workspace_id_key_key UNIQUE (workspace_id, key)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table contact_forms, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  name text not null
  public_key text not null
  allowed_domains text[] not null
  answer_only boolean not null
  created_at timestamp with time zone not null default now()
  constraint contact_forms_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint contact_forms_pkey PRIMARY KEY (workspace_id, id)
  constraint contact_forms_workspace_id_public_key_key UNIQUE (workspace_id, public_key)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table contact_identities, row security on and forced, owner <owner>
  workspace_id uuid not null
  channel_id uuid not null
  external_id text not null
  id uuid not null
  contact_id uuid not null
  original_contact_id uuid not null
  kind text not null
  handle text
  thread_key uuid not null
  created_at timestamp with time zone not null default now()
  constraint contact_identities_workspace_id_channel_id_fkey FOREIGN KEY (workspace_id, channel_id) REFERENCES channels(workspace_id, id) ON DELETE CASCADE
  constraint contact_identities_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE
  constraint contact_identities_pkey PRIMARY KEY (workspace_id, channel_id, external_id)
  constraint contact_identities_workspace_id_id_key UNIQUE (workspace_id, id)
  CREATE INDEX contact_identities_contact ON public.contact_identities USING btree (workspace_id, contact_id)
  CREATE INDEX contact_identities_thread ON public.contact_identities USING btree (workspace_id, thread_key)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table contact_merges, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  kept_id uuid not null
  merged_id uuid not null
  kept_before jsonb not null
  moved jsonb not null
  merged_at timestamp with time zone not null default now()
  constraint contact_merges_workspace_id_kept_id_fkey FOREIGN KEY (workspace_id, kept_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE
  constraint contact_merges_workspace_id_merged_id_fkey FOREIGN KEY (workspace_id, merged_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE
  constraint contact_merges_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX contact_merges_kept ON public.contact_merges USING btree (workspace_id, kept_id)
  CREATE INDEX contact_merges_merged ON public.contact_merges USING btree (workspace_id, merged_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table contact_notes, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  contact_id uuid not null
  member_id uuid
  text text not null
  created_at timestamp with time zone not null default now()
  constraint contact_notes_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE
  constraint contact_notes_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE SET NULL (member_id)
  constraint contact_notes_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX contact_notes_contact ON public.contact_notes USING btree (workspace_id, contact_id, id DESC)
  CREATE INDEX contact_notes_member ON public.contact_notes USING btree (workspace_id, member_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table contact_proposals, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  contact_id uuid not null
  conversation_id uuid not null
  message_id uuid not null
  kind text not null
  value text not null
  status text not null default 'PROPOSED'::text
  created_at timestamp with time zone not null default now()
  constraint contact_proposals_kind_check CHECK ((kind = ANY (ARRAY['EMAIL'::text, 'PHONE'::text, 'NAME'::text, 'COMPANY'::text])))
  constraint contact_proposals_status_check CHECK ((status = ANY (ARRAY['PROPOSED'::text, 'APPLIED'::text, 'DISMISSED'::text])))
  constraint contact_proposals_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE
  constraint contact_proposals_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE CASCADE
  constraint contact_proposals_pkey PRIMARY KEY (workspace_id, id)
  constraint contact_proposals_workspace_id_message_id_kind_value_key UNIQUE (workspace_id, message_id, kind, value)
  CREATE INDEX contact_proposals_contact ON public.contact_proposals USING btree (workspace_id, contact_id, id DESC)
  CREATE INDEX contact_proposals_conversation ON public.contact_proposals USING btree (workspace_id, conversation_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table contact_segments, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  name text not null
  filter jsonb not null
  constraint contact_segments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint contact_segments_pkey PRIMARY KEY (workspace_id, id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table contacts, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  name text
  avatar_url text
  language text
  emails text[] not null default '{}'::text[]
  phones text[] not null default '{}'::text[]
  custom_fields jsonb not null default '{}'::jsonb
  tags text[] not null default '{}'::text[]
  blocked boolean not null default false
  automation_objected boolean not null default false
  processing_restricted boolean not null default false
  merged_into uuid
  first_seen_at timestamp with time zone not null default now()
  last_seen_at timestamp with time zone not null default now()
  refused_messages integer not null default 0
  search tsvector not null generated as to_tsvector('simple'::regconfig, contact_words(name, emails, phones))
  answer_only boolean not null default false
  constraint contacts_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint contacts_workspace_id_merged_into_fkey FOREIGN KEY (workspace_id, merged_into) REFERENCES contacts(workspace_id, id) ON DELETE SET NULL (merged_into)
  constraint contacts_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX contacts_blocked ON public.contacts USING btree (workspace_id, last_seen_at DESC, id DESC) WHERE (blocked AND (merged_into IS NULL))
  CREATE INDEX contacts_fields ON public.contacts USING gin (workspace_id, custom_fields) WHERE (custom_fields <> '{}'::jsonb)
  CREATE INDEX contacts_language ON public.contacts USING btree (workspace_id, language) WHERE ((language IS NOT NULL) AND (merged_into IS NULL))
  CREATE INDEX contacts_merged ON public.contacts USING btree (workspace_id, merged_into) WHERE (merged_into IS NOT NULL)
  CREATE INDEX contacts_recent ON public.contacts USING btree (workspace_id, last_seen_at DESC, id DESC) WHERE (merged_into IS NULL)
  CREATE INDEX contacts_search ON public.contacts USING gin (workspace_id, search)
  CREATE INDEX contacts_tags ON public.contacts USING gin (workspace_id, tags) WHERE (tags <> '{}'::text[])
  policy functions for select to parley_definer using true
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>
  grant select (workspace_id, id, custom_fields, tags, merged_into, search) to parley_definer
  CREATE TRIGGER used_again AFTER UPDATE OF merged_into ON public.contacts FOR EACH ROW WHEN (((new.merged_into IS NULL) AND (NOT (old.merged_into IS NULL)))) EXECUTE FUNCTION count_one_use('CONTACTS', '1')
  CREATE TRIGGER used_by_less AFTER DELETE ON public.contacts REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_removed_contacts()
  CREATE TRIGGER used_by_more AFTER INSERT ON public.contacts REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_added_contacts()
  CREATE TRIGGER used_no_more AFTER UPDATE OF merged_into ON public.contacts FOR EACH ROW WHEN (((old.merged_into IS NULL) AND (NOT (new.merged_into IS NULL)))) EXECUTE FUNCTION count_one_use('CONTACTS', '-1')

table conversation_rounds, row security on and forced, owner <owner>
  workspace_id uuid not null
  conversation_id uuid not null
  round smallint not null
  started_at timestamp with time zone not null
  answered_at timestamp with time zone
  answer_id uuid
  resolved_at timestamp with time zone not null
  member_id uuid
  constraint conversation_rounds_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE CASCADE
  constraint conversation_rounds_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE SET NULL (member_id)
  constraint conversation_rounds_pkey PRIMARY KEY (workspace_id, conversation_id, round)
  CREATE INDEX conversation_rounds_member ON public.conversation_rounds USING btree (workspace_id, member_id) WHERE (member_id IS NOT NULL)
  CREATE INDEX conversation_rounds_resolved ON public.conversation_rounds USING btree (workspace_id, resolved_at)
  CREATE INDEX conversation_rounds_started ON public.conversation_rounds USING btree (workspace_id, started_at)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table conversations with (fillfactor=80, autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_cost_delay=0), row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  channel_id uuid not null
  contact_id uuid not null
  thread_key uuid not null
  subject text
  status text not null default 'OPEN'::text
  priority smallint not null default 0
  assignee_id uuid
  tags text[] not null default '{}'::text[]
  snoozed_until timestamp with time zone
  spam boolean not null default false
  ai_paused boolean not null default false
  unread_count integer not null default 0
  last_message_id uuid
  last_inbound_id uuid
  last_inbound_at timestamp with time zone
  waiting_since timestamp with time zone
  read_by_contact_at timestamp with time zone
  delivered_to_contact_at timestamp with time zone
  last_activity_at timestamp with time zone not null default now()
  created_at timestamp with time zone not null default now()
  unreachable_at timestamp with time zone
  reachable_at timestamp with time zone
  away_sent_at timestamp with time zone
  round smallint not null default 0
  round_started_at timestamp with time zone
  answered_at timestamp with time zone
  answer_id uuid
  constraint conversations_priority_check CHECK (((priority >= 0) AND (priority <= 4)))
  constraint conversations_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'PENDING'::text, 'SNOOZED'::text, 'RESOLVED'::text])))
  constraint conversations_workspace_id_assignee_id_fkey FOREIGN KEY (workspace_id, assignee_id) REFERENCES members(workspace_id, id) ON DELETE SET NULL (assignee_id)
  constraint conversations_workspace_id_channel_id_fkey FOREIGN KEY (workspace_id, channel_id) REFERENCES channels(workspace_id, id) ON DELETE CASCADE
  constraint conversations_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE
  constraint conversations_pkey PRIMARY KEY (workspace_id, id)
  constraint conversations_workspace_id_channel_id_thread_key_key UNIQUE (workspace_id, channel_id, thread_key)
  CREATE INDEX conversations_assignee ON public.conversations USING btree (workspace_id, assignee_id, last_activity_at DESC, id DESC) WHERE (assignee_id IS NOT NULL)
  CREATE INDEX conversations_contact ON public.conversations USING btree (workspace_id, contact_id)
  CREATE INDEX conversations_open ON public.conversations USING btree (workspace_id, last_activity_at DESC, id DESC, assignee_id) WHERE ((status = 'OPEN'::text) AND (NOT spam))
  CREATE INDEX conversations_raised ON public.conversations USING btree (workspace_id, priority DESC, last_activity_at DESC, id DESC) WHERE ((priority > 0) AND (NOT spam))
  CREATE INDEX conversations_settled ON public.conversations USING btree (workspace_id, last_activity_at DESC, id DESC) WHERE ((status <> 'OPEN'::text) AND (NOT spam))
  CREATE INDEX conversations_unread ON public.conversations USING btree (workspace_id, id) WHERE (unread_count > 0)
  CREATE INDEX conversations_waiting ON public.conversations USING btree (workspace_id, waiting_since, id) WHERE ((waiting_since IS NOT NULL) AND (NOT spam))
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>
  CREATE TRIGGER round_begins BEFORE INSERT ON public.conversations FOR EACH ROW WHEN (((new.last_inbound_at IS NOT NULL) AND (new.status <> 'RESOLVED'::text))) EXECUTE FUNCTION follow_round()
  CREATE TRIGGER round_goes_on BEFORE UPDATE OF status, waiting_since, last_inbound_at ON public.conversations FOR EACH ROW WHEN ((((old.status = 'RESOLVED'::text) <> (new.status = 'RESOLVED'::text)) OR ((new.status <> 'RESOLVED'::text) AND (new.round_started_at IS NULL) AND (new.last_inbound_at IS DISTINCT FROM old.last_inbound_at)) OR ((new.round_started_at IS NOT NULL) AND (new.answered_at IS NULL) AND (old.waiting_since IS NOT NULL) AND (new.waiting_since IS NULL)))) EXECUTE FUNCTION follow_round()

table deliveries partitioned by RANGE (received_at), owner <owner>
  id uuid not null
  received_at timestamp with time zone not null default now()
  provider text not null
  body bytea not null
  attempts integer not null default 0
  available_at timestamp with time zone not null default now()
  leased_until timestamp with time zone
  workspace_id uuid
  set_aside_at timestamp with time zone
  reason text
  lane smallint not null default 0
  constraint deliveries_pkey PRIMARY KEY (id, received_at)
  CREATE INDEX deliveries_fresh ON ONLY public.deliveries USING btree (lane, available_at, id) WHERE ((set_aside_at IS NULL) AND (attempts = 0))
  CREATE INDEX deliveries_of_workspace ON ONLY public.deliveries USING btree (workspace_id) WHERE (workspace_id IS NOT NULL)
  CREATE INDEX deliveries_set_aside ON ONLY public.deliveries USING btree (set_aside_at) WHERE (set_aside_at IS NOT NULL)
  CREATE INDEX deliveries_tried ON ONLY public.deliveries USING btree (available_at, id) WHERE ((set_aside_at IS NULL) AND (attempts > 0))
  grant delete, insert, select, update to <app>

table deliveries_default partition of deliveries DEFAULT, owner <owner>
  id uuid not null
  received_at timestamp with time zone not null default now()
  provider text not null
  body bytea not null
  attempts integer not null default 0
  available_at timestamp with time zone not null default now()
  leased_until timestamp with time zone
  workspace_id uuid
  set_aside_at timestamp with time zone
  reason text
  lane smallint not null default 0
  constraint deliveries_default_pkey PRIMARY KEY (id, received_at)
  CREATE INDEX deliveries_default_available_at_id_idx ON public.deliveries_default USING btree (available_at, id) WHERE ((set_aside_at IS NULL) AND (attempts > 0))
  CREATE INDEX deliveries_default_lane_available_at_id_idx ON public.deliveries_default USING btree (lane, available_at, id) WHERE ((set_aside_at IS NULL) AND (attempts = 0))
  CREATE INDEX deliveries_default_set_aside_at_idx ON public.deliveries_default USING btree (set_aside_at) WHERE (set_aside_at IS NOT NULL)
  CREATE INDEX deliveries_default_workspace_id_idx ON public.deliveries_default USING btree (workspace_id) WHERE (workspace_id IS NOT NULL)

table draft_sources, row security on and forced, owner <owner>
  workspace_id uuid not null
  draft_id uuid not null
  position smallint not null
  knowledge_id uuid not null
  title text not null
  passage text not null
  url text
  score double precision not null
  page integer
  constraint draft_sources_workspace_id_draft_id_fkey FOREIGN KEY (workspace_id, draft_id) REFERENCES drafts(workspace_id, id) ON DELETE CASCADE
  constraint draft_sources_pkey PRIMARY KEY (workspace_id, draft_id, "position")
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table drafts, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  conversation_id uuid
  answers_id uuid
  run_id uuid
  text text not null
  status text not null
  confidence double precision
  message_id uuid
  created_at timestamp with time zone not null default now()
  instruction text
  change text
  language text
  changes_id uuid
  lead_id uuid
  constraint drafts_change_check CHECK ((change = ANY (ARRAY['SHORTER'::text, 'FRIENDLIER'::text, 'MORE_FORMAL'::text, 'TRANSLATION'::text])))
  constraint drafts_language_check CHECK ((language = ANY (ARRAY['EN'::text, 'TR'::text, 'DE'::text, 'FR'::text, 'ES'::text, 'IT'::text, 'PT'::text, 'NL'::text, 'RU'::text, 'AR'::text])))
  constraint drafts_place_check CHECK ((num_nonnulls(conversation_id, lead_id) > 0))
  constraint drafts_status_check CHECK ((status = ANY (ARRAY['GENERATING'::text, 'PROPOSED'::text, 'ACCEPTED'::text, 'EDITED'::text, 'DISCARDED'::text, 'FAILED'::text])))
  constraint drafts_changes_fkey FOREIGN KEY (workspace_id, changes_id) REFERENCES drafts(workspace_id, id) ON DELETE SET NULL (changes_id)
  constraint drafts_lead_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  constraint drafts_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE CASCADE
  constraint drafts_workspace_id_run_id_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES ai_runs(workspace_id, id) ON DELETE SET NULL (run_id)
  constraint drafts_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX drafts_changes ON public.drafts USING btree (workspace_id, changes_id) WHERE (changes_id IS NOT NULL)
  CREATE INDEX drafts_conversation ON public.drafts USING btree (workspace_id, conversation_id)
  CREATE UNIQUE INDEX drafts_generating ON public.drafts USING btree (workspace_id, conversation_id) WHERE (status = 'GENERATING'::text)
  CREATE INDEX drafts_lead ON public.drafts USING btree (workspace_id, lead_id) WHERE (lead_id IS NOT NULL)
  CREATE UNIQUE INDEX drafts_lead_generating ON public.drafts USING btree (workspace_id, lead_id) WHERE ((status = 'GENERATING'::text) AND (lead_id IS NOT NULL))
  CREATE UNIQUE INDEX drafts_lead_proposed ON public.drafts USING btree (workspace_id, lead_id) WHERE ((status = 'PROPOSED'::text) AND (lead_id IS NOT NULL))
  CREATE INDEX drafts_message ON public.drafts USING btree (workspace_id, message_id) WHERE (message_id IS NOT NULL)
  CREATE UNIQUE INDEX drafts_proposed ON public.drafts USING btree (workspace_id, conversation_id) WHERE (status = 'PROPOSED'::text)
  CREATE INDEX drafts_run ON public.drafts USING btree (workspace_id, run_id) WHERE (run_id IS NOT NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table due with (fillfactor=70, autovacuum_vacuum_scale_factor=0.02, autovacuum_vacuum_threshold=200), owner <owner>
  kind text not null
  workspace_id uuid not null
  row_id uuid not null
  due_at timestamp with time zone not null
  generation integer not null default 1
  attempts integer not null default 0
  lease uuid
  leased_until timestamp with time zone
  set_aside_at timestamp with time zone
  reason text
  existing_workspace_id uuid generated as NULLIF(workspace_id, '00000000-0000-0000-0000-000000000000'::uuid)
  constraint due_existing_workspace_id_fkey FOREIGN KEY (existing_workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint due_pkey PRIMARY KEY (kind, workspace_id, row_id)
  CREATE INDEX due_next ON public.due USING btree (due_at) WHERE (set_aside_at IS NULL)
  CREATE INDEX due_workspace ON public.due USING btree (existing_workspace_id)
  grant delete, insert, select, update to <app>

table early_signals, row security on and forced, owner <owner>
  workspace_id uuid not null
  channel_id uuid not null
  message_external_id text not null
  kind text not null
  rank integer not null default 0
  at timestamp with time zone not null
  value jsonb not null
  received_at timestamp with time zone not null default now()
  constraint early_signals_workspace_id_channel_id_fkey FOREIGN KEY (workspace_id, channel_id) REFERENCES channels(workspace_id, id) ON DELETE CASCADE
  constraint early_signals_pkey PRIMARY KEY (workspace_id, channel_id, message_external_id, kind)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table encryption_keys, owner <owner>
  id text not null
  proof bytea not null
  root bytea
  created_at timestamp with time zone not null default now()
  retired_at timestamp with time zone
  constraint encryption_keys_pkey PRIMARY KEY (id)
  grant insert, select, update to <app>

table erasure_receipts, owner <owner>
  id uuid not null
  seq bigint not null
  erasure_id uuid not null
  scope text not null
  subject_digest text not null
  erased jsonb not null
  retained jsonb not null
  completed_at timestamp with time zone not null
  previous_hash text not null
  hash text not null
  signature text not null
  key_id text not null
  constraint erasure_receipts_pkey PRIMARY KEY (id)
  constraint erasure_receipts_erasure_id_key UNIQUE (erasure_id)
  constraint erasure_receipts_hash_key UNIQUE (hash)
  constraint erasure_receipts_previous_hash_key UNIQUE (previous_hash)
  CREATE INDEX erasure_receipts_in_order ON public.erasure_receipts USING btree (seq)
  grant insert, select to <app>

table erasures, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  scope text not null
  subject jsonb
  traces bytea
  files uuid[] not null default '{}'::uuid[]
  request_id uuid
  cause text not null
  erased jsonb not null default '{}'::jsonb
  tombstones integer not null default 0
  begun_at timestamp with time zone not null default now()
  held_at timestamp with time zone
  completed_at timestamp with time zone
  constraint erasures_scope_check CHECK ((scope = ANY (ARRAY['CONTACT'::text, 'CONVERSATION'::text, 'CHANNEL'::text, 'USER'::text, 'WORKSPACE'::text, 'LEAD'::text])))
  constraint erasures_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint erasures_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX erasures_open ON public.erasures USING btree (workspace_id) WHERE (completed_at IS NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table evaluation_cases, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  set_id uuid not null
  question text not null
  expected text not null
  knowledge_id uuid
  conversation_id uuid
  constraint evaluation_cases_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE CASCADE
  constraint evaluation_cases_workspace_id_set_id_fkey FOREIGN KEY (workspace_id, set_id) REFERENCES evaluation_sets(workspace_id, id) ON DELETE CASCADE
  constraint evaluation_cases_pkey PRIMARY KEY (workspace_id, id)
  CREATE UNIQUE INDEX evaluation_cases_conversation ON public.evaluation_cases USING btree (workspace_id, conversation_id) WHERE (conversation_id IS NOT NULL)
  CREATE INDEX evaluation_cases_set ON public.evaluation_cases USING btree (workspace_id, set_id, id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table evaluation_results, row security on and forced, owner <owner>
  workspace_id uuid not null
  evaluation_id uuid not null
  position integer not null
  question text not null
  expected text not null
  knowledge_id uuid
  conversation_id uuid
  answer text not null default ''::text
  verdict text
  sources jsonb not null default '[]'::jsonb
  latency_ms integer not null default 0
  cost_cents double precision
  run_id uuid
  constraint evaluation_results_verdict_check CHECK ((verdict = ANY (ARRAY['SAYS_IT'::text, 'LEFT_ALONE'::text, 'SILENT'::text, 'SPOKE'::text, 'OTHER_NUMBER'::text, 'DENIES'::text, 'LEAVES_OUT'::text, 'OTHER_SOURCE'::text])))
  constraint evaluation_results_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE CASCADE
  constraint evaluation_results_workspace_id_evaluation_id_fkey FOREIGN KEY (workspace_id, evaluation_id) REFERENCES evaluations(workspace_id, id) ON DELETE CASCADE
  constraint evaluation_results_workspace_id_run_id_fkey FOREIGN KEY (workspace_id, run_id) REFERENCES ai_runs(workspace_id, id) ON DELETE SET NULL (run_id)
  constraint evaluation_results_pkey PRIMARY KEY (workspace_id, evaluation_id, "position")
  CREATE INDEX evaluation_results_conversation ON public.evaluation_results USING btree (workspace_id, conversation_id) WHERE (conversation_id IS NOT NULL)
  CREATE INDEX evaluation_results_run ON public.evaluation_results USING btree (workspace_id, run_id) WHERE (run_id IS NOT NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table evaluation_sets, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  name text not null
  updated_at timestamp with time zone not null default now()
  constraint evaluation_sets_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint evaluation_sets_pkey PRIMARY KEY (workspace_id, id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table evaluations, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  bot_id uuid not null
  set_id uuid
  status text not null
  stopped text
  instructions text not null
  model text
  prompt_version text not null
  settings bytea not null
  most_cents double precision not null
  created_at timestamp with time zone not null default now()
  finished_at timestamp with time zone
  constraint evaluations_status_check CHECK ((status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'DONE'::text, 'FAILED'::text])))
  constraint evaluations_stopped_check CHECK ((stopped = ANY (ARRAY['CANCELLED'::text, 'COST'::text, 'NO_MODEL'::text, 'MODEL_FAILS'::text, 'NO_CASES'::text])))
  constraint evaluations_workspace_id_bot_id_fkey FOREIGN KEY (workspace_id, bot_id) REFERENCES bots(workspace_id, id) ON DELETE CASCADE
  constraint evaluations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint evaluations_workspace_id_set_id_fkey FOREIGN KEY (workspace_id, set_id) REFERENCES evaluation_sets(workspace_id, id) ON DELETE SET NULL (set_id)
  constraint evaluations_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX evaluations_bot ON public.evaluations USING btree (workspace_id, bot_id, id DESC)
  CREATE INDEX evaluations_set ON public.evaluations USING btree (workspace_id, set_id) WHERE (set_id IS NOT NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table file_room, row security on and forced, owner <owner>
  workspace_id uuid not null
  bytes bigint not null default 0
  most_bytes bigint
  told_at timestamp with time zone
  constraint file_room_most_bytes_check CHECK ((most_bytes >= 0))
  constraint file_room_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint file_room_pkey PRIMARY KEY (workspace_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table files, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  name text
  content_type text not null
  size integer not null
  sha256 bytea not null
  created_at timestamp with time zone not null default now()
  has_thumbnail boolean not null default false
  member_id uuid
  small_size integer not null default 0
  visitor_id uuid
  kept_until timestamp with time zone
  constraint files_size_check CHECK ((size >= 0))
  constraint files_small_size_check CHECK ((small_size >= 0))
  constraint files_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint files_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE SET NULL (member_id)
  constraint files_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX files_member ON public.files USING btree (workspace_id, member_id) WHERE (member_id IS NOT NULL)
  CREATE INDEX files_visitor ON public.files USING btree (workspace_id, visitor_id) WHERE (visitor_id IS NOT NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>
  CREATE TRIGGER added_files AFTER INSERT ON public.files REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_added_files()
  CREATE TRIGGER removed_files AFTER DELETE ON public.files REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_removed_files()

table guesses, owner <owner>
  key bytea not null
  points integer not null
  expires_at timestamp with time zone not null
  constraint guesses_pkey PRIMARY KEY (key)
  CREATE INDEX guesses_expires ON public.guesses USING btree (expires_at)
  grant delete, insert, select, update to <app>

table instance_privacy_requests, owner <owner>
  id uuid not null
  kind text not null
  origin text not null
  status text not null
  code text not null
  language text not null
  law text
  on_behalf_of boolean not null
  minor boolean not null
  received_at timestamp with time zone not null default now()
  due_at timestamp with time zone not null
  extended_until timestamp with time zone
  notice_sent_at timestamp with time zone
  verified_at timestamp with time zone
  completed_at timestamp with time zone
  proof_hash bytea
  proof_until timestamp with time zone
  details bytea not null
  user_id uuid
  constraint instance_privacy_requests_kind_check CHECK ((kind = ANY (ARRAY['ACCESS'::text, 'RECTIFY'::text, 'ERASE'::text, 'RESTRICT'::text, 'PORT'::text, 'OBJECT'::text, 'OBJECT_AUTOMATED'::text])))
  constraint instance_privacy_requests_language_check CHECK ((language = ANY (ARRAY['en'::text, 'tr'::text])))
  constraint instance_privacy_requests_law_check CHECK ((law = ANY (ARRAY['GDPR'::text, 'KVKK'::text, 'CCPA'::text])))
  constraint instance_privacy_requests_origin_check CHECK ((origin = ANY (ARRAY['DASHBOARD'::text, 'PUBLIC_FORM'::text, 'EMAIL'::text, 'META'::text, 'SHOPIFY'::text, 'WIDGET'::text])))
  constraint instance_privacy_requests_status_check CHECK ((status = ANY (ARRAY['RECEIVED'::text, 'VERIFYING'::text, 'IN_PROGRESS'::text, 'ON_HOLD'::text, 'COMPLETED'::text, 'REJECTED'::text])))
  constraint instance_privacy_requests_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE SET NULL
  constraint instance_privacy_requests_pkey PRIMARY KEY (id)
  CREATE INDEX instance_privacy_requests_user ON public.instance_privacy_requests USING btree (user_id)
  grant delete, insert, select, update to <app>
  grant select (received_at, due_at, extended_until, completed_at) to parley_definer

table invitations, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  email text not null
  role text not null
  token_hash bytea not null
  invited_by uuid not null
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  constraint invitations_role_check CHECK ((role = ANY (ARRAY['OWNER'::text, 'ADMIN'::text, 'EDITOR'::text, 'VIEWER'::text])))
  constraint invitations_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint invitations_workspace_id_invited_by_fkey FOREIGN KEY (workspace_id, invited_by) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint invitations_pkey PRIMARY KEY (workspace_id, id)
  constraint invitations_workspace_id_token_hash_key UNIQUE (workspace_id, token_hash)
  CREATE UNIQUE INDEX invitations_email ON public.invitations USING btree (workspace_id, lower(email))
  CREATE INDEX invitations_inviter ON public.invitations USING btree (workspace_id, invited_by)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table journal_heads, owner <owner>
  journal text not null
  seq bigint not null
  hash text not null
  constraint journal_heads_pkey PRIMARY KEY (journal)
  grant insert, select, update to <app>

table knowledge_pages, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  knowledge_id uuid not null
  position integer not null
  url text not null
  sitemap boolean not null default false
  waits boolean not null default true
  etag text
  last_modified text
  read_at timestamp with time zone
  error text
  failures integer not null default 0
  constraint knowledge_pages_workspace_id_knowledge_id_fkey FOREIGN KEY (workspace_id, knowledge_id) REFERENCES knowledge_sources(workspace_id, id) ON DELETE CASCADE
  constraint knowledge_pages_pkey PRIMARY KEY (workspace_id, id)
  constraint knowledge_pages_workspace_id_knowledge_id_url_key UNIQUE (workspace_id, knowledge_id, url)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table knowledge_sources, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  kind text not null
  title text not null
  status text not null
  url text
  internal boolean not null default false
  error text
  digest bytea not null
  created_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  file_id uuid
  read_at timestamp with time zone
  stale_since timestamp with time zone
  changed_at timestamp with time zone
  passages_added integer not null default 0
  passages_removed integer not null default 0
  passages_kept integer not null default 0
  constraint knowledge_sources_kind_check CHECK ((kind = ANY (ARRAY['TEXT'::text, 'FAQ'::text, 'URL'::text, 'FILE'::text])))
  constraint knowledge_sources_status_check CHECK ((status = ANY (ARRAY['PENDING'::text, 'READY'::text, 'FAILED'::text])))
  constraint knowledge_sources_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint knowledge_sources_pkey PRIMARY KEY (workspace_id, id)
  constraint knowledge_sources_workspace_id_digest_key UNIQUE (workspace_id, digest)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table lead_activities, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  lead_id uuid not null
  kind text not null
  at timestamp with time zone not null default now()
  member_id uuid
  about_id uuid
  value text
  text text
  reply_key text
  constraint lead_activities_kind_check CHECK ((kind = ANY (ARRAY['CAPTURED'::text, 'AGAIN'::text, 'STATUS'::text, 'OWNER'::text, 'TAGS'::text, 'FIELDS'::text, 'NOTE'::text, 'REPLY'::text, 'REMINDER'::text, 'REMINDED'::text, 'REMINDER_CLEARED'::text, 'MERGED'::text, 'UNMERGED'::text])))
  constraint lead_activities_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  constraint lead_activities_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE SET NULL (member_id)
  constraint lead_activities_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX lead_activities_lead ON public.lead_activities USING btree (workspace_id, lead_id, id DESC)
  CREATE INDEX lead_activities_member ON public.lead_activities USING btree (workspace_id, member_id)
  CREATE UNIQUE INDEX lead_activities_reply ON public.lead_activities USING btree (workspace_id, lead_id, reply_key) WHERE (reply_key IS NOT NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table lead_analysis_rules, row security on and forced, owner <owner>
  workspace_id uuid not null
  enabled boolean not null
  constraint lead_analysis_rules_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint lead_analysis_rules_pkey PRIMARY KEY (workspace_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table lead_arrivals, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  channel_id uuid not null
  external_id text not null
  form_id text
  told_at timestamp with time zone not null default now()
  attempts integer not null default 0
  set_aside_at timestamp with time zone
  reason text
  cause text
  constraint lead_arrivals_cause_check CHECK ((cause = ANY (ARRAY['NO_ACCESS'::text, 'REFUSED'::text, 'GONE'::text, 'UNREACHABLE'::text])))
  constraint lead_arrivals_workspace_id_channel_id_fkey FOREIGN KEY (workspace_id, channel_id) REFERENCES channels(workspace_id, id) ON DELETE CASCADE
  constraint lead_arrivals_pkey PRIMARY KEY (workspace_id, id)
  constraint lead_arrivals_workspace_id_channel_id_external_id_key UNIQUE (workspace_id, channel_id, external_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table lead_assignees, row security on and forced, owner <owner>
  workspace_id uuid not null
  member_id uuid not null
  turn bigint not null default 0
  constraint lead_assignees_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES lead_assignments(workspace_id) ON DELETE CASCADE
  constraint lead_assignees_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint lead_assignees_pkey PRIMARY KEY (workspace_id, member_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table lead_assignments, row security on and forced, owner <owner>
  workspace_id uuid not null
  mode text not null
  sources text[] not null
  turn bigint not null default 0
  constraint lead_assignments_mode_check CHECK ((mode = ANY (ARRAY['OFF'::text, 'ROUND_ROBIN'::text])))
  constraint lead_assignments_sources_check CHECK ((sources <@ ARRAY['LEAD_AD'::text, 'CONTACT_FORM'::text, 'CHAT'::text, 'MANUAL'::text, 'IMPORT'::text]))
  constraint lead_assignments_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint lead_assignments_pkey PRIMARY KEY (workspace_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table lead_forms, row security on and forced, owner <owner>
  workspace_id uuid not null
  channel_id uuid not null
  form_id text not null
  selected boolean not null default false
  pulled_until timestamp with time zone
  constraint lead_forms_workspace_id_channel_id_fkey FOREIGN KEY (workspace_id, channel_id) REFERENCES channels(workspace_id, id) ON DELETE CASCADE
  constraint lead_forms_pkey PRIMARY KEY (workspace_id, channel_id, form_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table lead_import_rejections, row security on and forced, owner <owner>
  workspace_id uuid not null
  import_id uuid not null
  line integer not null
  reason text not null
  place integer
  constraint lead_import_rejections_workspace_id_import_id_fkey FOREIGN KEY (workspace_id, import_id) REFERENCES lead_imports(workspace_id, id) ON DELETE CASCADE
  constraint lead_import_rejections_pkey PRIMARY KEY (workspace_id, import_id, line)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table lead_imports, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  file_id uuid
  forgets_file boolean not null default false
  member_id uuid
  status text not null default 'QUEUED'::text
  stopped text
  dry_run boolean not null
  encoding text not null
  separator text not null
  columns text[] not null
  targets text[] not null
  total integer
  next_row integer not null default 0
  created integer not null default 0
  updated integer not null default 0
  rejected integer not null default 0
  created_at timestamp with time zone not null default now()
  finished_at timestamp with time zone
  constraint lead_imports_status_check CHECK ((status = ANY (ARRAY['QUEUED'::text, 'RUNNING'::text, 'DONE'::text, 'FAILED'::text])))
  constraint lead_imports_workspace_id_file_id_fkey FOREIGN KEY (workspace_id, file_id) REFERENCES files(workspace_id, id) ON DELETE SET NULL (file_id)
  constraint lead_imports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint lead_imports_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE SET NULL (member_id)
  constraint lead_imports_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX lead_imports_file ON public.lead_imports USING btree (workspace_id, file_id) WHERE (file_id IS NOT NULL)
  CREATE INDEX lead_imports_member ON public.lead_imports USING btree (workspace_id, member_id) WHERE (member_id IS NOT NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table lead_reminders, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  lead_id uuid not null
  member_id uuid not null
  due_at timestamp with time zone not null
  text text
  told_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  constraint lead_reminders_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  constraint lead_reminders_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint lead_reminders_pkey PRIMARY KEY (workspace_id, id)
  constraint lead_reminders_workspace_id_lead_id_member_id_key UNIQUE (workspace_id, lead_id, member_id)
  CREATE INDEX lead_reminders_member ON public.lead_reminders USING btree (workspace_id, member_id, due_at, id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table leads, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  contact_id uuid not null
  original_contact_id uuid not null
  source text not null
  status text not null default 'NEW'::text
  owner_id uuid
  channel_id uuid
  conversation_id uuid
  external_id text
  form_id text
  ad_id text
  campaign_id text
  name text
  email text
  phone text
  company text
  message text
  fields jsonb not null default '{}'::jsonb
  consents jsonb not null default '[]'::jsonb
  tags text[] not null default '{}'::text[]
  answer_only boolean not null default false
  test boolean not null default false
  created_at timestamp with time zone not null default now()
  received_at timestamp with time zone not null default now()
  first_replied_at timestamp with time zone
  reply_conversation_id uuid
  reply_task text
  constraint leads_source_check CHECK ((source = ANY (ARRAY['LEAD_AD'::text, 'CONTACT_FORM'::text, 'CHAT'::text, 'MANUAL'::text, 'IMPORT'::text])))
  constraint leads_status_check CHECK ((status = ANY (ARRAY['NEW'::text, 'CONTACTED'::text, 'QUALIFIED'::text, 'WON'::text, 'LOST'::text])))
  constraint leads_reply_conversation_fkey FOREIGN KEY (workspace_id, reply_conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE SET NULL (reply_conversation_id)
  constraint leads_workspace_id_channel_id_fkey FOREIGN KEY (workspace_id, channel_id) REFERENCES channels(workspace_id, id) ON DELETE SET NULL (channel_id)
  constraint leads_workspace_id_contact_id_fkey FOREIGN KEY (workspace_id, contact_id) REFERENCES contacts(workspace_id, id) ON DELETE CASCADE
  constraint leads_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE SET NULL (conversation_id)
  constraint leads_workspace_id_owner_id_fkey FOREIGN KEY (workspace_id, owner_id) REFERENCES members(workspace_id, id) ON DELETE SET NULL (owner_id)
  constraint leads_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX leads_board ON public.leads USING btree (workspace_id, status, created_at DESC, id DESC)
  CREATE INDEX leads_channel ON public.leads USING btree (workspace_id, channel_id) WHERE (channel_id IS NOT NULL)
  CREATE INDEX leads_contact ON public.leads USING btree (workspace_id, contact_id, created_at DESC, id DESC)
  CREATE INDEX leads_conversation ON public.leads USING btree (workspace_id, conversation_id) WHERE (conversation_id IS NOT NULL)
  CREATE INDEX leads_email ON public.leads USING btree (workspace_id, email) WHERE (email IS NOT NULL)
  CREATE UNIQUE INDEX leads_external ON public.leads USING btree (workspace_id, source, external_id) WHERE (external_id IS NOT NULL)
  CREATE INDEX leads_newest ON public.leads USING btree (workspace_id, created_at DESC, id DESC)
  CREATE INDEX leads_owner ON public.leads USING btree (workspace_id, owner_id, created_at DESC, id DESC)
  CREATE INDEX leads_phone ON public.leads USING btree (workspace_id, phone) WHERE (phone IS NOT NULL)
  CREATE INDEX leads_reply_conversation ON public.leads USING btree (workspace_id, reply_conversation_id) WHERE (reply_conversation_id IS NOT NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table legal_holds, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  contact_id uuid
  reason text not null
  placed_at timestamp with time zone not null default now()
  released_at timestamp with time zone
  constraint legal_holds_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint legal_holds_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX legal_holds_standing ON public.legal_holds USING btree (workspace_id, contact_id) WHERE (released_at IS NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table link_tokens, owner <owner>
  token_hash bytea not null
  user_id uuid not null
  purpose text not null
  email text not null
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  constraint link_tokens_purpose_check CHECK ((purpose = ANY (ARRAY['verify-email'::text, 'reset-password'::text, 'change-email'::text])))
  constraint link_tokens_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  constraint link_tokens_pkey PRIMARY KEY (token_hash)
  CREATE INDEX link_tokens_expires ON public.link_tokens USING btree (expires_at)
  CREATE INDEX link_tokens_user ON public.link_tokens USING btree (user_id, purpose)
  grant delete, insert, select, update to <app>

table mails, owner <owner>
  id uuid not null
  workspace_id uuid
  template text not null
  content bytea
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  tries integer not null default 0
  reason text
  set_aside_at timestamp with time zone
  constraint mails_check CHECK (((content IS NULL) = (set_aside_at IS NOT NULL)))
  constraint mails_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint mails_pkey PRIMARY KEY (id)
  CREATE INDEX mails_set_aside ON public.mails USING btree (set_aside_at) WHERE (set_aside_at IS NOT NULL)
  CREATE INDEX mails_workspace ON public.mails USING btree (workspace_id) WHERE (workspace_id IS NOT NULL)
  grant delete, insert, select, update to <app>

table members, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  user_id uuid
  role text not null
  available boolean not null default true
  frozen boolean not null default false
  joined_at timestamp with time zone not null default now()
  first_steps_hidden boolean not null default false
  former_address bytea
  constraint members_role_check CHECK ((role = ANY (ARRAY['OWNER'::text, 'ADMIN'::text, 'EDITOR'::text, 'VIEWER'::text])))
  constraint members_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id)
  constraint members_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint members_pkey PRIMARY KEY (workspace_id, id)
  constraint members_workspace_id_user_id_key UNIQUE (workspace_id, user_id)
  CREATE INDEX members_user ON public.members USING btree (user_id)
  policy functions for select to parley_definer using true
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>
  grant select (workspace_id, id, user_id, role, frozen) to parley_definer
  CREATE TRIGGER used_again AFTER UPDATE OF user_id ON public.members FOR EACH ROW WHEN (((new.user_id IS NOT NULL) AND (NOT (old.user_id IS NOT NULL)))) EXECUTE FUNCTION count_one_use('SEATS', '1')
  CREATE TRIGGER used_by_one_less AFTER DELETE ON public.members FOR EACH ROW WHEN ((old.user_id IS NOT NULL)) EXECUTE FUNCTION count_one_use('SEATS', '-1')
  CREATE TRIGGER used_by_one_more AFTER INSERT ON public.members FOR EACH ROW WHEN ((new.user_id IS NOT NULL)) EXECUTE FUNCTION count_one_use('SEATS', '1')
  CREATE TRIGGER used_no_more AFTER UPDATE OF user_id ON public.members FOR EACH ROW WHEN (((old.user_id IS NOT NULL) AND (NOT (new.user_id IS NOT NULL)))) EXECUTE FUNCTION count_one_use('SEATS', '-1')

table mentions, row security on and forced, owner <owner>
  workspace_id uuid not null
  message_id uuid not null
  member_id uuid not null
  conversation_id uuid not null
  seen_at timestamp with time zone
  constraint mentions_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE CASCADE
  constraint mentions_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint mentions_workspace_id_message_id_fkey FOREIGN KEY (workspace_id, message_id) REFERENCES messages(workspace_id, id) ON DELETE CASCADE
  constraint mentions_pkey PRIMARY KEY (workspace_id, message_id, member_id)
  CREATE INDEX mentions_conversation ON public.mentions USING btree (workspace_id, conversation_id)
  CREATE INDEX mentions_member ON public.mentions USING btree (workspace_id, member_id, conversation_id) WHERE (seen_at IS NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table merchant_references, owner <owner>
  provider text not null
  reference text not null
  workspace_id uuid not null
  noted_at timestamp with time zone not null default now()
  constraint merchant_references_provider_check CHECK ((provider = ANY (ARRAY['paddle'::text, 'lemonsqueezy'::text, 'polar'::text])))
  constraint merchant_references_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint merchant_references_pkey PRIMARY KEY (provider, reference)
  CREATE INDEX merchant_references_workspace ON public.merchant_references USING btree (workspace_id)
  grant delete, insert, select to <app>

table merchant_subscriptions, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  provider text not null
  reference text not null
  customer text not null
  status text not null
  prices text[] not null
  renews_at timestamp with time zone
  ends_at timestamp with time zone
  good_at timestamp with time zone
  past_dues timestamp with time zone[] not null default '{}'::timestamp with time zone[]
  as_of timestamp with time zone not null
  checked_at timestamp with time zone
  constraint merchant_subscriptions_provider_check CHECK ((provider = ANY (ARRAY['paddle'::text, 'lemonsqueezy'::text, 'polar'::text])))
  constraint merchant_subscriptions_status_check CHECK ((status = ANY (ARRAY['TRIALING'::text, 'ACTIVE'::text, 'PAST_DUE'::text, 'PAUSED'::text, 'CANCELED'::text])))
  constraint merchant_subscriptions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint merchant_subscriptions_pkey PRIMARY KEY (workspace_id, id)
  constraint merchant_subscriptions_workspace_id_provider_reference_key UNIQUE (workspace_id, provider, reference)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table messages, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  conversation_id uuid not null
  channel_id uuid not null
  sent_at timestamp with time zone not null
  edits integer not null default 0
  direction message_direction not null
  author message_author not null
  kind text not null
  status text not null
  member_id uuid
  text text
  external_id text
  reply_to_external_id text
  content jsonb
  error text
  idempotency_key text
  draft_id uuid
  edited_at timestamp with time zone
  deleted_at timestamp with time zone
  external_digest bigint generated as external_digest(workspace_id, channel_id, external_id)
  rating text
  constraint messages_rating_check CHECK ((rating = ANY (ARRAY['UP'::text, 'DOWN'::text])))
  constraint messages_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE CASCADE
  constraint messages_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE SET NULL (member_id)
  constraint messages_pkey PRIMARY KEY (workspace_id, id)
  CREATE UNIQUE INDEX messages_external ON public.messages USING btree (workspace_id, external_digest) WHERE (external_digest IS NOT NULL)
  CREATE UNIQUE INDEX messages_idempotency ON public.messages USING btree (workspace_id, idempotency_key) WHERE (idempotency_key IS NOT NULL)
  CREATE INDEX messages_member ON public.messages USING btree (workspace_id, member_id) WHERE (member_id IS NOT NULL)
  CREATE INDEX messages_search ON public.messages USING gin (workspace_id, to_tsvector('simple'::regconfig, COALESCE(text, ''::text))) WITH (gin_pending_list_limit='256')
  CREATE INDEX messages_thread ON public.messages USING btree (conversation_id, id DESC)
  CREATE INDEX messages_unsettled ON public.messages USING btree (workspace_id, conversation_id, id) WHERE (status = ANY (ARRAY['QUEUED'::text, 'SENDING'::text, 'HELD'::text, 'UNCONFIRMED'::text]))
  policy functions for select to parley_definer using true
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>
  grant select (workspace_id, id, conversation_id, text, deleted_at) to parley_definer

table migrations, owner <owner>
  id integer not null default nextval('migrations_id_seq'::regclass)
  timestamp bigint not null
  name character varying not null
  constraint PK_8c82d7f526340ab734260ea46be PRIMARY KEY (id)

table notification_preferences, row security on and forced, owner <owner>
  workspace_id uuid not null
  member_id uuid not null
  mail text[] not null
  push text[] not null
  quiet_from smallint
  quiet_until smallint
  constraint notification_preferences_check CHECK (((quiet_from IS NULL) = (quiet_until IS NULL)))
  constraint notification_preferences_mail_check CHECK ((mail <@ ARRAY['ASSIGNED'::text, 'CHANNEL_TROUBLE'::text, 'HANDED_OFF'::text, 'LEAD_ASSIGNED'::text, 'LEAD_REMINDER'::text, 'LIMIT_NEAR'::text, 'MENTIONED'::text, 'NEW_CONVERSATION'::text, 'NEW_LEAD'::text, 'PRIVACY_DUE'::text, 'WEBHOOK_STOPPED'::text]))
  constraint notification_preferences_push_check CHECK ((push <@ ARRAY['ASSIGNED'::text, 'CHANNEL_TROUBLE'::text, 'HANDED_OFF'::text, 'LEAD_ASSIGNED'::text, 'LEAD_REMINDER'::text, 'LIMIT_NEAR'::text, 'MENTIONED'::text, 'NEW_CONVERSATION'::text, 'NEW_LEAD'::text, 'PRIVACY_DUE'::text, 'WEBHOOK_STOPPED'::text]))
  constraint notification_preferences_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint notification_preferences_pkey PRIMARY KEY (workspace_id, member_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table notifications, row security on and forced, owner <owner>
  workspace_id uuid not null
  member_id uuid not null
  way text not null
  kind text not null
  count integer not null
  conversation_id uuid
  last_at timestamp with time zone not null default now()
  constraint notifications_kind_check CHECK ((kind = ANY (ARRAY['ASSIGNED'::text, 'CHANNEL_TROUBLE'::text, 'HANDED_OFF'::text, 'LEAD_ASSIGNED'::text, 'LEAD_REMINDER'::text, 'LIMIT_NEAR'::text, 'MENTIONED'::text, 'NEW_CONVERSATION'::text, 'NEW_LEAD'::text, 'PRIVACY_DUE'::text, 'WEBHOOK_STOPPED'::text])))
  constraint notifications_way_check CHECK ((way = ANY (ARRAY['MAIL'::text, 'PUSH'::text])))
  constraint notifications_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE SET NULL (conversation_id)
  constraint notifications_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint notifications_pkey PRIMARY KEY (workspace_id, member_id, way, kind)
  CREATE INDEX notifications_conversation ON public.notifications USING btree (workspace_id, conversation_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table owed_cancellations, owner <owner>
  id uuid not null
  workspace_id uuid not null
  provider text not null
  reference text not null
  owed_at timestamp with time zone not null default now()
  confirmed_at timestamp with time zone
  constraint owed_cancellations_provider_check CHECK ((provider = ANY (ARRAY['paddle'::text, 'lemonsqueezy'::text, 'polar'::text])))
  constraint owed_cancellations_pkey PRIMARY KEY (id)
  constraint owed_cancellations_provider_reference_key UNIQUE (provider, reference)
  CREATE INDEX owed_cancellations_workspace ON public.owed_cancellations USING btree (workspace_id)
  grant delete, insert, select, update to <app>

table passages, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  knowledge_id uuid not null
  position integer not null
  heading text
  question text
  text text not null
  folded text not null
  internal boolean not null
  tsv tsvector not null generated as to_tsvector('simple'::regconfig, folded)
  page_id uuid
  embedding bytea
  embedded_with text
  embedding_signs bit varying(4096)
  page integer
  constraint passages_embedding_check CHECK ((octet_length(embedding) <= 4096))
  constraint passages_page_check CHECK ((page > 0))
  constraint passages_page_fkey FOREIGN KEY (workspace_id, page_id) REFERENCES knowledge_pages(workspace_id, id) ON DELETE CASCADE
  constraint passages_workspace_id_knowledge_id_fkey FOREIGN KEY (workspace_id, knowledge_id) REFERENCES knowledge_sources(workspace_id, id) ON DELETE CASCADE
  constraint passages_pkey PRIMARY KEY (workspace_id, id)
  constraint passages_workspace_id_knowledge_id_position_key UNIQUE (workspace_id, knowledge_id, "position")
  CREATE INDEX passages_near ON public.passages USING btree (workspace_id, embedded_with) INCLUDE (knowledge_id, id, embedding_signs) WHERE ((NOT internal) AND (embedding_signs IS NOT NULL))
  CREATE INDEX passages_page ON public.passages USING btree (workspace_id, page_id) WHERE (page_id IS NOT NULL)
  CREATE INDEX passages_search ON public.passages USING gin (workspace_id, tsv)
  policy functions for select to parley_definer using true
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>
  grant select (workspace_id, id, knowledge_id, internal, tsv) to parley_definer
  CREATE TRIGGER used_by_less AFTER DELETE ON public.passages REFERENCING OLD TABLE AS removed FOR EACH STATEMENT EXECUTE FUNCTION count_removed_passages()
  CREATE TRIGGER used_by_more AFTER INSERT ON public.passages REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_added_passages()

table policy_acceptances, owner <owner>
  user_id uuid not null
  kind text not null
  version text not null
  accepted_at timestamp with time zone not null default now()
  constraint policy_acceptances_kind_check CHECK ((kind = ANY (ARRAY['TERMS'::text, 'PRIVACY'::text, 'REFUND'::text, 'PROCESSING'::text])))
  constraint policy_acceptances_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  constraint policy_acceptances_pkey PRIMARY KEY (user_id, kind, version)
  CREATE INDEX policy_acceptances_version ON public.policy_acceptances USING btree (kind, version)
  grant insert, select to <app>

table policy_acknowledgements, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  member_id uuid not null
  channel_id uuid not null
  kind text not null
  version text not null
  at timestamp with time zone not null default now()
  constraint policy_acknowledgements_kind_check CHECK ((kind = ANY (ARRAY['TERMS'::text, 'PRIVACY'::text, 'REFUND'::text, 'PROCESSING'::text])))
  constraint policy_acknowledgements_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint policy_acknowledgements_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint policy_acknowledgements_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX policy_acknowledgements_member ON public.policy_acknowledgements USING btree (workspace_id, member_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table policy_announcements, owner <owner>
  user_id uuid not null
  kind text not null
  version text not null
  announced_at timestamp with time zone not null default now()
  constraint policy_announcements_kind_check CHECK ((kind = ANY (ARRAY['TERMS'::text, 'PRIVACY'::text, 'REFUND'::text, 'PROCESSING'::text])))
  constraint policy_announcements_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  constraint policy_announcements_pkey PRIMARY KEY (user_id, kind, version)
  grant insert, select to <app>

table presences with (fillfactor=50), owner <owner>
  workspace_id uuid not null
  member_id uuid not null
  process uuid not null
  until timestamp with time zone not null
  constraint presences_pkey PRIMARY KEY (workspace_id, member_id, process)
  grant delete, insert, select, update to <app>

table privacy_codes, owner <owner>
  digest bytea not null
  request_id uuid not null
  workspace_id uuid
  constraint privacy_codes_pkey PRIMARY KEY (digest)
  constraint privacy_codes_request_id_key UNIQUE (request_id)
  CREATE INDEX privacy_codes_workspace ON public.privacy_codes USING btree (workspace_id)
  grant delete, insert, select, update to <app>

table privacy_requests, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  kind text not null
  origin text not null
  status text not null
  code text not null
  language text not null
  law text
  on_behalf_of boolean not null
  minor boolean not null
  received_at timestamp with time zone not null default now()
  due_at timestamp with time zone not null
  extended_until timestamp with time zone
  notice_sent_at timestamp with time zone
  verified_at timestamp with time zone
  completed_at timestamp with time zone
  proof_hash bytea
  proof_until timestamp with time zone
  details bytea not null
  contact_ids uuid[] not null default '{}'::uuid[]
  erasure_id uuid
  constraint privacy_requests_kind_check CHECK ((kind = ANY (ARRAY['ACCESS'::text, 'RECTIFY'::text, 'ERASE'::text, 'RESTRICT'::text, 'PORT'::text, 'OBJECT'::text, 'OBJECT_AUTOMATED'::text])))
  constraint privacy_requests_language_check CHECK ((language = ANY (ARRAY['en'::text, 'tr'::text])))
  constraint privacy_requests_law_check CHECK ((law = ANY (ARRAY['GDPR'::text, 'KVKK'::text, 'CCPA'::text])))
  constraint privacy_requests_origin_check CHECK ((origin = ANY (ARRAY['DASHBOARD'::text, 'PUBLIC_FORM'::text, 'EMAIL'::text, 'META'::text, 'SHOPIFY'::text, 'WIDGET'::text])))
  constraint privacy_requests_status_check CHECK ((status = ANY (ARRAY['RECEIVED'::text, 'VERIFYING'::text, 'IN_PROGRESS'::text, 'ON_HOLD'::text, 'COMPLETED'::text, 'REJECTED'::text])))
  constraint privacy_requests_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint privacy_requests_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX privacy_requests_open ON public.privacy_requests USING btree (workspace_id, due_at) WHERE (completed_at IS NULL)
  policy functions for select to parley_definer using true
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>
  grant select (received_at, due_at, extended_until, completed_at) to parley_definer

table push_subscriptions, owner <owner>
  id uuid not null
  user_id uuid not null
  session_id uuid not null
  endpoint_digest bytea not null
  address bytea not null
  created_at timestamp with time zone not null default now()
  constraint push_subscriptions_session_id_fkey FOREIGN KEY (session_id) REFERENCES sessions(id) ON DELETE CASCADE
  constraint push_subscriptions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  constraint push_subscriptions_pkey PRIMARY KEY (id)
  constraint push_subscriptions_endpoint_digest_key UNIQUE (endpoint_digest)
  CREATE INDEX push_subscriptions_session ON public.push_subscriptions USING btree (session_id)
  CREATE INDEX push_subscriptions_user ON public.push_subscriptions USING btree (user_id)
  grant delete, insert, select, update to <app>

table question_askings, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  question_id uuid not null
  conversation_id uuid not null
  message_id uuid not null
  text text not null
  stems text[] not null
  asked_at timestamp with time zone not null default now()
  constraint question_askings_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE CASCADE
  constraint question_askings_workspace_id_question_id_fkey FOREIGN KEY (workspace_id, question_id) REFERENCES unanswered_questions(workspace_id, id) ON DELETE CASCADE
  constraint question_askings_pkey PRIMARY KEY (workspace_id, id)
  constraint question_askings_workspace_id_conversation_id_message_id_key UNIQUE (workspace_id, conversation_id, message_id)
  CREATE INDEX question_askings_question ON public.question_askings USING btree (workspace_id, question_id, id DESC)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table reactions, row security on and forced, owner <owner>
  workspace_id uuid not null
  channel_id uuid not null
  message_external_id text not null
  actor text not null
  by text not null
  emoji text
  at timestamp with time zone not null
  constraint reactions_by_check CHECK ((by = ANY (ARRAY['CONTACT'::text, 'MEMBER'::text, 'BOT'::text, 'SYSTEM'::text])))
  constraint reactions_workspace_id_channel_id_fkey FOREIGN KEY (workspace_id, channel_id) REFERENCES channels(workspace_id, id) ON DELETE CASCADE
  constraint reactions_pkey PRIMARY KEY (workspace_id, channel_id, message_external_id, actor)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table read_pointers, row security on and forced, owner <owner>
  workspace_id uuid not null
  conversation_id uuid not null
  member_id uuid not null
  message_id uuid not null
  constraint read_pointers_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE CASCADE
  constraint read_pointers_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint read_pointers_pkey PRIMARY KEY (workspace_id, conversation_id, member_id)
  CREATE INDEX read_pointers_member ON public.read_pointers USING btree (workspace_id, member_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table recipients, owner <owner>
  recipient text not null
  announced_at timestamp with time zone
  used_from timestamp with time zone not null
  told boolean not null
  told_after uuid
  constraint recipients_pkey PRIMARY KEY (recipient)
  grant delete, insert, select, update to <app>

table recovery_codes, owner <owner>
  user_id uuid not null
  digest bytea not null
  constraint recovery_codes_user_id_fkey FOREIGN KEY (user_id) REFERENCES two_factors(user_id) ON DELETE CASCADE
  constraint recovery_codes_pkey PRIMARY KEY (user_id, digest)
  grant delete, insert, select, update to <app>

table refusals, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  member_id uuid not null
  token_id uuid
  operation text not null
  reason text not null
  times integer not null default 1
  constraint refusals_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint refusals_pkey PRIMARY KEY (workspace_id, id)
  constraint refusals_workspace_id_member_id_token_id_operation_reason_key UNIQUE NULLS NOT DISTINCT (workspace_id, member_id, token_id, operation, reason)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table reset_requests, owner <owner>
  id uuid not null
  address bytea not null
  created_at timestamp with time zone not null default now()
  constraint reset_requests_pkey PRIMARY KEY (id)
  grant delete, insert, select, update to <app>

table residue, owner <owner>
  place text not null
  since timestamp with time zone
  tried_at timestamp with time zone
  problem text
  cleared_at timestamp with time zone
  seconds double precision
  bytes bigint
  constraint residue_pkey PRIMARY KEY (place)
  grant delete, insert, select, update to <app>

table restores, owner <owner>
  id uuid not null
  backup_at timestamp with time zone not null
  journal_seq bigint not null
  journal_hash text
  started_at timestamp with time zone not null default now()
  replayed integer not null default 0
  completed_at timestamp with time zone
  constraint restores_pkey PRIMARY KEY (id)
  grant select, update to <app>

table saved_views, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  member_id uuid
  name text not null
  filter jsonb not null
  sorting text not null
  constraint saved_views_sorting_check CHECK ((sorting = ANY (ARRAY['LAST_ACTIVITY'::text, 'WAITING_LONGEST'::text, 'PRIORITY'::text])))
  constraint saved_views_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint saved_views_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint saved_views_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX saved_views_member ON public.saved_views USING btree (workspace_id, member_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table send_attempts, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  message_id uuid not null
  number integer not null
  started_at timestamp with time zone not null default now()
  finished_at timestamp with time zone
  outcome text
  error text
  constraint send_attempts_outcome_check CHECK ((outcome = ANY (ARRAY['sent'::text, 'refused'::text, 'retry'::text, 'unconfirmed'::text])))
  constraint send_attempts_workspace_id_message_id_fkey FOREIGN KEY (workspace_id, message_id) REFERENCES messages(workspace_id, id) ON DELETE CASCADE
  constraint send_attempts_pkey PRIMARY KEY (workspace_id, id)
  constraint send_attempts_workspace_id_message_id_number_key UNIQUE (workspace_id, message_id, number)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table sessions, owner <owner>
  id uuid not null
  user_id uuid not null
  token_hash bytea not null
  ip text
  user_agent text
  created_at timestamp with time zone not null default now()
  last_seen_at timestamp with time zone not null default now()
  authenticated_at timestamp with time zone not null default now()
  expires_at timestamp with time zone not null
  constraint sessions_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  constraint sessions_pkey PRIMARY KEY (id)
  constraint sessions_token_hash_key UNIQUE (token_hash)
  CREATE INDEX sessions_expires ON public.sessions USING btree (expires_at)
  CREATE INDEX sessions_user ON public.sessions USING btree (user_id)
  grant delete, insert, select, update to <app>
  grant select (id, user_id, token_hash, last_seen_at, authenticated_at, expires_at) to parley_definer

table shopify_installs, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  state_digest bytea not null
  credential text not null
  domain text not null
  expires_at timestamp with time zone not null
  constraint shopify_installs_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint shopify_installs_pkey PRIMARY KEY (workspace_id, id)
  constraint shopify_installs_workspace_id_state_digest_key UNIQUE (workspace_id, state_digest)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table shopify_stores, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  domain text not null
  status text not null
  trouble text
  token bytea
  token_expires_at timestamp with time zone
  renewing_until timestamp with time zone
  ended boolean not null default false
  connected_at timestamp with time zone not null default now()
  disconnected_at timestamp with time zone
  heard bytea[] not null default '{}'::bytea[]
  constraint shopify_stores_status_check CHECK ((status = ANY (ARRAY['CONNECTED'::text, 'EXPIRED'::text, 'DISCONNECTED'::text])))
  constraint shopify_stores_trouble_check CHECK ((trouble = ANY (ARRAY['TOKEN_REFUSED'::text, 'UNINSTALLED'::text, 'REVOKING'::text, 'NOT_REVOKED'::text])))
  constraint shopify_stores_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint shopify_stores_pkey PRIMARY KEY (workspace_id, id)
  constraint shopify_stores_workspace_id_domain_key UNIQUE (workspace_id, domain)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table sign_ins, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  member_id uuid not null
  outcome text not null
  ip text
  at timestamp with time zone not null default now()
  constraint sign_ins_outcome_check CHECK ((outcome = ANY (ARRAY['SIGNED_IN'::text, 'REFUSED'::text])))
  constraint sign_ins_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint sign_ins_workspace_id_member_id_fkey FOREIGN KEY (workspace_id, member_id) REFERENCES members(workspace_id, id) ON DELETE CASCADE
  constraint sign_ins_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX sign_ins_member ON public.sign_ins USING btree (workspace_id, member_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table subject_exports, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  request_id uuid
  subject jsonb not null
  language text not null
  state text not null default 'WAITING'::text
  size bigint
  sha256 bytea
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone
  constraint subject_exports_language_check CHECK ((language = ANY (ARRAY['en'::text, 'tr'::text])))
  constraint subject_exports_state_check CHECK ((state = ANY (ARRAY['WAITING'::text, 'READY'::text])))
  constraint subject_exports_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint subject_exports_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX subject_exports_request ON public.subject_exports USING btree (workspace_id, request_id) WHERE (request_id IS NOT NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table subscriptions, row security on and forced, owner <owner>
  workspace_id uuid not null
  plan text
  status text not null
  add_ons text[] not null default '{}'::text[]
  provider text
  live boolean not null
  live_until timestamp with time zone
  trial_ends_at timestamp with time zone
  renews_at timestamp with time zone
  cancel_at timestamp with time zone
  grace_ends_at timestamp with time zone
  since timestamp with time zone not null default now()
  constraint subscriptions_provider_check CHECK ((provider = ANY (ARRAY['paddle'::text, 'lemonsqueezy'::text, 'polar'::text])))
  constraint subscriptions_status_check CHECK ((status = ANY (ARRAY['TRIALING'::text, 'ACTIVE'::text, 'PAST_DUE'::text, 'PAUSED'::text, 'CANCELED'::text, 'EXPIRED'::text, 'NONE'::text])))
  constraint subscriptions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint subscriptions_pkey PRIMARY KEY (workspace_id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table token_uses, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  channel_id uuid not null
  at timestamp with time zone not null default now()
  purpose text not null
  host text not null
  cause text not null
  constraint token_uses_cause CHECK (((btrim(cause) <> ''::text) AND (btrim(host) <> ''::text)))
  constraint token_uses_purpose_check CHECK ((purpose = ANY (ARRAY['VERIFY'::text, 'PULL'::text, 'SEND'::text, 'RENEW'::text, 'SUBSCRIBE'::text, 'REVOKE'::text])))
  constraint token_uses_workspace_id_channel_id_fkey FOREIGN KEY (workspace_id, channel_id) REFERENCES channels(workspace_id, id) ON DELETE CASCADE
  constraint token_uses_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX token_uses_channel ON public.token_uses USING btree (workspace_id, channel_id, id DESC)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table tombstones, row security on and forced, owner <owner>
  workspace_id uuid not null
  digest bytea not null
  erased_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  constraint tombstones_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint tombstones_pkey PRIMARY KEY (workspace_id, digest)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table two_factors, owner <owner>
  user_id uuid not null
  secret bytea not null
  last_step bigint
  created_at timestamp with time zone not null default now()
  confirmed_at timestamp with time zone
  constraint two_factors_user_id_fkey FOREIGN KEY (user_id) REFERENCES users(id) ON DELETE CASCADE
  constraint two_factors_pkey PRIMARY KEY (user_id)
  grant delete, insert, select, update to <app>

table unanswered_questions, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  status text not null
  constraint unanswered_questions_status_check CHECK ((status = ANY (ARRAY['OPEN'::text, 'ANSWERED'::text, 'DISMISSED'::text])))
  constraint unanswered_questions_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint unanswered_questions_pkey PRIMARY KEY (workspace_id, id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table unrouted_events, owner <owner>
  day date not null default CURRENT_DATE
  provider text not null
  account bytea not null
  kind text not null
  count integer not null default 1
  last_at timestamp with time zone not null default now()
  constraint unrouted_events_pkey PRIMARY KEY (day, provider, account, kind)
  grant delete, insert, select, update to <app>

table usage_counters, row security on and forced, owner <owner>
  workspace_id uuid not null
  metric text not null
  period date not null default '1970-01-01'::date
  used integer not null default 0
  told integer not null default 0
  constraint usage_counters_metric_check CHECK ((metric = ANY (ARRAY['SEATS'::text, 'CHANNELS'::text, 'AI_REPLIES'::text, 'CONTACTS'::text, 'KNOWLEDGE_PASSAGES'::text])))
  constraint usage_counters_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint usage_counters_pkey PRIMARY KEY (workspace_id, metric, period)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table users, owner <owner>
  id uuid not null
  email text not null
  name text not null
  password_hash text not null
  email_verified_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  locale text not null default 'en'::text
  two_factor_since timestamp with time zone
  founded_instance boolean not null default false
  constraint users_locale_check CHECK ((locale = ANY (ARRAY['en'::text, 'tr'::text])))
  constraint users_pkey PRIMARY KEY (id)
  CREATE UNIQUE INDEX users_email ON public.users USING btree (lower(email))
  CREATE UNIQUE INDEX users_founded_instance ON public.users USING btree (founded_instance) WHERE founded_instance
  grant delete, insert, select, update to <app>
  grant select (id, email, name, email_verified_at, created_at) to parley_definer

table visitors, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  channel_id uuid not null
  token_hash bytea not null
  address text not null
  proven boolean not null default false
  name text
  email text
  details_proven boolean not null default false
  origin text
  mailed_id uuid
  mailed_at timestamp with time zone
  created_at timestamp with time zone not null default now()
  last_seen_at timestamp with time zone not null default now()
  constraint visitors_workspace_id_channel_id_fkey FOREIGN KEY (workspace_id, channel_id) REFERENCES channels(workspace_id, id) ON DELETE CASCADE
  constraint visitors_pkey PRIMARY KEY (workspace_id, id)
  constraint visitors_workspace_id_token_hash_key UNIQUE (workspace_id, token_hash)
  CREATE INDEX visitors_address ON public.visitors USING btree (workspace_id, channel_id, address)
  CREATE INDEX visitors_idle ON public.visitors USING btree (workspace_id, channel_id, last_seen_at)
  CREATE INDEX visitors_proven_email ON public.visitors USING btree (workspace_id, lower(email)) WHERE (details_proven AND (email IS NOT NULL))
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table watchers, owner <owner>
  member_id uuid not null
  seen_at timestamp with time zone not null default now()
  constraint watchers_pkey PRIMARY KEY (member_id)
  CREATE INDEX watchers_seen ON public.watchers USING btree (seen_at)
  grant delete, insert, select, update to <app>

table webhook_deliveries, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  endpoint_id uuid not null
  event text not null
  conversation_id uuid
  message_id uuid
  lead_id uuid
  at timestamp with time zone not null default now()
  status text not null default 'PENDING'::text
  attempts integer not null default 0
  tries smallint not null default 0
  response_status smallint
  trouble text
  next_attempt_at timestamp with time zone default now()
  constraint webhook_deliveries_check CHECK (((status = 'PENDING'::text) = (next_attempt_at IS NOT NULL)))
  constraint webhook_deliveries_status_check CHECK ((status = ANY (ARRAY['PENDING'::text, 'DELIVERED'::text, 'FAILED'::text, 'CANCELED'::text])))
  constraint webhook_deliveries_workspace_id_conversation_id_fkey FOREIGN KEY (workspace_id, conversation_id) REFERENCES conversations(workspace_id, id) ON DELETE CASCADE
  constraint webhook_deliveries_workspace_id_endpoint_id_fkey FOREIGN KEY (workspace_id, endpoint_id) REFERENCES webhook_endpoints(workspace_id, id) ON DELETE CASCADE
  constraint webhook_deliveries_workspace_id_lead_id_fkey FOREIGN KEY (workspace_id, lead_id) REFERENCES leads(workspace_id, id) ON DELETE CASCADE
  constraint webhook_deliveries_pkey PRIMARY KEY (workspace_id, id)
  CREATE INDEX webhook_deliveries_conversation ON public.webhook_deliveries USING btree (workspace_id, conversation_id) WHERE (conversation_id IS NOT NULL)
  CREATE INDEX webhook_deliveries_due ON public.webhook_deliveries USING btree (workspace_id, endpoint_id, next_attempt_at) WHERE (status = 'PENDING'::text)
  CREATE INDEX webhook_deliveries_endpoint ON public.webhook_deliveries USING btree (workspace_id, endpoint_id, id DESC)
  CREATE INDEX webhook_deliveries_lead ON public.webhook_deliveries USING btree (workspace_id, lead_id) WHERE (lead_id IS NOT NULL)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table webhook_endpoints, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  url text not null
  events text[] not null
  disabled_because text
  failing_since timestamp with time zone
  rests_until timestamp with time zone
  secret bytea not null
  former_secret bytea
  former_until timestamp with time zone
  created_at timestamp with time zone not null default now()
  constraint webhook_endpoints_disabled_because_check CHECK ((disabled_because = ANY (ARRAY['GONE'::text, 'FAILING'::text, 'MEMBER'::text])))
  constraint webhook_endpoints_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint webhook_endpoints_pkey PRIMARY KEY (workspace_id, id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table workspace_counters with (fillfactor=50), row security on and forced, owner <owner>
  workspace_id uuid not null
  events bigint not null default 0
  events_trimmed bigint not null default 0
  audit bigint not null default 0
  audit_hash bytea
  constraint workspace_counters_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint workspace_counters_pkey PRIMARY KEY (workspace_id)
  policy functions for select to parley_definer using true
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>
  grant select (workspace_id, events) to parley_definer

table workspace_deletions, owner <owner>
  id uuid not null
  workspace_id uuid not null
  code text not null
  requested_at timestamp with time zone not null default now()
  erased jsonb not null default '{}'::jsonb
  completed_at timestamp with time zone
  owners bytea
  constraint workspace_deletions_pkey PRIMARY KEY (id)
  constraint workspace_deletions_code_key UNIQUE (code)
  constraint workspace_deletions_workspace_id_key UNIQUE (workspace_id)
  CREATE INDEX workspace_deletions_open ON public.workspace_deletions USING btree (requested_at) WHERE (completed_at IS NULL)
  grant insert, select, update to <app>

table workspace_events, row security on and forced, owner <owner>
  workspace_id uuid not null
  seq bigint not null
  at timestamp with time zone not null default now()
  kind text not null
  ids uuid[] not null
  detail text
  conversation_id uuid
  member_id uuid
  constraint workspace_events_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint workspace_events_pkey PRIMARY KEY (workspace_id, seq)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table workspace_keys, row security on and forced, owner <owner>
  workspace_id uuid not null
  id uuid not null
  wrapped bytea not null
  created_at timestamp with time zone not null default now()
  constraint workspace_keys_workspace_id_fkey FOREIGN KEY (workspace_id) REFERENCES workspaces(id) ON DELETE CASCADE
  constraint workspace_keys_pkey PRIMARY KEY (workspace_id, id)
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (workspace_id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>

table workspaces, row security on and forced, owner <owner>
  id uuid not null
  name text not null
  timezone text not null default 'UTC'::text
  locale text not null default 'en'::text
  created_at timestamp with time zone not null default now()
  controller jsonb not null default '{}'::jsonb
  business_hours jsonb not null default '{"always": true}'::jsonb
  retention jsonb not null default '{}'::jsonb
  constraint workspaces_name_check CHECK (((length(name) >= 1) AND (length(name) <= 200)))
  constraint workspaces_pkey PRIMARY KEY (id)
  policy functions for select to parley_definer using true
  policy maintenance for all to <owner> using true with check true
  policy workspace for all to public using (id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif")) with check (id = ( SELECT (NULLIF(current_setting('app.workspace_id'::text, true), ''::text))::uuid AS "nullif"))
  grant delete, insert, select, update to <app>
  grant select (id) to parley_definer

CREATE OR REPLACE FUNCTION public.api_tokens_by_hash(p_hashes bytea[])
 RETURNS TABLE(token_hash bytea, token_id uuid, workspace_id uuid, member_id uuid, user_id uuid, token_role text, member_role text, frozen boolean, last_used_at timestamp with time zone)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           select t.token_hash, t.id, t.workspace_id, t.member_id, m.user_id, t.role, m.role, m.frozen, t.last_used_at
             from api_tokens t join members m on m.workspace_id = t.workspace_id and m.id = t.member_id
            where t.token_hash = any (p_hashes) and (t.expires_at is null or t.expires_at > now())
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.append_events(p_changes jsonb, p_keep_days integer)
 RETURNS bigint
 LANGUAGE plpgsql
AS $function$
      declare
        v_workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_count integer := jsonb_array_length(p_changes);
        v_last bigint;
      begin
        update workspace_counters set events = events + v_count where workspace_id = v_workspace returning events into strict v_last;
        insert into workspace_events (workspace_id, seq, kind, ids, detail, conversation_id, member_id)
        select v_workspace, v_last - v_count + n, change->>'kind', string_to_array(change->>'ids', ',')::uuid[], change->>'detail',
               (change->>'conversationId')::uuid, (change->>'memberId')::uuid
          from jsonb_array_elements(p_changes) with ordinality as t (change, n);
        -- Now and then whoever writes also lets go of what is old: no clock has to walk through every workspace.
        if v_last / 500 > (v_last - v_count) / 500 then
          with oldest as (
            select seq from workspace_events where workspace_id = v_workspace order by seq limit 2000
          ), gone as (
            delete from workspace_events e using oldest
             where e.workspace_id = v_workspace and e.seq = oldest.seq and e.at < now() - make_interval(days => p_keep_days)
            returning e.seq
          )
          update workspace_counters set events_trimmed = (select max(seq) from gone)
           where workspace_id = v_workspace and exists (select from gone);
        end if;
        return v_last;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.blank_audit_entries(p_erasure uuid, p_limit integer)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
      declare
        v_here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_ids text[];
        v_blanked integer;
      begin
        select array(select jsonb_array_elements_text(e.subject->'contactIds')
                     union select jsonb_array_elements_text(e.subject->'conversationIds')
                     union select jsonb_array_elements_text(e.subject->'leadIds'))
          into v_ids from public.erasures e
         where e.workspace_id = v_here and e.id = p_erasure and e.completed_at is null;
        if v_ids is null then
          raise exception 'audit entries are blanked for an erasure that goes on' using errcode = '42501';
        end if;
        with about as (
          (select seq from public.audit_entries
            where workspace_id = v_here and target = any (v_ids) and erasure_id is null limit p_limit)
          union
          (select seq from public.audit_entries
            where workspace_id = v_here and detail is not null and erasure_id is null
              and exists (select from unnest(v_ids) as named (id) where position(named.id in detail::text) > 0) limit p_limit)
        )
        update public.audit_entries a
           set target = null, detail = null, salt = '', erasure_id = p_erasure,
               ip = case when a.actor like 'member:%' or a.actor like 'token:%' then a.ip end
          from about where a.workspace_id = v_here and a.seq = about.seq;
        get diagnostics v_blanked = row_count;
        return v_blanked;
      end $function$
-- owner <owner>, may be called by <app>

CREATE OR REPLACE FUNCTION public.business_days(p_from timestamp with time zone, p_to timestamp with time zone, p_zone text)
 RETURNS integer
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog'
AS $function$
          select count(*)::int
            from generate_series((p_from at time zone p_zone)::date + 1, (p_to at time zone p_zone)::date, interval '1 day') d
           where extract(isodow from d) < 6
        $function$
-- owner <owner>, may be called by <app>, parley_definer

CREATE OR REPLACE FUNCTION public.channels_of_grantors(p_grantors bytea[])
 RETURNS TABLE(workspace_id uuid, channel_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           select distinct g.workspace_id, g.channel_id from channel_grantors g where g.grantor = any (p_grantors)
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.claim_account(p_account bytea, p_channel uuid)
 RETURNS boolean
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
         declare
           here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
         begin
           if here is null then raise exception 'an account is claimed inside a workspace'; end if;
           insert into channel_directory (account, workspace_id, channel_id) values (p_account, here, p_channel)
             on conflict (account) do nothing;
           return exists (select from channel_directory d where d.account = p_account and d.workspace_id = here and d.channel_id = p_channel);
         end $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.claim_deliveries(p_limit integer, p_lease interval, p_left_out smallint[])
 RETURNS TABLE(id uuid, received_at timestamp with time zone, provider text, lane smallint, body bytea, attempt integer)
 LANGUAGE plpgsql
 SET search_path TO 'pg_catalog', 'public'
 SET plan_cache_mode TO 'force_generic_plan'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_material TO 'off'
AS $function$
      #variable_conflict use_column
      declare
        v_bytes constant bigint := 8 * 1024 * 1024;
      begin
        perform pg_advisory_xact_lock(hashtext('parley.claim_deliveries'));
        return query
          with recursive lanes (lane) as (
            (select d.lane from deliveries d where d.set_aside_at is null and d.attempts = 0 order by d.lane limit 1)
            union all
            select (select d.lane from deliveries d
                     where d.set_aside_at is null and d.attempts = 0 and d.lane > lanes.lane order by d.lane limit 1)
              from lanes where lanes.lane is not null
          ), turns (lane) as (
            select lanes.lane from lanes where lanes.lane is not null and lanes.lane <> all (p_left_out)
          ), shares (share) as (
            select greatest(ceil(p_limit::float8 / greatest(count(turns.lane), 1)),
                            least(p_limit / 4, p_limit * 8 / greatest(count(turns.lane), 1)))::bigint from turns
          ), chosen as (
            select first.received_at, first.id, first.bytes, first.place
              from turns cross join lateral (
                select line.received_at, line.id, line.bytes, row_number() over (order by line.available_at, line.id) as place
                  from (select d.received_at, d.available_at, d.id, octet_length(d.body) as bytes from deliveries d
                         where d.set_aside_at is null and d.attempts = 0 and d.lane = turns.lane
                         order by d.available_at, d.id limit (select share from shares)) line) first
             order by first.place, first.id limit p_limit
          ), next as (
            select measured.received_at, measured.id
              from (select c.received_at, c.id, sum(c.bytes) over (order by c.place, c.id) - c.bytes as before from chosen c) measured
             where measured.before < v_bytes
          )
          update deliveries d set leased_until = now() + p_lease, attempts = 1
            from next
           where d.received_at = next.received_at and d.id = next.id
          returning d.id, d.received_at, d.provider, d.lane, d.body, d.attempts;
      end $function$
-- owner <owner>, may be called by <app>

CREATE OR REPLACE FUNCTION public.contact_words(p_name text, p_emails text[], p_phones text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog', 'public'
AS $function$
          select folded(coalesce(p_name, '') || ' ' || spaced(p_emails) || ' ' || translate(spaced(p_emails), '@', ' ') || ' ' ||
                        coalesce((select string_agg(substr(regexp_replace(phone, '\D', '', 'g'), code + 1), ' ' order by place, code)
                                    from unnest(p_phones) with ordinality as given (phone, place), generate_series(0, 3) as code), ''))
        $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.contacts_having(p_tags text[], p_values jsonb, p_keys text[], p_limit integer)
 RETURNS SETOF uuid
 LANGUAGE plpgsql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
         begin
           return query execute
             'select c.id from contacts c where c.workspace_id = $1'
             || case when p_tags <> '{}' then ' and c.tags <> ''{}'' and c.tags @> $2' else '' end
             || case when p_values <> '{}' then ' and c.custom_fields <> ''{}'' and c.custom_fields @> $3' else '' end
             || case when p_keys <> '{}' then ' and c.custom_fields <> ''{}'' and c.custom_fields ?& $4' else '' end
             || ' limit $5'
             using nullif(current_setting('app.workspace_id', true), '')::uuid, p_tags, p_values, p_keys, least(p_limit, 10000);
         end $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.count_added_contacts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        perform count_use(workspace_id, 'CONTACTS', count(*)) from added where merged_into is null group by workspace_id order by workspace_id;
        return null;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.count_added_files()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        insert into file_room as room (workspace_id, bytes)
        select workspace_id, sum(size::bigint + small_size) from added group by workspace_id order by workspace_id
        on conflict (workspace_id) do update set bytes = room.bytes + excluded.bytes;
        return null;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.count_added_passages()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        perform count_use(workspace_id, 'KNOWLEDGE_PASSAGES', count(*)) from added  group by workspace_id order by workspace_id;
        return null;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.count_one_use()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        perform count_use(coalesce(new.workspace_id, old.workspace_id), tg_argv[0], tg_argv[1]::bigint);
        return null;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.count_removed_contacts()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        perform count_use(workspace_id, 'CONTACTS', -count(*)) from removed where merged_into is null group by workspace_id order by workspace_id;
        return null;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.count_removed_files()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        update file_room room set bytes = room.bytes - gone.bytes
          from (select workspace_id, sum(size::bigint + small_size) as bytes from removed group by workspace_id) gone
         where room.workspace_id = gone.workspace_id;
        return null;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.count_removed_passages()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        perform count_use(workspace_id, 'KNOWLEDGE_PASSAGES', -count(*)) from removed  group by workspace_id order by workspace_id;
        return null;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.count_use(p_workspace uuid, p_metric text, p_change bigint)
 RETURNS void
 LANGUAGE plpgsql
AS $function$
      begin
        if p_change > 0 then
          insert into usage_counters as counter (workspace_id, metric, used) values (p_workspace, p_metric, p_change)
          on conflict (workspace_id, metric, period) do update set used = counter.used + excluded.used;
        elsif p_change < 0 then
          update usage_counters set used = greatest(0, used + p_change) where workspace_id = p_workspace and metric = p_metric;
        end if;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.erase_workspace_rows(p_table text, p_after text[], p_limit integer)
 RETURNS TABLE(erased integer, last text[])
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
AS $function$
      declare
        v_here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_table regclass;
        v_keys text;
        v_key text;
        v_after text;
        v_parts oid[];
        v_rows tid[];
        v_part oid;
        v_gone integer;
        v_alone boolean := has_parameter_privilege(current_user, 'session_replication_role', 'set');
      begin
        if v_here is null or not exists (
          select from workspace_deletions d where d.workspace_id = v_here and d.completed_at is null) then
          raise exception 'only a workspace whose deletion is recorded is erased' using errcode = '42501';
        end if;
        select c.oid::regclass,
               string_agg('t.' || quote_ident(a.attname), ', ' order by k.place),
               string_agg('t.' || quote_ident(a.attname) || '::text', ', ' order by k.place),
               string_agg('$2[' || k.place || ']::' || format_type(a.atttypid, a.atttypmod), ', ' order by k.place)
          into v_table, v_keys, v_key, v_after
          from pg_class c
          join pg_index i on i.indrelid = c.oid and i.indisprimary
          left join lateral (
            select n.num, row_number() over (order by n.place) as place
              from unnest(i.indkey::int2[]) with ordinality n (num, place)
              join pg_attribute w on w.attrelid = c.oid and w.attnum = n.num
             where w.attname <> 'workspace_id') k on true
          left join pg_attribute a on a.attrelid = c.oid and a.attnum = k.num
         where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
           and c.relname = p_table and p_table not in ('workspace_deletions', 'due')
           and exists (select from pg_attribute w where w.attrelid = c.oid and w.attname = 'workspace_id' and not w.attisdropped)
         group by c.oid;
        if v_table is null then
          raise exception 'nothing of a workspace is erased from %', p_table using errcode = '42501';
        end if;
        -- Places first, then the rows by their places: joined, a plan may read the whole table for every batch.
        execute format(
          'with b as materialized (
             select t.tableoid as part, t.ctid as place, array[%s]::text[] as key, row_number() over () as n
               from (select t.*, t.tableoid, t.ctid from %s t where t.workspace_id = $1 %s %s limit $3) t)
           select array(select part from b order by n), array(select place from b order by n), (select key from b order by n desc limit 1)',
          coalesce(v_key, ''), v_table,
          case when v_keys is null or coalesce(cardinality(p_after), 0) = 0 then '' else format('and (%s) > (%s)', v_keys, v_after) end,
          case when v_keys is null then '' else 'order by ' || v_keys end)
          into v_parts, v_rows, last using v_here, p_after, p_limit;
        erased := 0;
        -- A row that goes asks every table that may refer to it, which takes three times as long as the rest. Those tables are
        -- erased before it, and all are looked at again at the end: where the owner may, no row asks.
        if v_alone then perform set_config('session_replication_role', 'replica', true); end if;
        for v_part in select distinct part from unnest(v_parts) part loop
          execute format('delete from %s t where t.ctid = any ($1) and t.workspace_id = $2', v_part::regclass)
            using (select array_agg(place.row) from unnest(v_parts, v_rows) place (part, row) where place.part = v_part), v_here;
          get diagnostics v_gone = row_count;
          erased := erased + v_gone;
        end loop;
        if v_alone then perform set_config('session_replication_role', 'origin', true); end if;
        return next;
      end $function$
-- owner <owner>, may be called by <app>

CREATE OR REPLACE FUNCTION public.external_digest(p_workspace uuid, p_channel uuid, p_external text)
 RETURNS bigint
 LANGUAGE plpgsql
 IMMUTABLE PARALLEL SAFE
AS $function$
      begin
        return ('x' || encode(substring(sha256(decode(replace(p_workspace::text || p_channel::text || p_external, '\', '\\'), 'escape')) for 8), 'hex'))::bit(64)::bigint;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.feed_positions(p_workspaces uuid[])
 RETURNS TABLE(workspace_id uuid, events bigint)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           select c.workspace_id, c.events from workspace_counters c where c.workspace_id = any (p_workspaces)
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.folded(p_text text)
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog'
AS $function$ select replace(translate(normalize(regexp_replace(normalize(p_text, NFD), '[\u0300-\u036f\u0640\u064b-\u065f\u0670]', '', 'g'), NFC),
                                       'ıIøØłŁđĐىة', 'iioollddيه'), 'ß', 'ss') $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.follow_round()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$
      begin
        if tg_op = 'UPDATE' then
          if new.status = 'RESOLVED' and old.status <> 'RESOLVED' then
            if old.round_started_at is not null then
              insert into conversation_rounds (workspace_id, conversation_id, round, started_at, answered_at, answer_id, resolved_at, member_id)
              values (old.workspace_id, old.id, old.round, old.round_started_at, old.answered_at, old.answer_id, now(), new.assignee_id);
            end if;
            new.round_started_at := null;
            new.answered_at := null;
            new.answer_id := null;
            return new;
          end if;
          if old.status = 'RESOLVED' and new.status <> 'RESOLVED' and new.last_inbound_at is not distinct from old.last_inbound_at then
            -- A member opens it again, so it goes on as if it had not been resolved.
            delete from conversation_rounds r
             where r.workspace_id = old.workspace_id and r.conversation_id = old.id and r.round = old.round
            returning r.started_at, r.answered_at, r.answer_id into new.round_started_at, new.answered_at, new.answer_id;
            return new;
          end if;
          if new.round_started_at is not null then
            if new.answered_at is null and new.waiting_since is null then
              new.answered_at := new.last_activity_at;
              new.answer_id := new.last_message_id;
            end if;
            return new;
          end if;
          if new.last_inbound_at is not distinct from old.last_inbound_at then
            return new;
          end if;
        end if;
        new.round := new.round + 1;
        new.round_started_at := coalesce(new.waiting_since, new.last_inbound_at);
        if new.waiting_since is null then
          new.answered_at := new.last_activity_at;
          new.answer_id := new.last_message_id;
        end if;
        return new;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.freeze_account(p_account bytea, p_frozen boolean)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           update channel_directory d set frozen = p_frozen
            where d.account = p_account and d.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.is_owner_beside(p_users uuid[])
 RETURNS boolean
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           select exists (select from members m where m.role = 'OWNER' and m.user_id <> all (p_users))
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.look_up_arrivals(p_workspaces uuid[], p_asked jsonb[])
 RETURNS TABLE(workspace_id uuid, people jsonb, known jsonb, tombstones boolean)
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_material TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
      #variable_conflict use_column
      declare
        v_workspace uuid;
        v_asked jsonb;
        v_entered text;
      begin
        for v_workspace, v_asked in select * from unnest(p_workspaces, p_asked) loop
          v_entered := set_config('app.workspace_id', v_workspace::text, true);
          return query select
            v_workspace,
            (select jsonb_agg(jsonb_build_array(i.channel_id, i.external_id, i.contact_id, i.thread_key, c.id, k.blocked))
               from jsonb_to_recordset(v_asked->'addresses') as asked (channel uuid, external text)
               cross join lateral (
                 select * from contact_identities found
                  where found.workspace_id = v_workspace and found.channel_id = asked.channel and found.external_id = asked.external offset 0) i
               join contacts k on k.workspace_id = v_workspace and k.id = i.contact_id
               left join conversations c on c.workspace_id = v_workspace and c.channel_id = i.channel_id and c.thread_key = i.thread_key),
            (select jsonb_agg(jsonb_build_array(m.channel_id, m.external_id))
               from (select channel, external, external_digest(v_workspace, channel, external) as digest
                       from jsonb_to_recordset(v_asked->'messages') as named (channel uuid, external text) offset 0) asked
               cross join lateral (
                 select * from messages found
                  where found.workspace_id = v_workspace and found.external_digest = asked.digest
                    and found.channel_id = asked.channel and found.external_id = asked.external offset 0) m),
            exists (select from tombstones t where t.workspace_id = v_workspace);
        end loop;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.look_up_messages(p_workspaces uuid[], p_asked jsonb[])
 RETURNS TABLE(workspace_id uuid, people jsonb, known jsonb)
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_material TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
      #variable_conflict use_column
      declare
        v_workspace uuid;
        v_asked jsonb;
        v_entered text;
      begin
        for v_workspace, v_asked in select * from unnest(p_workspaces, p_asked) loop
          v_entered := set_config('app.workspace_id', v_workspace::text, true);
          return query select
            v_workspace,
            (select jsonb_agg(jsonb_build_array(i.channel_id, i.external_id, i.contact_id, i.thread_key, c.id, k.blocked))
               from jsonb_to_recordset(v_asked->'addresses') as asked (channel uuid, external text)
               cross join lateral (
                 select * from contact_identities found
                  where found.workspace_id = v_workspace and found.channel_id = asked.channel and found.external_id = asked.external offset 0) i
               join contacts k on k.workspace_id = v_workspace and k.id = i.contact_id
               left join conversations c on c.workspace_id = v_workspace and c.channel_id = i.channel_id and c.thread_key = i.thread_key),
            (select jsonb_agg(jsonb_build_array(m.channel_id, m.external_id))
               from (select channel, external, external_digest(v_workspace, channel, external) as digest
                       from jsonb_to_recordset(v_asked->'messages') as named (channel uuid, external text) offset 0) asked
               cross join lateral (
                 select * from messages found
                  where found.workspace_id = v_workspace and found.external_digest = asked.digest
                    and found.channel_id = asked.channel and found.external_id = asked.external offset 0) m);
        end loop;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.near_passages(p_signs bit varying, p_mark text, p_sources uuid[], p_limit integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE
 SET search_path TO 'pg_catalog', 'public'
 SET enable_seqscan TO 'off'
 SET enable_bitmapscan TO 'off'
AS $function$
           select p.id from passages p
            where p.workspace_id = (select nullif(current_setting('app.workspace_id', true), '')::uuid) and p.embedded_with = p_mark and not p.internal and p.embedding_signs is not null
                      and p.knowledge_id = any (array(
                        select k.id from knowledge_sources k
                         where k.workspace_id = (select nullif(current_setting('app.workspace_id', true), '')::uuid) and k.status = 'READY' and not k.internal
                           and (p_sources is null or k.id = any (p_sources)))) and length(p.embedding_signs) = length(p_signs)
            order by bit_count(p.embedding_signs # p_signs) limit least(p_limit, 1000)
         $function$
-- owner <owner>, may be called by <app>

CREATE OR REPLACE FUNCTION public.note_grantors(p_grantors bytea[], p_channel uuid)
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
         declare
           here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
         begin
           if here is null then raise exception 'a grantor is noted inside a workspace'; end if;
           delete from channel_grantors g where g.workspace_id = here and g.channel_id = p_channel and not (g.grantor = any (p_grantors));
           insert into channel_grantors (grantor, workspace_id, channel_id)
             select distinct given, here, p_channel from unnest(p_grantors) as given order by given
             on conflict do nothing;
         end $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.note_sign_in(p_user uuid, p_outcome text, p_ip text)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
          with noted as (
            insert into sign_ins (workspace_id, id, member_id, outcome, ip)
            select m.workspace_id, gen_random_uuid(), m.id, p_outcome, p_ip from members m where m.user_id = p_user
            returning workspace_id, id
          )
          insert into due (kind, workspace_id, row_id, due_at)
          select 'record-sign-in', workspace_id, id, now() from noted
        $function$
-- owner <owner>, may be called by <app>

CREATE OR REPLACE FUNCTION public.privacy_figures(p_since timestamp with time zone)
 RETURNS TABLE(open integer, overdue integer, settled integer, median_seconds double precision, in_five integer, in_thirty integer)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           select count(*) filter (where r.completed_at is null)::int,
                  count(*) filter (where r.completed_at is null and coalesce(r.extended_until, r.due_at) < now())::int,
                  count(r.completed_at)::int,
                  percentile_cont(0.5) within group (order by extract(epoch from r.completed_at - r.received_at)::float8)
                    filter (where r.completed_at is not null),
                  count(*) filter (where r.completed_at is not null and public.business_days(r.received_at, r.completed_at, 'UTC') <= 5)::int,
                  count(*) filter (where r.completed_at <= r.received_at + interval '30 days')::int
             from (select received_at, due_at, extended_until, completed_at from privacy_requests
                   union all
                   select received_at, due_at, extended_until, completed_at from instance_privacy_requests) r
            where r.completed_at is null or r.completed_at >= p_since
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.prune_audit_entries(p_seq bigint, p_before timestamp with time zone)
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
      declare
        v_here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_gone integer;
      begin
        if v_here is null or p_before > now() - interval '30 days'
           or not exists (select from public.audit_checkpoints c where c.workspace_id = v_here and c.seq = p_seq) then
          raise exception 'audit entries go when they are 30 days old and behind a checkpoint' using errcode = '42501';
        end if;
        delete from public.audit_entries e where e.workspace_id = v_here and e.seq <= p_seq and e.at < p_before;
        get diagnostics v_gone = row_count;
        return v_gone;
      end $function$
-- owner <owner>, may be called by <app>

CREATE OR REPLACE FUNCTION public.queue_webhooks(p_kind text, p_events text[], p_conversations uuid[], p_messages uuid[], p_leads uuid[])
 RETURNS uuid[]
 LANGUAGE plpgsql
AS $function$
      declare
        v_workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_endpoints uuid[];
      begin
        -- Most workspaces have no endpoint, and pay for no more than this.
        perform from webhook_endpoints where workspace_id = v_workspace and disabled_because is null limit 1;
        if not found then
          return null;
        end if;
        with queued as (
          insert into webhook_deliveries (workspace_id, id, endpoint_id, event, conversation_id, message_id, lead_id)
          -- A UUIDv7: milliseconds, then chance, so that the log is in the order of time.
          select v_workspace,
                 encode(set_byte(substring(int8send((extract(epoch from clock_timestamp()) * 1000)::bigint) from 3)
                                 || substring(uuid_send(gen_random_uuid()) from 7), 6,
                                 (get_byte(uuid_send(gen_random_uuid()), 6) & 15) | 112), 'hex')::uuid,
                 e.id, h.event, h.conversation_id, h.message_id, h.lead_id
            from unnest(p_events, p_conversations, p_messages, p_leads) with ordinality
                 as h (event, conversation_id, message_id, lead_id, place)
            join webhook_endpoints e on e.workspace_id = v_workspace and e.disabled_because is null and h.event = any (e.events)
           order by h.place, e.id
          returning endpoint_id)
        select array_agg(distinct endpoint_id) into v_endpoints from queued;
        if v_endpoints is not null then
          perform schedule_work(array_fill(p_kind, array[cardinality(v_endpoints)]), v_endpoints, null, '{}');
        end if;
        return v_endpoints;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.release_account(p_account bytea)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           delete from channel_directory d
            where d.account = p_account and d.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.rename_channel_digests(p_from bytea[], p_to bytea[])
 RETURNS integer
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
         declare
           here uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
           v_accounts integer;
           v_grantors integer;
         begin
           -- One that was written under the new key meanwhile makes the older superfluous.
           delete from channel_directory d using unnest(p_from, p_to) as r (old, fresh)
            where d.workspace_id = here and d.account = r.old
              and exists (select from channel_directory n where n.account = r.fresh and n.workspace_id = here);
           update channel_directory d set account = r.fresh from unnest(p_from, p_to) as r (old, fresh)
            where d.workspace_id = here and d.account = r.old
              and not exists (select from channel_directory n where n.account = r.fresh);
           get diagnostics v_accounts = row_count;
           delete from channel_grantors g using unnest(p_from, p_to) as r (old, fresh)
            where g.workspace_id = here and g.grantor = r.old
              and exists (select from channel_grantors n
                           where n.grantor = r.fresh and n.workspace_id = here and n.channel_id = g.channel_id);
           update channel_grantors g set grantor = r.fresh
             from (select distinct old, fresh from unnest(p_from, p_to) as r (old, fresh)) r
            where g.workspace_id = here and g.grantor = r.old;
           get diagnostics v_grantors = row_count;
           return v_accounts + v_grantors;
         end $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.roll_deliveries()
 RETURNS void
 LANGUAGE plpgsql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
      declare
        day date;
        old record;
        emptied boolean;
      begin
        set local lock_timeout = '1s';
        for day in select (current_date + n)::date from generate_series(0, 2) n loop
          if to_regclass('public.deliveries_' || to_char(day, 'YYYYMMDD')) is null
             and not exists (select from public.deliveries_default where received_at >= day and received_at < day + 1) then
            execute format('create table public.deliveries_%s partition of public.deliveries for values from (%L) to (%L)',
                           to_char(day, 'YYYYMMDD'), day, day + 1);
          end if;
        end loop;
        for old in
          select c.relname from pg_inherits i join pg_class c on c.oid = i.inhrelid
           where i.inhparent = 'public.deliveries'::regclass and c.relname ~ '^deliveries_[0-9]{8}$'
             and to_date(right(c.relname, 8), 'YYYYMMDD') < current_date - 1
        loop
          execute format('select not exists (select from public.%I)', old.relname) into emptied;
          if emptied then execute format('drop table public.%I', old.relname); end if;
        end loop;
      end $function$
-- owner <owner>, may be called by <app>

CREATE OR REPLACE FUNCTION public.route_accounts(p_accounts bytea[])
 RETURNS TABLE(account bytea, workspace_id uuid, channel_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           select d.account, d.workspace_id, d.channel_id from channel_directory d where d.account = any (p_accounts) and not d.frozen
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.schedule_away(p_kind text, p_conversations uuid[])
 RETURNS uuid[]
 LANGUAGE plpgsql
AS $function$
      declare
        v_workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_written uuid[];
      begin
        -- Most workspaces have nothing to say while they are closed, and pay for no more than this.
        perform from workspaces where id = v_workspace and business_hours ->> 'awayMessage' is not null
                                  and business_hours ->> 'always' = 'false';
        if not found then
          return null;
        end if;
        v_written := array(select distinct conversation from unnest(p_conversations) as written (conversation) order by conversation);
        perform schedule_work(array_fill(p_kind, array[cardinality(v_written)]), v_written, null, '{}');
        return v_written;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.schedule_drafts(p_kind text, p_channels uuid[], p_conversations uuid[])
 RETURNS uuid[]
 LANGUAGE plpgsql
AS $function$
      declare
        v_workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_drafted uuid[];
      begin
        -- Most workspaces have no bot, and pay for no more than this.
        perform from bot_channels where workspace_id = v_workspace limit 1;
        if not found then
          return null;
        end if;
        select array_agg(conversation order by conversation) into v_drafted
          from unnest(p_channels, p_conversations) as arrived (channel, conversation)
         where exists (select from bot_channels bc join bots b on b.workspace_id = bc.workspace_id and b.id = bc.bot_id
                        where bc.workspace_id = v_workspace and bc.channel_id = arrived.channel and b.mode <> 'OFF' and not b.frozen);
        if v_drafted is not null then
          perform schedule_work(array_fill(p_kind, array[cardinality(v_drafted)]), v_drafted, null, '{}');
        end if;
        return v_drafted;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.schedule_work(p_kinds text[], p_rows uuid[], p_at timestamp with time zone[], p_behind text[])
 RETURNS void
 LANGUAGE sql
AS $function$
        insert into due as waiting (kind, workspace_id, row_id, due_at)
        select kind, nullif(current_setting('app.workspace_id', true), '')::uuid, row_id, coalesce(at, now())
          from unnest(p_kinds, p_rows, p_at) as work (kind, row_id, at)
        on conflict (kind, workspace_id, row_id) do update
           set due_at = case when waiting.kind || waiting.row_id = any (p_behind)
                             then greatest(waiting.due_at, excluded.due_at) else excluded.due_at end,
               generation = waiting.generation + 1, attempts = 0, set_aside_at = null, reason = null
      $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.search_contacts(p_query text, p_limit integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           select c.id from contacts c
            where c.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
              and c.search @@ to_tsquery('simple', folded(p_query)) and c.merged_into is null
            limit least(p_limit, 1000)
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.search_conversations(p_query text, p_limit integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           select m.conversation_id from messages m
            where m.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
              and to_tsvector('simple', coalesce(m.text, '')) @@ to_tsquery('simple', p_query) and m.deleted_at is null
            group by m.conversation_id order by max(m.id::text) desc limit least(p_limit, 1000)
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.search_messages(p_query text, p_before uuid, p_limit integer)
 RETURNS SETOF uuid
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           select m.id from messages m
            where m.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
              and to_tsvector('simple', coalesce(m.text, '')) @@ to_tsquery('simple', p_query) and m.deleted_at is null
              and (p_before is null or m.id < p_before)
            order by m.id desc limit least(p_limit, 1000)
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.search_passages(p_query text, p_sources uuid[], p_limit integer)
 RETURNS TABLE(id uuid, rank real)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
 SET enable_seqscan TO 'off'
AS $function$
           select hit.id, sum(found.weight)::real
             from unnest((string_to_array(p_query, ' ; '))[1:24]) as terms (text)
            cross join lateral (
              select array_agg(p.id) as ids, 0.1::float8 + ln(1000 / greatest(count(*), 1)::float8) as weight
                from (select p.id from passages p
                       where p.workspace_id = nullif(current_setting('app.workspace_id', true), '')::uuid
                         and p.tsv @@ to_tsquery('simple', terms.text) and not p.internal
                         and (p_sources is null or p.knowledge_id = any (p_sources))
                       limit 1000) p) found
            cross join lateral unnest(found.ids) as hit (id)
            group by hit.id order by 2 desc, 1 limit least(p_limit, 400)
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.sessions_by_hash(p_hashes bytea[])
 RETURNS TABLE(token_hash bytea, session_id uuid, user_id uuid, last_seen_at timestamp with time zone, authenticated_at timestamp with time zone, memberships jsonb)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           select s.token_hash, s.id, s.user_id, s.last_seen_at, s.authenticated_at,
                  coalesce((select jsonb_agg(jsonb_build_object('workspaceId', m.workspace_id, 'memberId', m.id, 'role', m.role, 'frozen', m.frozen)
                                             order by m.id)
                              from members m where m.user_id = s.user_id), '[]'::jsonb)
             from sessions s where s.token_hash = any (p_hashes) and s.expires_at > now()
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.spaced(p_texts text[])
 RETURNS text
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
 SET search_path TO 'pg_catalog'
AS $function$ select array_to_string(p_texts, ' ') $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.store_messages(p_batch jsonb, p_plain boolean)
 RETURNS void
 LANGUAGE plpgsql
 SET enable_seqscan TO 'off'
 SET enable_hashjoin TO 'off'
 SET enable_mergejoin TO 'off'
 SET enable_material TO 'off'
 SET plan_cache_mode TO 'force_generic_plan'
AS $function$
      declare
        v_workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_touched integer;
      begin
        perform from jsonb_to_recordset(p_batch->'met') as met (channel uuid, external text, contact uuid, thread uuid)
           left join contact_identities i on i.workspace_id = v_workspace and i.channel_id = met.channel and i.external_id = met.external
          where (i.contact_id, i.thread_key) is distinct from (met.contact, met.thread);
        if found then
          raise serialization_failure using message = 'a contact has changed since it was looked up';
        end if;

        if p_plain then
          -- Laterals of their own (limit 1 keeps them so): joined freely, a plan made while there are few messages reads all
          -- that the workspace has.
          perform from jsonb_to_recordset(p_batch->'messages') as fresh (id uuid, conversation uuid, external text)
            cross join lateral (
              select from messages m
               where m.workspace_id = v_workspace and m.conversation_id = fresh.conversation and m.id > fresh.id
                 and m.reply_to_external_id = fresh.external limit 1) reply;
          if found then
            raise serialization_failure using message = 'a reply came before the message it replies to';
          end if;
          -- Seldom does anything wait here at all, and only then is it looked at closer.
          perform from early_signals where workspace_id = v_workspace limit 1;
          if found then
            perform from jsonb_to_recordset(p_batch->'messages') as fresh (channel uuid, external text)
              cross join lateral (
                select from early_signals e
                 where e.workspace_id = v_workspace and e.channel_id = fresh.channel and e.message_external_id = fresh.external limit 1) said;
            if found then
              raise serialization_failure using message = 'something was said of these messages before they came';
            end if;
            perform from (select channel, 'person ' || external as about
                            from jsonb_to_recordset(p_batch->'identities') as met (channel uuid, external text) offset 0) met
              cross join lateral (
                select from early_signals e
                 where e.workspace_id = v_workspace and e.channel_id = met.channel and e.message_external_id = met.about limit 1) said;
            if found then
              raise serialization_failure using message = 'these people did something before they wrote';
            end if;
          end if;
        end if;

        if jsonb_array_length(p_batch->'contacts') > 0 then
          insert into contacts (workspace_id, id, name, first_seen_at, last_seen_at)
          select v_workspace, id, name, at, at from jsonb_to_recordset(p_batch->'contacts') as fresh (id uuid, name text, at timestamptz);
        end if;

        if jsonb_array_length(p_batch->'identities') > 0 then
          insert into contact_identities (workspace_id, id, channel_id, external_id, contact_id, original_contact_id, kind, handle, thread_key)
          select v_workspace, id, channel, external, contact, contact, kind, handle, thread
            from jsonb_to_recordset(p_batch->'identities')
                 as fresh (id uuid, channel uuid, external text, contact uuid, kind text, handle text, thread uuid);
        end if;

        -- What came late neither opens a conversation again nor moves it up: the newest message decides.
        insert into conversations as c (workspace_id, id, channel_id, contact_id, thread_key, unread_count, last_message_id, last_inbound_id,
                                        last_inbound_at, waiting_since, last_activity_at)
        select v_workspace, id, channel, contact, thread, received, last, "lastInbound", "lastInboundAt", "waitingSince", "lastAt"
          from jsonb_to_recordset(p_batch->'threads')
               as t (id uuid, channel uuid, contact uuid, thread uuid, received integer, last uuid, "lastAt" timestamptz,
                     "lastInbound" uuid, "lastInboundAt" timestamptz, "waitingSince" timestamptz)
        on conflict (workspace_id, channel_id, thread_key) do update set
          unread_count = c.unread_count + excluded.unread_count,
          last_message_id = greatest(c.last_message_id, excluded.last_message_id),
          last_inbound_id = greatest(c.last_inbound_id, excluded.last_inbound_id),
          last_inbound_at = greatest(c.last_inbound_at, excluded.last_inbound_at),
          last_activity_at = greatest(c.last_activity_at, excluded.last_activity_at),
          waiting_since = case when excluded.last_message_id < c.last_message_id then c.waiting_since
                               when excluded.waiting_since is null then null
                               else coalesce(c.waiting_since, excluded.waiting_since) end,
          status = case when excluded.unread_count > 0 then 'OPEN' else c.status end,
          snoozed_until = case when excluded.unread_count > 0 then null else c.snoozed_until end
         where c.id = excluded.id;
        get diagnostics v_touched = row_count;
        if v_touched < jsonb_array_length(p_batch->'threads') then
          raise serialization_failure using message = 'a conversation was opened since it was looked up';
        end if;

        insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, text, external_id,
                              reply_to_external_id, content, sent_at)
        select v_workspace, id, conversation, channel, case when inbound then 'INBOUND'::message_direction else 'OUTBOUND' end,
               case when inbound then 'CONTACT'::message_author else 'MEMBER' end, kind, case when inbound then 'RECEIVED' else 'SENT' end,
               text, external, "replyTo", nullif(content, 'null'), at
          from jsonb_to_recordset(p_batch->'messages')
               as fresh (id uuid, conversation uuid, channel uuid, inbound boolean, kind text, text text, external text, "replyTo" text,
                       content jsonb, at timestamptz);

        update channels set last_inbound_at = now()
         where workspace_id = v_workspace and (last_inbound_at is null or last_inbound_at < now() - interval '1 minute')
           and id in (select channel from jsonb_to_recordset(p_batch->'messages') as fresh (channel uuid, inbound boolean) where inbound);
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.tell_members(p_kind text, p_members uuid[], p_roles text[], p_conversation uuid, p_count integer, p_default text[], p_jobs text[], p_waits double precision[])
 RETURNS uuid[]
 LANGUAGE plpgsql
AS $function$
      declare
        v_workspace uuid := nullif(current_setting('app.workspace_id', true), '')::uuid;
        v_pushed uuid[];
      begin
        with wanted as (
          select m.id as member_id, ways.way, ways.job, ways.wait
            from members m
            left join notification_preferences p on p.workspace_id = v_workspace and p.member_id = m.id
           cross join unnest(array['MAIL', 'PUSH'], p_jobs, p_waits) as ways (way, job, wait)
           where m.workspace_id = v_workspace and not m.frozen and (p_members is null or m.id = any (p_members))
             and (p_roles is null or m.role = any (p_roles))
             and case when p.member_id is null then ways.way = any (p_default)
                      when ways.way = 'MAIL' then p_kind = any (p.mail) else p_kind = any (p.push) end
             and case ways.way when 'PUSH' then exists (select from push_subscriptions s where s.user_id = m.user_id)
                               else exists (select from users u where u.id = m.user_id and u.email_verified_at is not null) end
        ), told as (
          insert into notifications as n (workspace_id, member_id, way, kind, count, conversation_id)
          select v_workspace, member_id, way, p_kind, p_count, p_conversation from wanted order by member_id, way
          on conflict (workspace_id, member_id, way, kind) do update
             set count = n.count + excluded.count, last_at = excluded.last_at,
                 conversation_id = case when n.conversation_id = excluded.conversation_id then n.conversation_id end
        ), scheduled as (
          insert into due as waiting (kind, workspace_id, row_id, due_at)
          select job, v_workspace, member_id, now() + make_interval(secs => wait) from wanted order by job, member_id
          on conflict (kind, workspace_id, row_id) do update
             set due_at = case when waiting.leased_until is null and waiting.set_aside_at is null
                               then least(waiting.due_at, excluded.due_at) else excluded.due_at end,
                 generation = waiting.generation + 1, attempts = 0, set_aside_at = null, reason = null
        )
        select array_agg(member_id order by member_id) filter (where way = 'PUSH') into v_pushed from wanted;
        return v_pushed;
      end $function$
-- owner <owner>, may be called by public

CREATE OR REPLACE FUNCTION public.void_tokens_of(p_user uuid)
 RETURNS void
 LANGUAGE sql
 SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
          delete from api_tokens t using members m
           where m.user_id = p_user and t.workspace_id = m.workspace_id and t.member_id = m.id
        $function$
-- owner <owner>, may be called by <app>

CREATE OR REPLACE FUNCTION public.workspace_ids(p_after uuid, p_limit integer)
 RETURNS TABLE(id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           select w.id from workspaces w where p_after is null or w.id > p_after order by w.id limit p_limit
         $function$
-- owner parley_definer, may be called by <app>

CREATE OR REPLACE FUNCTION public.workspaces_of(p_user uuid)
 RETURNS TABLE(workspace_id uuid)
 LANGUAGE sql
 STABLE SECURITY DEFINER
 SET search_path TO 'pg_catalog', 'public'
AS $function$
           select m.workspace_id from members m where m.user_id = p_user order by m.workspace_id
         $function$
-- owner parley_definer, may be called by <app>

sequence migrations_id_seq, owner <owner>

type message_author: CONTACT, MEMBER, BOT, SYSTEM

type message_direction: INBOUND, OUTBOUND, NOTE

schema public: <app> may usage; parley_definer may usage; public may usage
