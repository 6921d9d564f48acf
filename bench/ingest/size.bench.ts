import type pg from 'pg';
import type { Bench } from '../report/bench.js';
import { InboundUnderLoad } from './inbound.js';

const workspaces = 20;
const customers = 100;
const messagesEach = 20;

/** What messages take on disk, indexes included, and how much conversations grow while twenty messages come for each. */
export default {
  name: 'size',
  goals: ['15', '15c'],
  run: async (context) => {
    const inbound = await InboundUnderLoad.start(context, { workspaces, customers });
    const { admin } = inbound;
    const count = workspaces * customers * messagesEach;
    const fresh = await bytesOf(admin, 'conversations');
    const before = { messages: await bytesOf(admin, 'messages'), events: await bytesOf(admin, 'workspace_events') };
    const saturating = { connections: 64, rate: null, seconds: 280 } as const;
    await inbound.round(inbound.messages(count), saturating);
    const conversations = await bytesOf(admin, 'conversations');
    const grown = {
      messages: (await bytesOf(admin, 'messages')) - before.messages,
      events: (await bytesOf(admin, 'workspace_events')) - before.events,
    };
    return {
      measured: [
        { goal: '15', value: grown.messages / count, note: await partsOf(admin) },
        {
          goal: '15c',
          value: conversations / fresh,
          note: `${String(Math.round(fresh / (workspaces * customers)))} bytes each when fresh`,
        },
      ],
      information: [{ what: 'lines of the feed per message, kept 7 days', value: grown.events / count, unit: 'bytes' }],
    };
  },
} satisfies Bench;

/** A table with its indexes, once what waits to be put into them is. */
async function bytesOf(admin: pg.Client, table: string): Promise<number> {
  // Only the search index's waiting entries: a vacuum would hide what updates leave behind.
  await admin.query(
    `select gin_clean_pending_list(i.indexrelid) from pg_index i join pg_class c on c.oid = i.indexrelid join pg_am a on a.oid = c.relam
      where a.amname = 'gin' and i.indrelid = $1::regclass`,
    [table],
  );
  const { rows } = await admin.query<{ bytes: string }>('select pg_total_relation_size($1::regclass) as bytes', [
    table,
  ]);
  return Number(rows[0]?.bytes);
}

/** What the table and each index of messages takes, per message. */
async function partsOf(admin: pg.Client): Promise<string> {
  const { rows } = await admin.query<{ name: string; bytes: string }>(
    `select 'heap' as name, pg_relation_size('messages') as bytes
     union all select replace(indexrelid::regclass::text, 'messages_', ''), pg_relation_size(indexrelid)
       from pg_index where indrelid = 'messages'::regclass
     order by bytes desc`,
  );
  const counted = await admin.query<{ count: string }>('select count(*) from messages');
  const count = Number(counted.rows[0]?.count);
  const parts = rows.map(({ name, bytes }) => [name, Math.round(Number(bytes) / count)] as const);
  return parts
    .filter(([, bytes]) => bytes > 0)
    .map(([name, bytes]) => `${name} ${String(bytes)}`)
    .join(', ');
}
