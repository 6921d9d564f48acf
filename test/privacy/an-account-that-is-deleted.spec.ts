import { mkdir, rename } from 'node:fs/promises';
import path from 'node:path';
import { Config } from '../../src/platform/config/index.js';
import { checkReceipts } from '../../src/privacy/index.js';
import { eventually } from '../support/client.js';
import { InboxUnderTest, type TestInbox } from '../support/inbox.js';
import { databaseDump, residue } from './residue.js';
import { mailsIn } from '../support/written-mails.js';
import { JournalUnderTest } from './journal-under-test.js';

let under: InboxUnderTest;
let ada: TestInbox;
beforeAll(async () => {
  under = await InboxUnderTest.start();
  ada = await under.inbox('Ada');
}, 60_000);
afterAll(() => under.stop());

const deletion =
  'mutation ($owned: Boolean) { deleteAccount(password: "a long enough password", deleteOwnedWorkspaces: $owned) }';
const journal = new JournalUnderTest(() => under);

interface Leaver extends TestInbox {
  readonly email: string;
  readonly userId: string;
}

/** Somebody who works in Ada's inbox, wrote a message there, and has a workspace of their own too. */
async function leaver(name: string): Promise<Leaver & { readonly messageId: string }> {
  const colleague = await under.colleague(ada, name);
  const conversation = await under.conversation(ada);
  const messageId = await under.message(ada, conversation, {
    direction: 'OUTBOUND',
    author: 'MEMBER',
    member_id: colleague.member.memberId,
  });
  const userId = colleague.member.userId ?? '';
  const { rows } = await under.admin.query<{ email: string }>('select email from users where id = $1', [userId]);
  return { ...colleague, email: rows[0]?.email ?? '', userId, messageId };
}

async function mailTo(address: string): Promise<string> {
  return eventually(async () => {
    const mails = await mailsIn(under.app.app.get(Config).mailFolder);
    return (
      mails.find(({ to, subject }) => to.includes(address) && subject === 'Your account was deleted')?.text ?? null
    );
  }, 15_000);
}

it('leaves a receipt that anybody can check, in a mail to an address that then stands nowhere any more [promise 47] [promise 48]', async () => {
  const eve = await leaver('Everinda');
  const from = await journal.position();
  await eve.client.ask(deletion, { owned: true });
  const mail = await mailTo(eve.email);
  const [receipt = ''] = mail.split(/\r?\n/).filter((line) => line.startsWith('{'));
  const keys = await (await fetch(`${under.app.url}/.well-known/receipt-keys.json`)).text();
  expect((await checkReceipts(receipt, keys)).fault).toBeNull();
  expect(JSON.parse(receipt)).toMatchObject({
    scope: 'USER',
    erased: expect.arrayContaining([
      { what: 'sessions', count: 1 },
      { what: 'users', count: 1 },
    ]) as unknown,
    // Ada's alone: their own goes entirely, and its receipt comes after this mail.
    retained: [{ what: 'members: without a person', count: 1 }],
  });
  expect((await checkReceipts(receipt.replace('"count":1', '"count":3'), keys)).fault).not.toBeNull();
  expect(mail).not.toContain('the last mail');
  expect(mail).toContain('you get a receipt of each');
  // Ids alone, of a workspace of nobody.
  const gone = (await journal.since(from)).filter(({ kind }) => kind === 'user-deleted');
  expect(gone).toMatchObject([{ workspaceId: null, ids: { userId: eve.userId } }]);
  expect(JSON.stringify(gone)).not.toContain(eve.email);
  await eventually(async () => {
    const { rows } = await under.admin.query('select from mails');
    return rows.length === 0 ? true : null;
  }, 15_000);
  await eventually(async () => {
    const { rows } = await under.admin.query('select from workspace_deletions where completed_at is null');
    return rows.length === 0 ? true : null;
  }, 20_000);
  expect(residue(await databaseDump(under.app.database.ownerUrl), [eve.email, 'Everinda'])).toEqual([]);
}, 60_000);

it('says that no other mail follows, where no workspace went with it', async () => {
  const ida = await leaver('Ida');
  await under.admin.query('update members set user_id = null where user_id = $1 and workspace_id <> $2', [
    ida.userId,
    ada.workspaceId,
  ]);
  await ida.client.ask(deletion, { owned: true });
  expect(await mailTo(ida.email)).toContain('This is the last mail that we send to this address.');
}, 30_000);

it('is gone again after a restore of an older backup; what they wrote for others stays [promise 47] [promise 48] [promise 71]', async () => {
  const max = await leaver('Max');
  const from = await journal.position();
  const known = await under.admin.query<{ row: object }>('select to_jsonb(u) as row from users u where id = $1', [
    max.userId,
  ]);
  await max.client.ask(deletion, { owned: true });
  const entries = await journal.since(from);
  const there = async () =>
    (
      await under.admin.query<{ users: number; members: number; messages: number }>(
        `select (select count(*)::int from users where id = $1) as users,
                (select count(*)::int from members where user_id = $1) as members,
                (select count(*)::int from messages m join members w on w.id = m.member_id and w.user_id is null where m.id = $2) as messages`,
        [max.userId, max.messageId],
      )
    ).rows[0];
  expect(await there()).toEqual({ users: 0, members: 0, messages: 1 });
  // As the backup has it.
  const back = async () => {
    await under.admin.query('insert into users select * from jsonb_populate_record(null::users, $1)', [
      known.rows[0]?.row,
    ]);
    await under.admin.query('update members set user_id = $1 where id = $2', [max.userId, max.member.memberId]);
  };
  await back();
  expect(await there()).toEqual({ users: 1, members: 1, messages: 0 });
  const replay = () => journal.replay(entries);
  expect([await replay(), await replay()]).toEqual([1, 0]);
  expect(await there()).toEqual({ users: 0, members: 0, messages: 1 });
  // What is done again is no news: no entry, no second receipt, no mail.
  expect((await journal.since(from)).length).toBe(entries.length);
}, 60_000);

it('stays whole, with every membership, while the journal cannot be written', async () => {
  const zoe = await leaver('Zoe');
  // Nothing but Ada's inbox is theirs: the deletion of a workspace would stop at the journal by itself.
  await under.admin.query('update members set user_id = null where user_id = $1 and workspace_id <> $2', [
    zoe.userId,
    ada.workspaceId,
  ]);
  const folder = path.join(under.app.app.get(Config).dataDir, 'journal');
  await rename(folder, `${folder}-away`);
  await mkdir(folder);
  try {
    const { errors } = await zoe.client.post(deletion, { owned: true });
    expect(errors).toHaveLength(1);
  } finally {
    await rename(folder, `${folder}-empty`);
    await rename(`${folder}-away`, folder);
  }
  const { rows } = await under.admin.query('select from members where user_id = $1', [zoe.userId]);
  expect(rows).toHaveLength(1);
  expect(await zoe.client.ask('{ viewer { name } }')).toEqual({ viewer: { name: 'Zoe' } });
}, 60_000);
