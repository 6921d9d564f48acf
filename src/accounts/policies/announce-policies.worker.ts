import { Injectable, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import { Config } from '../../platform/config/index.js';
import { SystemDatabase, type SystemTransaction, sql } from '../../platform/database/index.js';
import { Mails, mailLocale } from '../../platform/mail/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { type PolicyChange, changesToText, policiesChanged } from './mails/policies-changed.js';
import { type PageLanguage, PolicyDocuments } from './policy-documents.js';
import { PolicyKind } from './policy-kind.js';

interface Told {
  readonly id: string;
  readonly email: string;
  readonly name: string;
  readonly locale: string;
  /** What they have to be told of: none for most. */
  readonly kinds: readonly PolicyKind[];
}

const kinds = Object.values(PolicyKind);
/** The one row of this job: it is of the whole deployment. */
export const announcement = '00000000-0000-7000-8000-000000000670';
/** People of one transaction. */
const page = 100;
/** Mails that may wait at once: whoever asks for a new password is not to stand behind all of them. */
const mostWaiting = 200;
const pauseSeconds = 2;
const daySeconds = 86_400;

/**
 * Mails everyone with a verified address who accepted an older version of a policy that there is a new one: once for each
 * person and version, whoever is killed when, because the mail is committed with the row that says that it was queued.
 * Begins at every start, and on the day on which a version that lies ready comes into force.
 */
@Injectable()
export class AnnouncePoliciesWorker implements Worker, OnModuleInit, OnApplicationBootstrap {
  readonly kind = 'announce-policies';
  readonly concurrency = 1;
  readonly maxSeconds = 120;
  /** Who was looked at last; a process that begins anew finds those who were told by their rows. */
  private after: string | null = null;

  constructor(
    private readonly queues: Queues,
    private readonly outbox: Outbox,
    private readonly system: SystemDatabase,
    private readonly mails: Mails,
    private readonly documents: PolicyDocuments,
    private readonly config: Config,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
    this.mails.define(policiesChanged);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.works || !(await this.mayConcernSomebody())) return;
    await this.system.run((tx) => this.outbox.scheduleForInstance(tx, this.kind, announcement));
  }

  async run({ signal }: Job): Promise<Again | undefined> {
    while (!signal.aborted) {
      if (await this.manyWait()) return { afterSeconds: pauseSeconds };
      this.after = await this.system.run((tx) => this.tell(tx, this.after));
      if (this.after === null) return this.untilTheNext();
    }
    return { afterSeconds: pauseSeconds };
  }

  private async mayConcernSomebody(): Promise<boolean> {
    if (this.untilTheNext() !== undefined) return true;
    const { of, versions } = this.inForce();
    const older = await this.system.first(sql`
      select from unnest(${of}::text[], ${versions}::text[]) as new (kind, version)
       where exists (select from policy_acceptances a where a.kind = new.kind and a.version < new.version) limit 1`);
    return older !== null;
  }

  private inForce() {
    return { of: kinds, versions: kinds.map((kind) => this.documents.inForce(kind, 'en').version) };
  }

  /** A version that lies ready is announced on its day. A long wait is cut: whoever waits looks again. */
  private untilTheNext(): Again | undefined {
    const ahead = kinds
      .flatMap((kind) => this.documents.versionsOf(kind))
      .map((version) => (Date.parse(`${version}T00:00:00Z`) - Date.now()) / 1_000)
      .filter((seconds) => seconds > 0);
    if (ahead.length === 0) return undefined;
    return { afterSeconds: Math.min(daySeconds, Math.ceil(Math.min(...ahead)) + 1) };
  }

  private async manyWait(): Promise<boolean> {
    const row = await this.system.first<{ waiting: number }>(sql`
      select count(*)::int as waiting from (select from mails where set_aside_at is null limit ${mostWaiting}) as queued`);
    return (row?.waiting ?? 0) >= mostWaiting;
  }

  /** One page of people behind `after`; gives the last of them, or null after the last page. */
  private async tell(tx: SystemTransaction, after: string | null): Promise<string | null> {
    const { of, versions } = this.inForce();
    // Locked, so that nobody leaves between being found and being told.
    const people = await tx.query<Told>(sql`
      with page as (
        select id, email, name, locale, email_verified_at from users
         where ${after}::uuid is null or id > ${after}::uuid order by id limit ${page} for key share
      ), told as (
        insert into policy_announcements (user_id, kind, version)
        select page.id, new.kind, new.version
          from page cross join unnest(${of}::text[], ${versions}::text[]) as new (kind, version)
         where page.email_verified_at is not null
           and exists (select from policy_acceptances a
                        where a.user_id = page.id and a.kind = new.kind and a.version < new.version)
           and not exists (select from policy_acceptances a
                            where a.user_id = page.id and a.kind = new.kind and a.version >= new.version)
        on conflict do nothing
        returning user_id, kind
      )
      select page.id, page.email, page.name, page.locale,
             array(select told.kind from told where told.user_id = page.id order by told.kind) as kinds
        from page order by page.id`);
    for (const person of people) if (person.kinds.length > 0) await this.mail(tx, person);
    return people.length < page ? null : (people.at(-1)?.id ?? null);
  }

  private async mail(tx: SystemTransaction, { email, name, locale: wanted, kinds: changed }: Told): Promise<void> {
    const locale = mailLocale(wanted);
    const changes = changesToText(changed.map((kind) => this.changeOf(kind, locale)));
    await this.mails.queue(tx, { to: email, template: policiesChanged, locale, values: { name, changes } });
  }

  private changeOf(kind: PolicyKind, language: PageLanguage): PolicyChange {
    const { title, version, summary } = this.documents.inForce(kind, language);
    return { title, version, summary, path: `/policies/${kind.toLowerCase()}/${version}` };
  }
}
