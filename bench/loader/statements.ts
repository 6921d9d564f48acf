import type { LoadSize } from './load-messages.js';

/** The session token of the loaded owner of workspace `index`, counted from 0. Of 43 characters, as real ones are. */
export function loadedToken(index: number): string {
  return `bench${String(index).padStart(38, '0')}`;
}

/** The id of a loaded row: `kind` tells the tables apart, `index` the rows. UUIDs of version 7 whose time is their row's. */
const uuid = (kind: number, index: string, milliseconds: string) =>
  `(lpad(to_hex(${milliseconds}), 12, '0') || '7${String(kind).padStart(3, '0')}8' || lpad(to_hex(${index}), 15, '0'))::uuid`;

/** A number in [0, 1) that depends on the row and the use alone. */
const random = (index: string, use: number) =>
  `((hashint8extended((${index})::bigint, ${String(use)}) & 1073741823) / 1073741824.0)`;

const year = 365 * 86_400_000;
/** The newest message's time: fixed, so that the rows are the same on any day. */
const until = Date.UTC(2026, 0, 1);
const perConversation = 10;

const words = `invoice order delivery return refund size colour thanks please when where price shipping broken
  exchange parcel address payment card discount code arrived missing wrong help question store open hours today tomorrow
  merhaba siparis kargo iade fiyat beden renk tesekkurler lutfen adres`;

/** What fills each table, in order. `contacts`, `conversations` and `messages` are interleaved in time as they would come in. */
export function loadStatements({ messages, workspaces }: LoadSize): Readonly<Record<string, string>> {
  const conversations = messages / perConversation;
  // A conversation lasts for a twentieth of the time: its ten messages stand that far apart among the others'.
  const gap = Math.max(1, Math.floor(conversations / 200));
  const first = until - year;
  const at = (n: string) => `(${String(first)}::bigint + (${n})::bigint * ${String(year)} / ${String(messages)})`;
  const time = (n: string) => `to_timestamp(${at(n)} / 1000.0)`;
  const begun = String(first);
  const workspace = (w: string) => uuid(1, w, begun);
  const member = (w: string, m: string) => uuid(3, `${w} * 4 + ${m}`, begun);
  const channel = (w: string, c: string) => uuid(4, `${w} * 2 + ${c}`, begun);
  const contact = (c: string) => uuid(5, c, at(`${c} * ${String(perConversation)}`));
  const conversation = (c: string) => uuid(6, c, at(`${c} * ${String(perConversation)}`));
  const message = (n: string) => uuid(7, n, at(n));
  // The first workspace has every tenth conversation; among the others the early ones have many and the late ones few.
  const ofConversation = `(case when c % 10 = 0 then 0
    else 1 + floor(${String(workspaces - 1)} * power(${random('c', 1)}, 2)) end)::int`;
  const placed = `(select c, ${ofConversation} as w, (${random('c', 2)} < 0.7)::int as ch,
      least(${String(perConversation - 1)}, (${String(conversations - 1)} - c) / ${String(gap)}) as k
    from generate_series(0, ${String(conversations - 1)}) c) p`;
  // Where the last of a conversation's messages stands among all; the newest conversations are still going on.
  const last = `(${String(perConversation)} * (c + k * ${String(gap)}) + k)`;
  return {
    workspaces: `insert into workspaces (id, name, created_at)
      select ${workspace('w')}, 'Shop ' || w, ${time('0')} from generate_series(0, ${String(workspaces - 1)}) w`,
    counters: `insert into workspace_counters (workspace_id) select id from workspaces on conflict do nothing`,
    users: `insert into users (id, email, name, password_hash, created_at)
      select ${uuid(2, 'w * 4 + m', begun)}, 'member' || m || '@shop' || w || '.example', 'Member ' || m, 'none', ${time('0')}
        from generate_series(0, ${String(workspaces - 1)}) w, generate_series(0, 3) m`,
    members: `insert into members (workspace_id, id, user_id, role, joined_at)
      select ${workspace('w')}, ${member('w', 'm')}, ${uuid(2, 'w * 4 + m', begun)}, case m when 0 then 'OWNER' else 'EDITOR' end, ${time('0')}
        from generate_series(0, ${String(workspaces - 1)}) w, generate_series(0, 3) m`,
    sessions: `insert into sessions (id, user_id, token_hash, expires_at)
      select ${uuid(9, 'w', begun)}, ${uuid(2, 'w * 4', begun)}, sha256(('bench' || lpad(w::text, 38, '0'))::bytea), now() + interval '30 days'
        from generate_series(0, ${String(workspaces - 1)}) w`,
    channels: `insert into channels (workspace_id, id, kind, provider, name, external_id, status, connected_at)
      select ${workspace('w')}, ${channel('w', 'c')}, case c when 0 then 'MESSENGER' else 'WHATSAPP' end, 'meta', 'Channel ' || c,
             'account-' || w || '-' || c, 'CONNECTED', ${time('0')}
        from generate_series(0, ${String(workspaces - 1)}) w, generate_series(0, 1) c`,
    contacts: `insert into contacts (workspace_id, id, name, phones, first_seen_at, last_seen_at)
      select ${workspace('w')}, ${contact('c')}, 'Customer ' || c, case ch when 1 then array['+4930' || lpad(c::text, 8, '0')] else '{}' end,
             ${time(`c * ${String(perConversation)}`)}, ${time(last)}
        from ${placed}`,
    identities: `insert into contact_identities (workspace_id, channel_id, external_id, id, contact_id, original_contact_id, kind, thread_key)
      select ${workspace('w')}, ${channel('w', 'ch')}, 'person-' || c, ${uuid(8, 'c', begun)}, ${contact('c')}, ${contact('c')},
             case ch when 1 then 'phone' else 'psid' end, ${uuid(10, 'c', begun)}
        from ${placed}`,
    conversations: `insert into conversations (workspace_id, id, channel_id, contact_id, thread_key, status, priority, assignee_id, tags, spam,
             unread_count, last_message_id, last_inbound_id, last_inbound_at, waiting_since, last_activity_at, created_at)
      select ${workspace('w')}, ${conversation('c')}, ${channel('w', 'ch')}, ${contact('c')}, ${uuid(10, 'c', begun)},
             (case when ${random('c', 3)} < 0.35 then 'OPEN' when ${random('c', 3)} < 0.4 then 'PENDING' else 'RESOLVED' end),
             (case when ${random('c', 4)} < 0.9 then 0 else floor(${random('c', 5)} * 5) end)::int,
             case when ${random('c', 6)} < 0.6 then ${member('w', `floor(${random('c', 7)} * 4)::int`)} end,
             case when ${random('c', 8)} < 0.3 then array['vip'] else '{}' end, ${random('c', 9)} < 0.01,
             case when k % 2 = 0 and ${random('c', 10)} < 0.05 then 1 else 0 end,
             ${message(last)}, ${message(last)}, ${time(last)},
             case when k % 2 = 0 and ${random('c', 10)} < 0.05 then ${time(last)} end, ${time(last)}, ${time(`c * ${String(perConversation)}`)}
        from ${placed}`,
    phrases: `create temp table vocabulary as
        select row_number() over () - 1 as n, word from (
          select unnest(regexp_split_to_array('${words.replace(/\s+/g, ' ')}', ' ')) as word
          union all select 'word' || i from generate_series(1, 5000) i) v;
      create temp table phrases as
        select p as n, string_agg(v.word, ' ' order by i) as text
          from generate_series(0, 19999) p, generate_series(0, 4) i
          join lateral (select floor(5044 * power(${random('p * 8 + i', 11)}, 3))::bigint as pick) r on true
          join vocabulary v on v.n = r.pick group by p;
      analyze phrases`,
    threads: `create temp table threads as
      select c::bigint as c, ${workspace('w')} as workspace, ${conversation('c')} as id, ${channel('w', 'ch')} as channel,
             ${member('w', '0')} as member from ${placed}`,
    messages: `insert into messages (workspace_id, id, conversation_id, channel_id, direction, author, kind, status, member_id, text, external_id, sent_at)
      select t.workspace, ${message('p.n')}, t.id, t.channel,
             case when k % 2 = 0 then 'INBOUND'::message_direction else 'OUTBOUND' end,
             case when k % 2 = 0 then 'CONTACT'::message_author else 'MEMBER' end, 'TEXT',
             case when k % 2 = 0 then 'RECEIVED' else 'READ' end, case when k % 2 = 1 then t.member end,
             a.text || ' ' || b.text, 'mid-' || p.n, ${time('p.n')}
        from (select n, n % ${String(perConversation)} as k,
                     (n / ${String(perConversation)} - (n % ${String(perConversation)}) * ${String(gap)} + ${String(conversations)})
                       % ${String(conversations)} as c,
                     (hashint8extended(n, 12) & 1048575) % 20000 as one, (hashint8extended(n, 13) & 1048575) % 20000 as two
                from generate_series(0::bigint, ${String(messages - 1)}) n) p
        join threads t on t.c = p.c join phrases a on a.n = p.one join phrases b on b.n = p.two`,
  };
}

/** The id of the loaded workspace `index`. */
export function loadedWorkspaceId(index: number): string {
  return idOf(1, index);
}

/** The id of a loaded workspace's member, of whom there are four; the first is its owner. */
export function loadedMemberId(workspace: number, index: number): string {
  return idOf(3, workspace * 4 + index);
}

function idOf(kind: number, index: number): string {
  const hex = `${(until - year).toString(16).padStart(12, '0')}7${String(kind).padStart(3, '0')}8${index.toString(16).padStart(15, '0')}`;
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
