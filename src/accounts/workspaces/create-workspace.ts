import { Injectable } from '@nestjs/common';
import { z } from 'zod';
import type { RequestContext, UserActor } from '../../platform/access/index.js';
import { Workspaces, newId } from '../../platform/database/index.js';
import { checkInput, nameOf } from '../check-input.js';
import { GuessLimits } from '../guess-limits.js';
import { FoundWorkspace } from './found-workspace.js';
import { WorkspaceType } from './workspace.type.js';

const schema = z.object({ name: nameOf('the workspace a name') });

/** A signed-in person makes another workspace, as its owner. */
@Injectable()
export class CreateWorkspace {
  constructor(
    private readonly limits: GuessLimits,
    private readonly workspaces: Workspaces,
    private readonly founding: FoundWorkspace,
  ) {}

  async run(founder: UserActor, input: { readonly name: string }, { origin }: RequestContext): Promise<WorkspaceType> {
    const { name } = checkInput(schema, input);
    await this.limits.countNewWorkspace(founder.userId);
    const workspace = await this.workspaces.run(newId(), (tx) => this.founding.found(tx, { name, founder, origin }));
    return WorkspaceType.from(workspace);
  }
}
