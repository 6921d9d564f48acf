import { Injectable } from '@nestjs/common';
import { type Sql, type WorkspaceTransaction, emptySql, isUuid, sql } from '../../platform/database/index.js';
import type { Role } from '../enums.js';

/** A member with the person behind it. */
export interface MemberRow {
  readonly workspaceId: string;
  readonly id: string;
  readonly userId: string;
  readonly role: Role;
  readonly available: boolean;
  readonly frozen: boolean;
  /** A page of theirs is open. */
  readonly here: boolean;
  readonly joinedAt: Date;
  readonly email: string;
  readonly name: string;
  readonly emailVerifiedAt: Date | null;
  readonly userCreatedAt: Date;
  readonly twoFactorSince: Date | null;
}

/** Whether a page of a member is open, in a statement over `members m`. */
export const hereNow: Sql = sql`
  exists (select from presences h where h.workspace_id = m.workspace_id and h.member_id = m.id and h.until > now())`;

/** What a statement over `members m join users u` selects to give MemberRows. */
export const memberColumns: Sql = sql`
  m.workspace_id as "workspaceId", m.id, m.user_id as "userId", m.role, m.available, m.frozen, m.joined_at as "joinedAt",
  ${hereNow} as here, u.email, u.name, u.email_verified_at as "emailVerifiedAt", u.created_at as "userCreatedAt",
  u.two_factor_since as "twoFactorSince"`;

/** Reads the members of the transaction's workspace. Row security lets no user through who is not one of them. */
@Injectable()
export class Members {
  /** The members of these ids; ids of no member here are left out. */
  async membersByIds(tx: WorkspaceTransaction, ids: readonly string[]): Promise<MemberRow[]> {
    return read(tx, sql`and m.id = any(${ids.filter(isUuid)}::uuid[])`);
  }

  /** Everyone in the workspace, in the order in which they joined. */
  async allMembers(tx: WorkspaceTransaction): Promise<MemberRow[]> {
    return read(tx, emptySql);
  }
}

function read(tx: WorkspaceTransaction, condition: Sql): Promise<MemberRow[]> {
  return tx.query<MemberRow>(sql`
    select ${memberColumns} from members m join users u on u.id = m.user_id
     where m.workspace_id = ${tx.workspaceId} ${condition}
     order by m.id`);
}
