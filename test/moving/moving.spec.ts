import { readFile, stat } from 'node:fs/promises';
import { newId } from '../../src/platform/database/index.js';
import { ways } from '../../src/privacy/moving/ways.js';
import type { FurnishedInbox } from '../isolation/two-inboxes.js';
import { Deployment, Move, TakenApart } from './moving-under-test.js';

const owner = 'olga@new.example';

/** Two deployments with keys of their own; a workspace that has everything moves from one to the other. */
describe('a workspace that moves to another deployment', () => {
  let move: Move;
  let old: Deployment;
  let there: Deployment;
  let a: FurnishedInbox;
  let file: string;
  let apart: TakenApart;
  beforeAll(async () => {
    move = await Move.prepare(owner);
    ({ old, there, file } = move);
    ({ a } = move.inboxes);
    const { sql } = move.inboxes.story;
    await sql.query(`update messages set status = 'QUEUED' where id = $1`, [a.ids.outbound]);
    await sql.query(
      'update contacts set merged_into = $2, automation_objected = true, processing_restricted = true where id = $1',
      [a.ids.secondContact, a.ids.contact],
    );
    await sql.query(
      `update conversations set status = 'SNOOZED', snoozed_until = now() + interval '2 days', round = 7 where id = $1`,
      [a.ids.conversation],
    );
    // What the fixture made up: digests that are all alike.
    await sql.query('update visitors set token_hash = sha256(uuid_send(gen_random_uuid()))');
    await sql.query('update tombstones set digest = sha256(uuid_send(gen_random_uuid()))');
    await sql.query('update ai_settings set api_key = sha256(uuid_send(gen_random_uuid()))');
    await sql.query(`update legal_holds set released_at = null where workspace_id = $1`, [a.workspaceId]);
    await settledRequest();
  }, 120_000);
  afterAll(() => move.stop());

  /** A request that was answered a year ago. */
  const settledRequest = async () => {
    const id = newId();
    const details = await old.open.workspaces.run(a.workspaceId, (tx) =>
      old.secrets.encrypt(
        tx,
        { table: 'privacy_requests', column: 'details', row: id },
        '{"note":"an answered aardvark"}',
      ),
    );
    await old.rows(
      `insert into privacy_requests (workspace_id, id, kind, origin, status, code, language, law, on_behalf_of, minor, received_at,
                                     due_at, completed_at, details, contact_ids)
       select workspace_id, $2, kind, origin, 'REJECTED', md5(code), language, law, on_behalf_of, minor, now() - interval '13 months',
              now() - interval '12 months', now() - interval '12 months', $3, '{}'
         from privacy_requests where workspace_id = $1 limit 1`,
      a.workspaceId,
      id,
      details,
    );
  };
  const carried = (deployment: Deployment, table: string, columns: readonly string[]) =>
    deployment.rows(
      `select to_jsonb(t) - array(select jsonb_object_keys(to_jsonb(t)) except select unnest($2::text[])) as row
         from ${table} t where ${table === 'workspaces' ? 'id' : 'workspace_id'} = $1 order by 1`,
      a.workspaceId,
      columns,
    );

  it('leaves with a hold standing, while the server runs, and writes down that it did', async () => {
    const left = await old.export(a.workspaceId, file);
    expect(left).toMatchObject({
      workspace: { id: a.workspaceId, name: 'aardvark and sons' },
      files: 1,
      auditTrouble: null,
    });
    expect(left.rows).toBeGreaterThan(40);
    apart = await TakenApart.of(file);
    expect(apart.rowsOf('audit_entries').at(-1)).toMatchObject({ action: 'workspace.export', actor: 'system' });
    expect(old.said.some((line) => line.startsWith('messages: '))).toBe(true);
  });

  it('takes along every row of every table that travels, and nothing of anybody else [promise 23]', async () => {
    for (const [table, way] of Object.entries(ways)) {
      if ('stays' in way) {
        expect([table, apart.entries.has(`data/${table}.jsonl`)]).toEqual([table, false]);
        continue;
      }
      const rows = apart.rowsOf(table);
      const [counted] = await old.rows(
        `select count(*)::int as n from ${table} where ${table === 'workspaces' ? 'id' : 'workspace_id'} = $1`,
        a.workspaceId,
      );
      expect([table, rows.length]).toEqual([table, counted?.['n']]);
      expect([table, rows.length > 0]).toEqual([table, true]);
    }
    const all = [...apart.entries].map(([name, body]) => `${name} ${body.toString()}`).join('\n');
    expect(all).toContain('aardvark rex');
    expect(all.toLowerCase()).not.toContain('buffalo');
    expect(all).not.toContain(move.inboxes.b.workspaceId);
  });

  it('takes no secret along: no password, session, token, key, nor a digest of one [promise 24]', async () => {
    const all = [...apart.entries.values()].map((body) => body.toString().toLowerCase()).join('\n');
    const secrets = await old.rows(`
      select 'password' as what, encode(convert_to(password_hash, 'UTF8'), 'escape') as text from users
      union all select 'session', encode(token_hash, 'hex') from sessions
      union all select 'api token', encode(token_hash, 'hex') from api_tokens
      union all select 'invitation', encode(token_hash, 'hex') from invitations
      union all select 'visitor', encode(token_hash, 'hex') from visitors
      union all select 'channel', encode(token, 'hex') from channels where token is not null
      union all select 'model', encode(api_key, 'hex') from ai_settings where api_key is not null
      union all select 'data key', encode(wrapped, 'hex') from workspace_keys
      union all select 'tombstone', encode(digest, 'hex') from tombstones
      union all select 'second factor', encode(secret, 'hex') from two_factors`);
    expect(new Set(secrets.map(({ what }) => what)).size).toBeGreaterThanOrEqual(8);
    for (const { what, text } of secrets)
      expect([what, all.includes(String(text).toLowerCase())]).toEqual([what, false]);
    expect(all).not.toContain(a.token.toLowerCase());
    expect((await stat(file)).size).toBeGreaterThan(1_000);
  });

  it('can be read by people: a page in two languages, tables, and files by their names', () => {
    const page = apart.entries.get('index.html')?.toString() ?? '';
    expect(page).toContain('The workspace aardvark and sons');
    expect(page).toContain('aardvark and sons çalışma alanı');
    expect(page).not.toContain('<script');
    const contacts = apart.entries.get('tables/contacts.csv')?.toString() ?? '';
    expect(contacts.split('\r\n')[0]).toContain('"name","avatar_url"');
    expect(contacts).toContain('"aardvark rex"');
    expect(apart.entries.get('tables/messages.csv')?.toString()).toContain('the aardvark speaks');
    expect(apart.entries.get(`files/${a.ids.file}-aardvark.txt`)?.toString()).toBe('aardvark aardvark\naardvark\n');
  });

  it('is given to nobody who only says that an address of its owners is theirs', async () => {
    const [former] = await old.rows(
      `select u.email from users u join members m on m.user_id = u.id where m.role = 'OWNER' and m.workspace_id = $1`,
      a.workspaceId,
    );
    const email = String(former?.['email']);
    await there.rows(
      `insert into users (id, email, name, password_hash) values ($1, $2, 'Mallory', 'none')`,
      newId(),
      email.toUpperCase(),
    );
    await expect(there.import(file, null)).rejects.toThrow('sign up and confirm the address first');
    await expect(there.import(file, email)).rejects.toThrow('and confirm the address first');
    expect(await there.rows('select from workspaces')).toEqual([]);
    await there.rows(`delete from users where name = 'Mallory'`);
  });

  it('arrives as it was, table by table, but for what its tables say changes on arrival', async () => {
    const arrived = await there.import(file, owner);
    expect(arrived).toMatchObject({ files: 1, missingFiles: 0, refusedFiles: 0, from: 'https://old.example' });
    expect(arrived.people).toEqual([expect.objectContaining({ name: 'Mx. aardvark', role: 'OWNER' })]);
    for (const [table, way] of Object.entries(ways)) {
      if ('stays' in way) continue;
      const changes = [...Object.keys(way.arrives ?? {}), ...Object.keys(way.sealed ?? {})];
      const same = way.carried.split(' ').filter((column) => !changes.includes(column));
      const [was, is] = [await carried(old, table, same), await carried(there, table, same)];
      if (table === 'audit_entries') expect(is.splice(-1)).toMatchObject([{ row: { action: 'workspace.import' } }]);
      if (table === 'members') is.splice(-1);
      expect([table, is]).toEqual([table, was]);
    }
  });

  it('arrives with its channels disconnected, AI off, nobody in it but the owner, and nothing that would be sent', async () => {
    expect(
      await there.rows('select distinct status, token, webhook_secret, external_id is null as nameless from channels'),
    ).toEqual(expect.arrayContaining([{ status: 'DISCONNECTED', token: null, webhook_secret: null, nameless: false }]));
    expect(
      await there.rows(
        `select from channels where status <> 'DISCONNECTED' or token is not null or settings ? 'grantedBy'`,
      ),
    ).toEqual([]);
    expect(await there.rows('select from channel_directory')).toEqual([]);
    expect(await there.rows('select enabled, api_key from ai_settings')).toEqual([{ enabled: false, api_key: null }]);
    expect(await there.rows('select u.email, m.role from members m join users u on u.id = m.user_id')).toEqual([
      { email: owner, role: 'OWNER' },
    ]);
    expect(await there.rows(`select from members where user_id is null and (role <> 'VIEWER' or available)`)).toEqual(
      [],
    );
    expect(
      await there.rows(
        `select status, error like '%was not sent from here%' as told from messages where id = $1`,
        a.ids.outbound,
      ),
    ).toEqual([{ status: 'FAILED', told: true }]);
    expect(await there.rows(`select from messages where status in ('QUEUED', 'SENDING', 'HELD')`)).toEqual([]);
    expect(await there.rows('select from mails')).toEqual([]);
    // Who worked there is known again when they are invited, and not by name.
    expect(await there.rows('select length(former_address) as n from members where user_id is null')).toEqual([
      { n: 32 },
    ]);
    for (const table of ['api_tokens', 'sessions', 'invitations', 'tombstones', 'workspace_events'])
      expect([table, await there.rows(`select from ${table}`)]).toEqual([table, []]);
  });

  it('keeps what people decided: holds, objections, restrictions, requests with what they say, and their codes', async () => {
    expect(await there.rows('select from legal_holds where released_at is null')).not.toEqual([]);
    expect(
      await there.rows(
        'select merged_into, automation_objected, processing_restricted from contacts where id = $1',
        a.ids.secondContact,
      ),
    ).toEqual([{ merged_into: a.ids.contact, automation_objected: true, processing_restricted: true }]);
    const sealed = (await there.rows('select details from privacy_requests where id = $1', a.ids.privacyRequest))[0]?.[
      'details'
    ] as Buffer;
    const place = { table: 'privacy_requests', column: 'details', row: a.ids.privacyRequest };
    const opened = await there.open.workspaces.run(a.workspaceId, (tx) => there.secrets.decrypt(tx, place, sealed));
    expect(opened).toContain('the aardvark asks');
    expect(sealed.toString('latin1')).not.toContain('aardvark');
    const codes = await there.rows('select request_id from privacy_codes');
    expect(codes).toContainEqual({ request_id: a.ids.privacyRequest });
  });

  it('plans anew what the clock still has to do, and no other work', async () => {
    const kinds = await there.rows('select distinct kind from due order by 1');
    expect(kinds).toEqual(
      [
        'apply-retention',
        'forget-token-uses',
        'forget-words-of-request',
        'remind-of-lead',
        'remind-of-privacy-request',
        'wake-conversation',
      ].map((kind) => ({ kind })),
    );
    expect(
      await there.rows(
        `select r.status, r.completed_at + interval '24 months' = d.due_at as fits
           from due d join privacy_requests r on r.workspace_id = d.workspace_id and r.id = d.row_id
          where d.kind = 'forget-words-of-request'`,
      ),
    ).toEqual([{ status: 'REJECTED', fits: true }]);
    expect(await there.rows(`select round from conversations where id = $1`, a.ids.conversation)).toEqual([
      { round: 7 },
    ]);
    expect(
      await there.rows(`select from due where kind = 'wake-conversation' and due_at > now() + interval '1 day'`),
    ).toHaveLength(1);
  });

  it('has an audit log that goes on from where it came, and files that are read', async () => {
    expect(await there.audit(a.workspaceId)).toMatchObject({ broken: null, comparedOutside: true });
    await there.rows(`update audit_entries set action = 'nothing' where seq = 1`);
    expect(await there.audit(a.workspaceId)).toMatchObject({ broken: { seq: '1' } });
    const bytes = await there.files.readAll(a.workspaceId, a.ids.file);
    expect(bytes.toString()).toBe('aardvark aardvark\naardvark\n');
    expect(await there.rows('select bytes::int from file_room')).toEqual([{ bytes: bytes.length }]);
  });

  it('does not come twice, nor back to where it is or was deleted', async () => {
    await expect(there.import(file, owner)).rejects.toThrow('is here already');
    const someone = String(
      (await old.rows('select email from users where email_verified_at is not null limit 1'))[0]?.['email'],
    );
    await expect(old.import(file, someone)).rejects.toThrow('is here already');
    const elsewhere = await Deployment.empty(owner);
    await elsewhere.rows(
      `insert into workspace_deletions (id, workspace_id, code) values (gen_random_uuid(), $1, 'x')`,
      a.workspaceId,
    );
    await expect(elsewhere.import(file, owner)).rejects.toThrow('was deleted here on');
    await expect(elsewhere.import(file, 'nobody@new.example')).rejects.toThrow(
      'Nobody has an account with the address nobody@new.example',
    );
    await elsewhere.stop();
    expect((await readFile(file)).length).toBeGreaterThan(0);
  });

  it('says when it leaves with an audit log that was changed, and does not come with one', async () => {
    await old.rows(`update audit_entries set action = 'nothing' where workspace_id = $1 and seq = 2`, a.workspaceId);
    const trouble = 'entry 2: it was changed';
    expect(await old.export(a.workspaceId, `${file}.4`)).toMatchObject({ auditTrouble: trouble });
    const elsewhere = await Deployment.empty(owner);
    await expect(elsewhere.import(`${file}.4`, owner)).rejects.toThrow(`The audit log in it is broken at ${trouble}.`);
    await elsewhere.stop();
  });

  it('does not leave while something is still to be erased, and says what that waits for', async () => {
    const held = (is: boolean) =>
      old.rows(
        `update erasures set completed_at = null, held_at = case when $2 then now() end where workspace_id = $1 returning id, scope`,
        a.workspaceId,
        is,
      );
    const [erasure] = await held(false);
    const name = `${String(erasure?.['scope'])} ${String(erasure?.['id'])}`;
    await expect(old.export(a.workspaceId, `${file}.2`)).rejects.toThrow(`Still going on: ${name}.`);
    await held(true);
    await expect(old.export(a.workspaceId, `${file}.2`)).rejects.toThrow(
      `A legal hold stops ${name}: release it first.`,
    );
    await old.rows('update erasures set completed_at = now(), held_at = null');
    expect(await old.export(a.workspaceId, `${file}.2`)).toMatchObject({ files: 1 });
    await expect(old.export('01970000-0000-7000-8000-000000000000', `${file}.3`)).rejects.toThrow(
      'There is no workspace',
    );
  });
});
