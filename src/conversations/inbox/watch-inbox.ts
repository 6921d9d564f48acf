import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { LiveHub, LiveStream, cursorAfter, cursorOf } from '../../platform/live/index.js';
import { CaughtUp } from '../live-events.type.js';
import { requireConversation } from '../require-conversation.js';

/** The live stream of a workspace's inbox, or of one conversation. */
@Injectable()
export class WatchInbox {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly hub: LiveHub,
  ) {}

  async run(
    member: MemberActor,
    after: string | null | undefined,
    conversationId: string | null | undefined,
  ): Promise<LiveStream> {
    const watched =
      conversationId === null || conversationId === undefined
        ? null
        : await this.workspaces.read(member.workspaceId, (tx) => requireConversation(tx, conversationId));
    const start = await this.hub.startAfter(member.workspaceId, after ?? null);
    return new LiveStream(
      this.hub,
      'inboxEvents',
      member,
      watched,
      start,
      (seq) => new CaughtUp(cursorAfter(seq), new Date()),
    );
  }

  /** The cursor of the newest change: a page read after it has everything up to it. */
  async cursor({ workspaceId }: MemberActor): Promise<string> {
    return cursorOf(await this.workspaces.read(workspaceId, (tx) => this.hub.position(tx)));
  }
}
