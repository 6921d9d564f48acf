import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import type { BotType } from './bot.type.js';
import { Bots } from './bots.js';

/** The bots of the member's workspace. */
@Injectable()
export class ReadBots {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly bots: Bots,
  ) {}

  all(actor: MemberActor): Promise<BotType[]> {
    return this.workspaces.read(actor.workspaceId, (tx) => this.bots.all(tx));
  }

  byId(actor: MemberActor, id: string): Promise<BotType | null> {
    return this.workspaces.read(actor.workspaceId, (tx) => this.bots.byId(tx, id));
  }
}
