import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { leadsByIds } from '../lead.loader.js';
import { type ReplyRoad, ReplyRoads } from './reply-roads.js';

/** Says before anything is written where a member's reply to a lead would go. */
@Injectable()
export class ReadRoad {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly roads: ReplyRoads,
  ) {}

  run({ workspaceId }: MemberActor, leadId: string): Promise<ReplyRoad> {
    return this.workspaces.read(workspaceId, async (tx) => {
      const id = leadId.toLowerCase();
      const lead = (await leadsByIds(tx, [id])).get(id);
      if (lead === undefined) throw notFound('Lead');
      return this.roads.find(tx, lead, 'person');
    });
  }
}
