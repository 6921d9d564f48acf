import pg from 'pg';
import { type TestDatabase, createTestDatabase } from '../../test/support/database.js';
import { withDatabase } from '../../test/support/database-names.js';
import { type Sql, type WorkspaceTransaction, newId, sql } from '../platform/database/index.js';
import { externalKey, isExternalMessage } from './external-message.js';
import { RepliedMessageLoader } from './replied-message.loader.js';

const workspaceId = newId();
const channelId = newId();
const byIndex =
  /Index Scan using messages_external on messages[^\n]*\n\s*Index Cond: \([^\n]*external_digest = [^\n]+\n\s*Filter: [^\n]*external_id = /;

/** Row security keeps what could leak out of an index; only the plans of the server's own role tell whether it did. */
describe('messages by the id of their platform', () => {
  let database: TestDatabase;
  let client: pg.Client;
  let plans = '';

  beforeAll(async () => {
    database = await createTestDatabase();
    const name = new URL(database.ownerUrl).pathname.slice(1);
    client = new pg.Client({ connectionString: withDatabase(process.env['PARLEY_TEST_ADMIN_URL'] ?? '', name) });
    await client.connect();
    client.on('notice', ({ message }) => (plans += `${message ?? ''}\n`));
    await client.query(`load 'auto_explain'`);
    for (const [setting, value] of [
      ['log_min_duration', '0'],
      ['log_nested_statements', 'on'],
      ['log_level', 'notice'],
    ])
      await client.query(`set auto_explain.${setting ?? ''} = ${value ?? ''}`);
    await client.query(`set role ${new URL(database.appUrl).username}`);
    await client.query(`set enable_seqscan = off`);
    await client.query(`select set_config('app.workspace_id', $1, false)`, [workspaceId]);
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  async function plansOf(statement: Sql): Promise<string> {
    plans = '';
    await client.query(statement.text, [...statement.values]);
    return plans;
  }

  it('are found through the index of their digest, and compared by the id itself', async () => {
    const one = isExternalMessage(workspaceId, channelId, `wamid.it's \\ "one"`);
    expect(await plansOf(sql`select id from messages where ${one}`)).toMatch(byIndex);
  });

  it('are found so when many are asked for at once', async () => {
    let asked: Sql | null = null;
    const recorder = {
      query: (statement: Sql) => {
        asked = statement;
        return Promise.resolve([]);
      },
      workspaceId,
    } as unknown as WorkspaceTransaction;
    const loader = Object.create(RepliedMessageLoader.prototype) as RepliedMessageLoader;
    await loader['batch'](recorder, [externalKey({ channelId, externalId: 'wamid.one' })]);
    expect(await plansOf(asked ?? sql``)).toMatch(/using messages_external on messages/);
  });

  it('are found so when they are received', async () => {
    const told = JSON.stringify({ addresses: [], messages: [{ channel: channelId, external: 'wamid.one' }] });
    const known = await plansOf(sql`select * from look_up_arrivals(${[workspaceId]}::uuid[], ${[told]}::jsonb[])`);
    expect(known).toMatch(/using messages_external on messages/);
    expect(known).toMatch(/using contact_identities_pkey on contact_identities/);
  });

  it('are stored without a look at other conversations', async () => {
    const message = {
      id: newId(),
      conversation: newId(),
      channel: channelId,
      inbound: true,
      kind: 'TEXT',
      external: 'wamid.one',
      at: 'now',
    };
    const batch = JSON.stringify({ met: [], contacts: [], identities: [], threads: [], messages: [message] });
    // There is no such conversation, which ends it; what was planned until then is what counts.
    await expect(plansOf(sql`select store_messages(${batch}::jsonb, true)`)).rejects.toThrow(/foreign key/);
    expect(plans).toMatch(
      /Index Scan using messages_thread on messages m[^\n]*\n\s*Index Cond: \(\(conversation_id = [^\n]* AND \(id > /,
    );
  });

  it('have a digest that tells workspaces, channels and ids apart, whatever they are made of', async () => {
    const ids = ['a', 'b', '\\', '\\\\', '\\x', '\\101', 'A', 'é', '👋', "'"];
    const { rows } = await client.query<{ digests: number; nothing: string | null }>(
      `select count(distinct external_digest(workspace, channel, id))::int as digests, external_digest(($1::uuid[])[1], ($1::uuid[])[1], null) as nothing
         from unnest($1::uuid[]) as workspace, unnest($1::uuid[]) as channel, unnest($2::text[]) as id`,
      [[channelId, workspaceId], ids],
    );
    expect(rows).toEqual([{ digests: ids.length * 4, nothing: null }]);
  });
});
