import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, isUuid, sql } from '../../platform/database/index.js';
import { notFound } from '../../platform/errors/index.js';
import { LiveHub, LiveStream, cursorAfter, cursorOf } from '../../platform/live/index.js';
import { CaughtUp } from '../live-events.type.js';

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
    const watched = given(conversationId) ? await this.requireConversation(member, conversationId) : null;
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

  private async requireConversation({ workspaceId }: MemberActor, id: string): Promise<string> {
    const known = isUuid(id)
      ? await this.workspaces.read(workspaceId, (tx) =>
          tx.first<{ id: string }>(
            sql`select id from conversations where workspace_id = ${workspaceId} and id = ${id}`,
          ),
        )
      : null;
    if (known === null) throw notFound('Conversation');
    return known.id;
  }
}

function given(id: string | null | undefined): id is string {
  return id !== null && id !== undefined;
}
