import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type Sql, sql } from '../../platform/database/index.js';
import { type Exported, PersonalData, exportedRows, goingOn } from '../../platform/personal-data/index.js';

/** The login of a membership, and nothing that opens it. */
const memberships = exportedRows('accounts', 'memberships', (asked) =>
  asked.subject.memberIds.length === 0
    ? null
    : sql`select u.name, u.email, u.email_verified_at as "emailVerifiedAt", u.locale, u.created_at as "createdAt",
                 u.two_factor_since as "twoFactorSince", m.role, m.available, m.joined_at as "joinedAt",
                 n.mail as "mailNotices", n.push as "pushNotices", n.quiet_from as "quietFrom", n.quiet_until as "quietUntil", m.id
            from members m left join users u on u.id = m.user_id
            left join notification_preferences n on n.workspace_id = m.workspace_id and n.member_id = m.id
           where ${theirs(asked.workspaceId, asked.subject.memberIds)} ${goingOn(sql`m.id`, asked)}`,
);

const signIns = exportedRows('accounts', 'sign-ins', (asked) =>
  asked.subject.memberIds.length === 0
    ? null
    : sql`select s.at, s.outcome, s.ip, s.id from sign_ins s
           where s.workspace_id = ${asked.workspaceId} and s.member_id = any (${asked.subject.memberIds}::uuid[]) ${goingOn(sql`s.id`, asked)}`,
);

const sessions = exportedRows('accounts', 'sessions', (asked) =>
  asked.subject.memberIds.length === 0
    ? null
    : sql`select s.created_at as "createdAt", s.last_seen_at as "lastSeenAt", s.ip, s.user_agent as "userAgent", s.id
            from sessions s
           where s.user_id in (select m.user_id from members m where ${theirs(asked.workspaceId, asked.subject.memberIds)})
             ${goingOn(sql`s.id`, asked)}`,
);

/** The policies that they accepted: a few, each once. */
const acceptances: Exported = {
  module: 'accounts',
  name: 'policy-acceptances',
  async page(tx, { memberIds }) {
    if (memberIds.length === 0) return { rows: [], files: [], next: null };
    const rows = await tx.query(sql`
      select a.kind, a.version, a.accepted_at as "acceptedAt" from policy_acceptances a
       where a.user_id in (select m.user_id from members m where ${theirs(tx.workspaceId, memberIds)})
       order by a.accepted_at, a.kind`);
    return { rows, files: [], next: null };
  },
};

/** What was done in their name, of what is written down in the audit log. */
const acts = exportedRows('platform', 'audit-entries', (asked) =>
  asked.subject.memberIds.length === 0
    ? null
    : sql`select e.at, e.action, e.target, e.ip, e.id from audit_entries e
           where e.workspace_id = ${asked.workspaceId} and e.actor = any (${asked.subject.memberIds.map((id) => `member:${id}`)}::text[])
             ${goingOn(sql`e.id`, asked)}`,
);

/** What accounts tell a member about themselves. */
@Injectable()
export class ExportAccounts implements OnModuleInit {
  constructor(private readonly personalData: PersonalData) {}

  onModuleInit(): void {
    for (const kind of [memberships, signIns, sessions, acceptances, acts]) this.personalData.exports(kind);
  }
}

function theirs(workspaceId: string, memberIds: readonly string[]): Sql {
  return sql`m.workspace_id = ${workspaceId} and m.id = any (${memberIds}::uuid[])`;
}
