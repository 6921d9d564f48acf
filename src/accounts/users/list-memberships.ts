import { Injectable } from '@nestjs/common';
import { type RequestContext, userOf } from '../../platform/access/index.js';
import { Role } from '../enums.js';
import { ReadWorkspace } from '../workspaces/read-workspace.js';
import { MembershipType, type MetIn, type UserType } from './user.type.js';

/** The workspaces of a person: all of them for the person alone; others see the one in which they meet. */
@Injectable()
export class ListMemberships {
  constructor(private readonly workspaces: ReadWorkspace) {}

  async run(user: UserType, { actor }: RequestContext): Promise<MembershipType[]> {
    const self = userOf(actor);
    const met = user.metIn === null ? [] : [user.metIn];
    const memberships: readonly MetIn[] =
      self?.userId === user.id
        ? self.memberships.map(({ workspaceId, role }) => ({ workspaceId, role: Role[role] }))
        : met;
    const listed: MembershipType[] = [];
    // One after the other: a person in very many workspaces must not take every connection at once.
    for (const { workspaceId, role } of memberships) {
      listed.push(Object.assign(new MembershipType(), { workspace: await this.workspaces.byId(workspaceId), role }));
    }
    return listed;
  }
}
