import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, sql } from '../../platform/database/index.js';

/** Whether a member wants to be shown the first steps in a workspace: their own matter, on every computer of theirs. */
@Injectable()
export class FirstSteps {
  constructor(private readonly workspaces: Workspaces) {}

  async areHidden({ workspaceId, memberId }: MemberActor): Promise<boolean> {
    const row = await this.workspaces.read(workspaceId, (tx) =>
      tx.first<{ hidden: boolean }>(sql`
        select first_steps_hidden as hidden from members where workspace_id = ${tx.workspaceId} and id = ${memberId}`),
    );
    return row?.hidden ?? false;
  }

  async hide({ workspaceId, memberId }: MemberActor): Promise<void> {
    await this.workspaces.run(workspaceId, (tx) =>
      tx.execute(sql`
        update members set first_steps_hidden = true
         where workspace_id = ${tx.workspaceId} and id = ${memberId} and not first_steps_hidden`),
    );
  }
}
