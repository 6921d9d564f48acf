import type pg from 'pg';
import { ChatText, seededNumbers } from '../load/chat-text.js';
import type { Message } from '../load/webhooks.js';
import type { Bench } from '../report/bench.js';
import { InboundUnderLoad } from './inbound.js';

const workspaces = 20;
const customers = 250;
const messagesEach = 20;
/** Messages a second: in a second every sixth conversation is written to. */
const rate = 800;

/**
 * What messages take on disk, indexes included, and how much conversations grow while twenty messages come for each. The
 * messages come in no order, in words as frequent as a language's. Twenty messages to each of 5,000 conversations, which
 * take days, come in two minutes: the minute after which autovacuum looks again at what is worth a vacuum is a second
 * here; what it then decides and does is as the product sets it.
 */
export default {
  name: 'size',
  goals: ['15', '15c'],
  run: async (context) => {
    const inbound = await InboundUnderLoad.start(context, { workspaces, customers });
    const { admin } = inbound;
    const each = context.quick ? 4 : messagesEach;
    const messages = inNoOrder(each);
    await quickAutovacuum(admin, '1s');
    try {
      const fresh = await bytesOf(admin, 'conversations');
      const before = { messages: await bytesOf(admin, 'messages'), events: await bytesOf(admin, 'workspace_events') };
      const freshParts = await partsOf(admin, 'conversations');
      await inbound.round(messages, { connections: 64, rate, seconds: 600 });
      const conversations = await bytesOf(admin, 'conversations');
      const grown = {
        messages: (await bytesOf(admin, 'messages')) - before.messages,
        events: (await bytesOf(admin, 'workspace_events')) - before.events,
      };
      const vacuums = await vacuumsOf(admin, 'conversations');
      const text = messages.reduce((sum, message) => sum + (message.text?.length ?? 0), 0) / messages.length;
      context.log(`conversations when fresh: ${freshParts}`);
      context.log(`conversations afterwards: ${await partsOf(admin, 'conversations')}`);
      return {
        measured: [
          {
            goal: '15',
            value: grown.messages / messages.length,
            note: `of ${String(Math.round(text))} bytes of text: ${await partsOf(admin, 'messages')}`,
          },
          {
            goal: '15c',
            value: conversations / fresh,
            note: `${String(Math.round(fresh / (workspaces * customers)))} bytes each when fresh; ${String(vacuums)} autovacuums`,
          },
        ],
        information: [
          { what: 'lines of the feed per message, kept 7 days', value: grown.events / messages.length, unit: 'bytes' },
        ],
      };
    } finally {
      await quickAutovacuum(admin, null);
    }
  },
} satisfies Bench;

/** As many messages of each customer, shuffled: in turn, all pages of an index would split at the same time. */
function inNoOrder(each: number): Message[] {
  const random = seededNumbers(15);
  const chat = new ChatText(random);
  const order = Uint32Array.from({ length: workspaces * customers * each }, (_, index) => index);
  for (let last = order.length - 1; last > 0; last -= 1) {
    const other = Math.floor(random() * (last + 1));
    const kept = order[last] as number;
    order[last] = order[other] as number;
    order[other] = kept;
  }
  return Array.from(order, (drawn, number) => ({
    number,
    workspace: drawn % workspaces,
    customer: Math.floor(drawn / workspaces) % customers,
    text: chat.next(),
  }));
}

/** How often autovacuum looks whether there is work; null: as the server was started. */
async function quickAutovacuum(admin: pg.Client, every: string | null): Promise<void> {
  await admin.query(
    `alter system ${every === null ? 'reset autovacuum_naptime' : `set autovacuum_naptime = '${every}'`}`,
  );
  await admin.query('select pg_reload_conf()');
}

async function vacuumsOf(admin: pg.Client, table: string): Promise<number> {
  const { rows } = await admin.query<{ count: string }>(
    'select autovacuum_count as count from pg_stat_user_tables where relname = $1',
    [table],
  );
  return Number(rows[0]?.count);
}

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

/** What a table and each of its indexes takes, per row. */
async function partsOf(admin: pg.Client, table: string): Promise<string> {
  const { rows } = await admin.query<{ name: string; bytes: string }>(
    `select 'heap' as name, pg_relation_size($1::text::regclass) as bytes
     union all select replace(indexrelid::regclass::text, $1::text || '_', ''), pg_relation_size(indexrelid)
       from pg_index where indrelid = $1::text::regclass
     order by bytes desc`,
    [table],
  );
  const counted = await admin.query<{ count: string }>(`select count(*) from ${table}`);
  const count = Number(counted.rows[0]?.count);
  const parts = rows.map(({ name, bytes }) => [name, Math.round(Number(bytes) / count)] as const);
  return parts
    .filter(([, bytes]) => bytes > 0)
    .map(([name, bytes]) => `${name} ${String(bytes)}`)
    .join(', ');
}
