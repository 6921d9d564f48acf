import { sellingEnvironment, stands } from '../../../test/support/billing.js';
import { Team } from '../../../test/support/team.js';
import { Workspaces, newId } from '../../platform/database/index.js';
import { type MailContent, Mails, PublicLinks } from '../../platform/mail/index.js';
import type { Worker } from '../../platform/queue/index.js';
import { Entitlements } from '../entitlements/entitlements.js';
import { UsageMetric } from '../enums.js';
import { LookAtStandingWorker } from '../subscriptions/look-at-standing.worker.js';
import { BeginBillingWorker } from './begin-billing.worker.js';
import { ReconcileBillingWorker } from './reconcile-billing.worker.js';
import { TellOwnersWorker } from './tell-owners.worker.js';

/** Without a worker of its own, so that every run is one of these tests. */
let team: Team;
beforeAll(async () => {
  const limits = { SEATS: 10, CHANNELS: 3, AI_REPLIES: 10, CONTACTS: 20, KNOWLEDGE_PASSAGES: 0 };
  const selling = await sellingEnvironment({ plans: { small: limits, big: {} } });
  team = await Team.start({ redis: false, environment: { ...selling, ROLE: 'api' } });
}, 30_000);
afterAll(() => team.stop());
beforeEach(async () => {
  await team.sql.query('delete from mails');
  await team.sql.query('delete from billing_notices');
  await team.sql.query('delete from merchant_subscriptions');
  await team.sql.query('update usage_counters set used = 0, told = 0');
  await team.sql.query(`update users set locale = 'en'`);
});

type WorkerClass = abstract new (...args: never[]) => Worker;
function run(worker: WorkerClass, workspaceId = team.workspaceId) {
  const found = team.app.app.get<Worker>(worker, { strict: false });
  const { signal } = new AbortController();
  return found.run({ kind: found.kind, workspaceId, rowId: workspaceId, attempt: 1, signal });
}
const tell = () => run(TellOwnersWorker);
/** What was queued, oldest first, and is taken away. */
async function queued(): Promise<{ name: string; to: string; subject: string; text: string; links: string[] }[]> {
  const { rows } = await team.sql.query<{ id: string; template: string; content: Buffer }>(
    'delete from mails returning id, template, content',
  );
  const mails = team.app.app.get(Mails);
  return rows
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, template, content }) => {
      const { to, locale, values }: MailContent = mails.open(id, content);
      const text = mails.template(template)?.texts[locale](values, team.app.app.get(PublicLinks));
      const parts = text?.parts ?? [];
      const words = parts.map((part) => (typeof part === 'string' ? part : 'note' in part ? part.note : ''));
      const links = parts.flatMap((part) => (typeof part === 'object' && 'url' in part ? [part.url] : []));
      return { name: template, to, subject: text?.subject ?? '', text: words.join('\n'), links };
    });
}
const names = async () => (await queued()).map(({ name }) => name);
const set = (what: string, workspaceId = team.workspaceId) =>
  team.sql.query(`update subscriptions set ${what} where workspace_id = $1`, [workspaceId]);
const standing = async (workspaceId = team.workspaceId) =>
  (await team.sql.query<Record<string, unknown>>('select * from subscriptions where workspace_id = $1', [workspaceId]))
    .rows[0];
const settle = () => run(LookAtStandingWorker);
const due = async (kind: string, workspaceId = team.workspaceId) =>
  (
    await team.sql.query<{ due_at: Date }>('select due_at from due where kind = $1 and workspace_id = $2', [
      kind,
      workspaceId,
    ])
  ).rows[0]?.due_at;

/** The trial begins, or ends, so many days from now. */
async function trialEnds(days: number): Promise<void> {
  await set(`trial_ends_at = now() + make_interval(secs => ${String(86_400 * days)})`);
  await settle();
}

describe('a trial', () => {
  it('begins with the workspace: its end and the mail before it wait in the database', async () => {
    expect(await standing()).toMatchObject({ status: 'TRIALING', plan: 'big', live: true });
    const end = (await standing())?.['trial_ends_at'] as Date;
    expect(await due('look-at-standing')).toEqual(end);
    expect(await tell()).toEqual({ againAt: new Date(end.getTime() - 3 * 86_400_000) });
    expect(await names()).toEqual([]);
    expect(await due('reconcile-billing')).toBeDefined();
  });

  it('is told of three days before its end, once, to owners, with what stops and where to act [promise 42]', async () => {
    await team.member('ADMIN');
    await trialEnds(2.9);
    await tell();
    const mails = await queued();
    expect(mails).toMatchObject([{ name: 'trial-ends', to: team.owner.email }]);
    expect(mails[0]?.text).toContain('nothing is deleted');
    expect(mails[0]?.text).toContain('/policies/refund?lang=en');
    expect(mails[0]?.links).toEqual([expect.stringContaining(`/w/${team.workspaceId}/settings/billing`)]);
    for (let again = 0; again < 3; again += 1) await tell();
    expect(await names()).toEqual([]);
  });

  it('that has ended stops what is sent, is told of once, and not to whom it is no news', async () => {
    await trialEnds(-0.1);
    expect(await standing()).toMatchObject({ status: 'EXPIRED', live: false });
    await Promise.all([tell(), tell(), tell()]);
    expect(await names()).toEqual(['trial-ended']);
    await team.sql.query('delete from billing_notices');
    await trialEnds(-8);
    await tell();
    expect(await names()).toEqual([]);
  });

  it('is over the moment it ends, though nobody looked yet', async () => {
    await trialEnds(1);
    const isLive = () =>
      team.app.app
        .get(Workspaces)
        .read(team.workspaceId, (tx) => team.app.app.get(Entitlements, { strict: false }).of(tx))
        .then(({ live }) => live);
    expect(await isLive()).toBe(true);
    await set(`live_until = now() - interval '1 second'`);
    expect(await isLive()).toBe(false);
  });
});

describe('a payment that failed', () => {
  /** It has been missing for so many days. */
  const missingFor = async (days: number) => {
    const at = new Date(Date.now() - days * 86_400_000);
    await stands(team.app.app, team.workspaceId, {
      plan: 'small',
      status: 'PAST_DUE',
      asOf: at,
      reference: `sub_${String(days)}_${newId()}`,
    });
  };

  it('is told of on the first, the third and the seventh day, each once', async () => {
    for (const [days, expected] of [
      [0.1, ['payment-failed-1']],
      [1.9, []],
      [2.1, ['payment-failed-3']],
      [5.9, []],
      [6.1, ['payment-failed-7']],
      [9, []],
    ] as const) {
      await team.sql.query('delete from merchant_subscriptions');
      // As if time had passed: it is the same failure, which has lasted longer.
      const since = (await standing())?.['since'] as Date;
      await missingFor(days);
      if (days > 1) await team.sql.query('update subscriptions set since = $1', [since]);
      await tell();
      await tell();
      expect(await names()).toEqual(expected);
    }
  });

  it('says until when everything goes on, in the language of the owner', async () => {
    await team.sql.query(`update users set locale = 'tr' where email = $1`, [team.owner.email]);
    await missingFor(0.1);
    await tell();
    const [mail] = await queued();
    const graceEnds = (await standing())?.['grace_ends_at'] as Date;
    const day = new Intl.DateTimeFormat('tr', { dateStyle: 'long', timeZone: 'UTC' }).format(graceEnds);
    expect(mail?.text).toContain(`${day} tarihine kadar her şey olduğu gibi devam eder`);
    expect(mail?.text).toContain('/policies/refund?lang=tr');
    expect(mail?.subject).toContain('ödeme');
  });

  it('is not told of any more once it was paid, and is told of anew where it fails again', async () => {
    await missingFor(0.1);
    await tell();
    await queued();
    await team.sql.query('delete from merchant_subscriptions');
    await stands(team.app.app, team.workspaceId, { plan: 'small' });
    expect(await standing()).toMatchObject({ status: 'ACTIVE', grace_ends_at: null });
    expect(await tell()).toBeUndefined();
    expect(await names()).toEqual([]);
    await team.sql.query('delete from merchant_subscriptions');
    await missingFor(0.2);
    await tell();
    expect(await names()).toEqual(['payment-failed-1']);
  });

  it('after a stop of some days is told of by the last mail that is due alone', async () => {
    await missingFor(6.5);
    await tell();
    expect(await names()).toEqual(['payment-failed-7']);
  });

  it('ends the plan with the grace period', async () => {
    await trialEnds(-20);
    await missingFor(14.1);
    expect(await standing()).toMatchObject({ status: 'EXPIRED', live: false, plan: 'small' });
    await tell();
    expect(await names()).toEqual(['plan-ended']);
  });
});

describe('a plan', () => {
  it('that was cancelled says its last day; when that is over, that it ended', async () => {
    await trialEnds(-20);
    const endsAt = new Date(Date.now() + 3 * 86_400_000);
    await stands(team.app.app, team.workspaceId, { plan: 'small', status: 'CANCELED', endsAt });
    expect(await due('look-at-standing')).toEqual(endsAt);
    await tell();
    const [mail] = await queued();
    expect(mail?.name).toBe('plan-canceled');
    expect(mail?.subject).toContain(
      new Intl.DateTimeFormat('en', { dateStyle: 'long', timeZone: 'UTC' }).format(endsAt),
    );
    await team.sql.query(`update merchant_subscriptions set ends_at = now() - interval '1 minute'`);
    await settle();
    expect(await standing()).toMatchObject({ status: 'EXPIRED', live: false });
    await tell();
    expect(await names()).toEqual(['plan-ended']);
  });

  it('that is paused says so', async () => {
    await stands(team.app.app, team.workspaceId, { plan: 'small' });
    await trialEnds(-20);
    await stands(team.app.app, team.workspaceId, { plan: 'small', status: 'PAUSED' });
    await tell();
    expect(await names()).toEqual(['plan-paused']);
  });
});

describe('what is used of a plan', () => {
  const use = (used: number, metric = 'CONTACTS') =>
    team.sql.query('update usage_counters set used = $3 where workspace_id = $1 and metric = $2', [
      team.workspaceId,
      metric,
      used,
    ]);
  const usedUp = async (metric: UsageMetric, count: number) =>
    team.app.app
      .get(Workspaces)
      .run(team.workspaceId, (tx) => team.app.app.get(Entitlements, { strict: false }).use(tx, metric, count));
  beforeEach(async () => {
    await stands(team.app.app, team.workspaceId, { plan: 'small' });
    await team.sql.query(
      `insert into usage_counters (workspace_id, metric) values ($1, 'CONTACTS'), ($1, 'SEATS'), ($1, 'CHANNELS') on conflict do nothing`,
      [team.workspaceId],
    );
    await team.sql.query(`delete from due where kind = 'billing-mails'`);
  });

  it('is told at 80 % and at 100 % of a limit, each once, and anew after it went far below', async () => {
    for (const [used, expected] of [
      [15, []],
      [16, ['plan-usage']],
      [19, []],
      [20, ['plan-full']],
      [22, []],
      [19, []],
      [20, []],
      [17, []],
      [20, ['plan-full']],
      [10, []],
      [18, ['plan-usage']],
    ] as const) {
      await use(used);
      await tell();
      await tell();
      expect([used, await names()]).toEqual([used, expected]);
    }
  });

  it('is said in numbers; of few that are added by hand, and of nothing, it is not', async () => {
    await use(3, 'CHANNELS');
    await use(8, 'SEATS');
    await use(20);
    await tell();
    const mails = await queued();
    expect(mails.map(({ name }) => name)).toEqual(['plan-full', 'plan-usage']);
    expect(mails[0]?.text).toContain('20 of 20 contacts');
    expect(mails[1]?.text).toContain('8 of 10 members');
    expect(mails.map(({ text }) => text).join()).not.toContain('channels');
  });

  it('has whoever crosses a share schedule the mail with it, and nobody else', async () => {
    await usedUp(UsageMetric.AI_REPLIES, 7);
    expect(await due('billing-mails')).toBeUndefined();
    await usedUp(UsageMetric.AI_REPLIES, 1);
    expect(await due('billing-mails')).toBeDefined();
    await tell();
    expect(await names()).toEqual(['plan-usage']);
    await team.sql.query(`delete from due where kind = 'billing-mails'`);
    await usedUp(UsageMetric.AI_REPLIES, 1);
    expect(await due('billing-mails')).toBeUndefined();
    await usedUp(UsageMetric.AI_REPLIES, 1);
    await expect(usedUp(UsageMetric.AI_REPLIES, 1)).rejects.toThrow('room for 10 answers');
    await tell();
    expect(await names()).toEqual(['plan-full']);
    // Answers are counted by the month: in the next one it is told anew.
    await team.sql.query(
      `update usage_counters set period = '2020-01-01' where metric = 'AI_REPLIES' and workspace_id = $1`,
      [team.workspaceId],
    );
    await usedUp(UsageMetric.AI_REPLIES, 8);
    await tell();
    expect(await names()).toEqual(['plan-usage']);
  });
});

describe('plans that are sold from some day on', () => {
  it('give every workspace that was there its trial, once, however often the server starts', async () => {
    const { client } = await team.person();
    const workspaceId = client.workspaceId ?? '';
    // As it is where nothing was sold when it was founded.
    await team.sql.query('delete from subscriptions where workspace_id = $1', [workspaceId]);
    await team.sql.query('delete from due where workspace_id = $1', [workspaceId]);
    await Promise.all([run(BeginBillingWorker), run(BeginBillingWorker)]);
    expect(await due('reconcile-billing', workspaceId)).toBeDefined();
    const again = await run(ReconcileBillingWorker, workspaceId);
    expect(await standing(workspaceId)).toMatchObject({ status: 'TRIALING', plan: 'big', live: true });
    expect(again).toHaveProperty('afterSeconds');
    const { afterSeconds } = again as { afterSeconds: number };
    expect(afterSeconds).toBeGreaterThanOrEqual(3_600);
    expect(afterSeconds).toBeLessThan(90_000 + 1);
    const end = (await standing(workspaceId))?.['trial_ends_at'];
    await run(BeginBillingWorker);
    await run(ReconcileBillingWorker, workspaceId);
    expect((await standing(workspaceId))?.['trial_ends_at']).toEqual(end);
    // One that was set aside is looked at again from the next start on.
    await team.sql.query(`update due set set_aside_at = now(), attempts = 5 where kind = 'reconcile-billing'`);
    await run(BeginBillingWorker);
    const { rows } = await team.sql.query(
      `select 1 from due where kind = 'reconcile-billing' and set_aside_at is not null`,
    );
    expect(rows).toEqual([]);
  });

  it('have the merchant asked once a day about what may still change', async () => {
    await stands(team.app.app, team.workspaceId, { plan: 'small', reference: 'sub_live' });
    await stands(team.app.app, team.workspaceId, {
      plan: 'small',
      reference: 'sub_gone',
      status: 'CANCELED',
      endsAt: new Date(Date.now() - 40 * 86_400_000),
    });
    await stands(team.app.app, team.workspaceId, { plan: 'small', reference: 'sub_other', merchant: 'polar' });
    await team.sql.query(`delete from due where kind = 'sync-subscription'`);
    await run(ReconcileBillingWorker);
    const { rows } = await team.sql.query<{ reference: string }>(
      `select reference from due join merchant_subscriptions m on m.id = row_id where kind = 'sync-subscription'`,
    );
    // What was sold by another merchant before goes on there.
    expect(rows.map(({ reference }) => reference).sort()).toEqual(['sub_live', 'sub_other']);
  });

  it('mend a standing that went wrong, within a day', async () => {
    await stands(team.app.app, team.workspaceId, { plan: 'small' });
    await set(`status = 'EXPIRED', live = false`);
    await run(ReconcileBillingWorker);
    expect(await standing()).toMatchObject({ status: 'ACTIVE', live: true });
  });
});
