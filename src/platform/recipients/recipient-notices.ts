import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Config } from '../config/index.js';
import { SystemDatabase, sql } from '../database/index.js';
import { type RecipientUse, isSomebody, nameOf, recipientsOf } from './recipients-of.js';
import { Recipients, dayOf } from './recipients.js';

/** What the server cannot do without: it would be half a server until the day of the new recipient. */
const variables: Readonly<Partial<Record<RecipientUse, string>>> = {
  files: 'STORAGE_URL',
  backups: 'BACKUP_URL',
  journal: 'JOURNAL_URL',
  mail: 'SMTP_URL',
  requests: 'PRIVACY_MAILBOX_URL',
};

/** A recipient as it was noted. */
interface Noted {
  readonly recipient: string;
  readonly usedFrom: Date;
}

/**
 * Notes at each start whom the configuration names. Whoever is there at the first start, or before anybody but the operator
 * owns a workspace, was never new to anyone. Whoever comes later is announced, and called only when the time of the notice is
 * over.
 */
@Injectable()
export class RecipientNotices implements OnModuleInit {
  private readonly logger = new Logger('Recipients');

  constructor(
    private readonly config: Config,
    private readonly system: SystemDatabase,
    private readonly recipients: Recipients,
  ) {}

  async onModuleInit(): Promise<void> {
    const list = recipientsOf(this.config).filter(isSomebody);
    const noted = await this.note(list.map(nameOf));
    const held = new Map(
      noted.filter(({ usedFrom }) => usedFrom.getTime() > Date.now()).map((one) => [one.recipient, one.usedFrom]),
    );
    this.recipients.hold(held);
    for (const recipient of list) {
      const from = held.get(nameOf(recipient));
      if (from === undefined) continue;
      const words = `${recipient.hosts.join(', ')} is a new recipient of data: it is announced to the owners of all workspaces, and may be used from ${dayOf(from)} on. Where your agreements let you use it at once, set RECIPIENT_NOTICE_DAYS=0.`;
      const variable = variables[recipient.use];
      if (variable !== undefined) throw new Error(`${words} Until then, start with ${variable} as it was.`);
      this.logger.warn(words);
    }
  }

  private note(names: readonly string[]): Promise<Noted[]> {
    const days = this.config.environment.RECIPIENT_NOTICE_DAYS;
    const addresses = this.config.operatorAddresses;
    return this.system.run(async (tx) => {
      await tx.execute(sql`
        with operators as (
          -- Proved or not: a first mail server is set up before anybody could prove an address.
          select coalesce(array_agg(id), '{}') as ids from users
           where case when cardinality(${addresses}::text[]) = 0 then founded_instance else lower(email) = any(${addresses}::text[]) end
        ), old as (
          -- After a restore the list is as old as the backup, and the machine may be another: it has to start at once.
          select exists (select from recipients)
             and is_owner_beside((select ids from operators))
             and not exists (select from restores where completed_at is null) as known
        )
        insert into recipients (recipient, announced_at, used_from, told)
        select name, case when old.known then now() end, case when old.known then now() + make_interval(days => ${days}) else now() end, not old.known
          from unnest(${names}::text[]) as name cross join old
        on conflict do nothing`);
      // A notice that is shortened is given again, with the day that holds now.
      await tx.execute(sql`
        update recipients set used_from = greatest(now(), announced_at + make_interval(days => ${days})), told = false, told_after = null
         where recipient = any(${names}) and used_from > now() and used_from > announced_at + make_interval(days => ${days})`);
      return tx.query<Noted>(
        sql`select recipient, used_from as "usedFrom" from recipients where recipient = any(${names})`,
      );
    });
  }
}
