import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { UserActor } from '../../platform/access/index.js';
import { SystemDatabase, Workspaces, sql } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { checkInput, nameOf } from '../check-input.js';
import { UserEntity } from './user.entity.js';
import { UserType } from './user.type.js';

const schema = z.object({ name: nameOf('your name') });

/** A person changes how they are called. Open screens of their workspaces hear of it. */
@Injectable()
export class UpdateProfile {
  constructor(
    private readonly system: SystemDatabase,
    private readonly workspaces: Workspaces,
    private readonly feed: LiveFeed,
  ) {}

  async run(self: UserActor, input: { readonly name: string }): Promise<UserType> {
    const { name } = checkInput(schema, input);
    const user = await this.system.run(async (tx) => {
      await tx.execute(sql`update users set name = ${name} where id = ${self.userId}`);
      return tx.of(UserEntity).findOneByOrFail({ id: self.userId });
    });
    // One after the other: a person in very many workspaces must not take every connection at once.
    for (const { workspaceId, memberId } of self.memberships) {
      await this.workspaces.run(workspaceId, async (tx) =>
        this.feed.append(tx, { kind: 'WorkspaceChanged', ids: [memberId], detail: 'members' }),
      );
    }
    return UserType.from(user);
  }
}
