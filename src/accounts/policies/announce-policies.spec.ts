import { jest } from '@jest/globals';
import { AccountsServer } from '../../../test/support/accounts-server.js';
import { eventually } from '../../../test/support/client.js';
import { newId } from '../../platform/database/index.js';
import { type MailContent, Mails } from '../../platform/mail/index.js';
import type { Job } from '../../platform/queue/index.js';
import { AnnouncePoliciesWorker, announcement } from './announce-policies.worker.js';
import { PolicyDocuments } from './policy-documents.js';
import { PolicyKind } from './policy-kind.js';

const changed = /We have changed our policies|Politikalarımızı değiştirdik/;
const job = (): Job => ({
  kind: 'announce-policies',
  workspaceId: '00000000-0000-0000-0000-000000000000',
  rowId: announcement,
  attempt: 1,
  signal: new AbortController().signal,
});
const announcedTo = async ({ admin }: AccountsServer) =>
  (await admin.query<{ people: number }>('select count(distinct user_id)::int as people from policy_announcements'))
    .rows[0]?.people;

describe('a new version of a policy', () => {
  let server: AccountsServer;
  beforeAll(async () => {
    server = await AccountsServer.start();
  }, 60_000);
  afterAll(() => server.stop());

  it('is mailed once to whoever accepted an older one with an address of theirs, dated, in their language [promise 79]', async () => {
    const people = await Promise.all(Array.from({ length: 4 }, () => server.signUp()));
    const [english, turkish, unverified, present] = people;
    if (!english || !turkish || !unverified || !present) throw new Error('Four people were asked for.');
    await server.admin.query(`update users set email_verified_at = now() where id <> $1`, [unverified.id]);
    await server.admin.query(`update users set locale = 'tr' where id = $1`, [turkish.id]);
    await server.admin.query(
      `update policy_acceptances set version = '2020-01-01' where kind in ('TERMS', 'PRIVACY') and user_id <> $1`,
      [present.id],
    );
    const worker = server.app.get(AnnouncePoliciesWorker);
    await worker.onApplicationBootstrap();
    const [one, other] = [await server.mail(english.email, changed), await server.mail(turkish.email, changed)];
    const documents = server.app.get(PolicyDocuments);
    for (const [mail, language] of [
      [one, 'en'],
      [other, 'tr'],
    ] as const) {
      for (const kind of [PolicyKind.TERMS, PolicyKind.PRIVACY]) {
        const { title, summary, version } = documents.inForce(kind, language);
        expect(mail.text).toContain(title);
        expect(mail.text).toContain(summary);
        expect(mail.text).toContain(
          new Intl.DateTimeFormat(language, { dateStyle: 'long' }).format(new Date(`${version}T12:00:00`)),
        );
        const path = `/policies/${kind.toLowerCase()}/${version}?lang=${language}`;
        expect(mail.text).toContain(path);
        expect((await fetch(`${server.url}${path}`)).status).toBe(200);
      }
      // What did not change is not in it.
      expect(mail.text).not.toContain(documents.inForce(PolicyKind.REFUND, language).title);
    }
    // Every further start finds nobody who was not told.
    for (let start = 0; start < 2; start += 1) {
      await worker.onApplicationBootstrap();
      await server.quiet();
    }
    for (const { email } of [english, turkish]) {
      expect((await server.mailsTo(email)).filter(({ subject }) => changed.test(subject))).toHaveLength(1);
    }
    for (const { email } of [unverified, present]) {
      expect((await server.mailsTo(email)).filter(({ subject }) => changed.test(subject))).toEqual([]);
    }
    // Whoever shows later that the address is theirs is told then.
    await server.admin.query('update users set email_verified_at = now()');
    await worker.onApplicationBootstrap();
    await server.mail(unverified.email, changed);
    // The next version is mailed again.
    const inForce = documents.inForce.bind(documents);
    jest
      .spyOn(documents, 'inForce')
      .mockImplementation((kind, language) => ({ ...inForce(kind, language), version: '2026-11-23' }));
    await worker.onApplicationBootstrap();
    const second = await server.mail(present.email, changed);
    expect(second.text).toContain('November 23, 2026');
    await server.mail(english.email, changed, 2);
    jest.restoreAllMocks();
  });

  it('goes with the person who was told of it', async () => {
    expect(await announcedTo(server)).toBe(4);
    await server.admin.query('delete from members');
    await server.admin.query('delete from users');
    expect(await announcedTo(server)).toBe(0);
  });
});

/** Without a worker of its own, so that every run is one of these tests. */
describe('announcing to many', () => {
  const many = 250;
  let server: AccountsServer;
  beforeAll(async () => {
    server = await AccountsServer.start({ ROLE: 'api' });
  }, 60_000);
  afterAll(() => server.stop());
  beforeEach(async () => {
    await server.admin.query('delete from mails');
    await server.admin.query('delete from users');
    const ids = Array.from({ length: many }, () => newId());
    await server.admin.query(
      `insert into users (id, email, name, password_hash, email_verified_at, locale)
       select id, n || '@example.com', 'P', 'x', now(), 'en' from unnest($1::uuid[]) with ordinality as one (id, n)`,
      [ids],
    );
    await server.admin.query(
      `insert into policy_acceptances (user_id, kind, version) select id, 'TERMS', '2020-01-01' from users`,
    );
  });
  afterEach(() => jest.restoreAllMocks());

  const workers = () => {
    const own = server.app.get(AnnouncePoliciesWorker);
    // What a second process has of its own is where it has come to.
    return [own, Object.assign(Object.create(own) as AnnouncePoliciesWorker, { after: null })] as const;
  };
  const addresses = async () => {
    const { rows } = await server.admin.query<{ id: string; content: Buffer }>('select id, content from mails');
    return rows.map(({ id, content }): string => {
      const { to }: MailContent = server.app.get(Mails).open(id, content);
      return to;
    });
  };
  const everyone = Array.from({ length: many }, (_, index) => `${String(index + 1)}@example.com`).sort();

  it('leaves room in the post for others: a bounded number waits', async () => {
    const [worker] = workers();
    expect(await worker.run(job())).toEqual({ afterSeconds: 2 });
    const first = await addresses();
    expect(first).toHaveLength(200);
    expect(await worker.run(job())).toEqual({ afterSeconds: 2 });
    expect(await addresses()).toHaveLength(200);
    await server.admin.query('delete from mails');
    expect(await worker.run(job())).toBeUndefined();
    expect([...first, ...(await addresses())].sort()).toEqual(everyone);
  });

  it('tells everyone once, wherever a run breaks off and however many run at once', async () => {
    const mails = server.app.get(Mails);
    const queue = mails.queue.bind(mails);
    let left = 0;
    jest.spyOn(mails, 'queue').mockImplementation(async (tx, mail) => {
      left -= 1;
      if (left < 0) throw new Error('the process is gone');
      await queue(tx, mail);
    });
    const sent: string[] = [];
    const takeAway = async () => {
      sent.push(...(await addresses()));
      await server.admin.query('delete from mails');
    };
    for (const after of [0, 1, 57, 99, 100, 130, 150]) {
      left = after;
      await Promise.allSettled(workers().map((worker) => worker.run(job())));
      await takeAway();
    }
    left = Infinity;
    await eventually(async () => {
      const ends = await Promise.all(workers().map((worker) => worker.run(job())));
      await takeAway();
      return ends.every((end) => end === undefined);
    });
    expect(sent.sort()).toEqual(everyone);
    expect(await announcedTo(server)).toBe(many);
  });

  it('begins on the day of a version that lies ready, and looks again within a day', async () => {
    const documents = server.app.get(PolicyDocuments);
    const [worker] = workers();
    await server.admin.query('delete from users');
    const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
    jest.spyOn(documents, 'versionsOf').mockReturnValue([day(1), '2026-11-22']);
    const soon = await worker.run(job());
    if (soon === undefined || !('afterSeconds' in soon)) throw new Error('It does not come back.');
    const midnight = (Date.parse(`${day(1)}T00:00:00Z`) - Date.now()) / 1_000;
    expect(soon.afterSeconds).toBeGreaterThan(midnight);
    expect(soon.afterSeconds).toBeLessThan(midnight + 10);
    jest.spyOn(documents, 'versionsOf').mockReturnValue([day(40), '2026-11-22']);
    expect(await worker.run(job())).toEqual({ afterSeconds: 86_400 });
  });
});
