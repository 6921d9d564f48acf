import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { type NotificationKind, mailedByDefault, pushedByDefault } from './notification-kind.js';
import { type NotificationPreferencesInput, NotificationPreferencesType } from './notification-preferences.type.js';

interface Preferences {
  readonly mail: readonly NotificationKind[];
  readonly push: readonly NotificationKind[];
  /** Minutes after midnight. */
  readonly quietFrom: number | null;
  readonly quietUntil: number | null;
}

const untouched: Preferences = { mail: mailedByDefault, push: pushedByDefault, quietFrom: null, quietUntil: null };

/** Reads and changes what a member wants to be told in a workspace. */
@Injectable()
export class NotificationPreferences {
  constructor(private readonly workspaces: Workspaces) {}

  async read(member: MemberActor): Promise<NotificationPreferencesType> {
    return shown(await this.workspaces.read(member.workspaceId, (tx) => stored(tx, member.memberId)));
  }

  async change(member: MemberActor, input: NotificationPreferencesInput): Promise<NotificationPreferencesType> {
    return this.workspaces.run(member.workspaceId, async (tx) => {
      const before = await stored(tx, member.memberId);
      const next: Preferences = {
        mail: unique(input.mail ?? before.mail),
        push: unique(input.push ?? before.push),
        quietFrom: minutes('quietFrom', input.quietFrom, before.quietFrom),
        quietUntil: minutes('quietUntil', input.quietUntil, before.quietUntil),
      };
      checkQuietHours(next);
      await tx.execute(sql`
        insert into notification_preferences (workspace_id, member_id, mail, push, quiet_from, quiet_until)
        values (${tx.workspaceId}, ${member.memberId}, ${next.mail}::text[], ${next.push}::text[], ${next.quietFrom}, ${next.quietUntil})
        on conflict (workspace_id, member_id) do update
           set mail = excluded.mail, push = excluded.push, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until`);
      return shown(next);
    });
  }

  /** Ends all mails to a member of a workspace; gives its name, or null where they are no member any more. */
  async endMails(workspaceId: string, memberId: string): Promise<string | null> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const found = await tx.first<{ name: string }>(sql`
        select w.name from workspaces w join members m on m.workspace_id = w.id
         where w.id = ${tx.workspaceId} and m.workspace_id = ${tx.workspaceId} and m.id = ${memberId}`);
      if (found === null) return null;
      const { push } = await stored(tx, memberId);
      await tx.execute(sql`
        insert into notification_preferences (workspace_id, member_id, mail, push)
        values (${tx.workspaceId}, ${memberId}, '{}', ${push}::text[])
        on conflict (workspace_id, member_id) do update set mail = '{}'`);
      await tx.execute(sql`
        delete from notifications where workspace_id = ${tx.workspaceId} and member_id = ${memberId} and way = 'MAIL'`);
      return found.name;
    });
  }
}

async function stored(tx: WorkspaceTransaction, memberId: string): Promise<Preferences> {
  const row = await tx.first<Preferences>(sql`
    select mail, push, quiet_from as "quietFrom", quiet_until as "quietUntil" from notification_preferences
     where workspace_id = ${tx.workspaceId} and member_id = ${memberId}`);
  return row ?? untouched;
}

function unique(kinds: readonly NotificationKind[]): NotificationKind[] {
  return [...new Set(kinds)];
}

function minutes(field: string, given: string | null | undefined, before: number | null): number | null {
  if (given === undefined) return before;
  if (given === null) return null;
  const [, hour, minute] = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(given) ?? [];
  if (hour === undefined || minute === undefined) throw badInput(field, 'Write the hour like 22:00.', 'HOUR');
  return 60 * Number(hour) + Number(minute);
}

function checkQuietHours({ quietFrom, quietUntil }: Preferences): void {
  if (quietFrom === null && quietUntil === null) return;
  if (quietFrom === null)
    throw badInput('quietFrom', 'Say from when nothing is to be told, or leave both hours out.', 'QUIET_FROM');
  if (quietUntil === null)
    throw badInput('quietUntil', 'Say until when nothing is to be told, or leave both hours out.', 'QUIET_UNTIL');
  if (quietFrom === quietUntil)
    throw badInput('quietUntil', 'Quiet hours end at another time than they begin.', 'QUIET_SAME');
}

function shown({ mail, push, quietFrom, quietUntil }: Preferences): NotificationPreferencesType {
  return Object.assign(new NotificationPreferencesType(), {
    mail: [...mail],
    push: [...push],
    quietFrom: hourOf(quietFrom),
    quietUntil: hourOf(quietUntil),
  });
}

function hourOf(minute: number | null): string | null {
  if (minute === null) return null;
  const two = (value: number) => String(value).padStart(2, '0');
  return `${two(Math.floor(minute / 60))}:${two(minute % 60)}`;
}
