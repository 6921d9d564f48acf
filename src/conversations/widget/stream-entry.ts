import { Injectable } from '@nestjs/common';
import { TeamHere } from '../../accounts/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { LiveHub } from '../../platform/live/index.js';
import { VisitorThreads } from './visitor-thread.js';
import { type PresentVisitor, Visitors } from './visitors.js';

/** What those who listen begin with, and who is there for them. */
@Injectable()
export class StreamEntry {
  constructor(
    private readonly visitors: Visitors,
    private readonly workspaces: Workspaces,
    private readonly threads: VisitorThreads,
    private readonly hub: LiveHub,
    private readonly team: TeamHere,
  ) {}

  /** Whether the token still opens a chat. */
  async stands(token: string): Promise<boolean> {
    return (await this.visitors.byToken(token)) !== null;
  }

  /** Calls `tell` with whether anybody is there who can answer, then with each change; gives the function that ends this. */
  followTeam(workspaceId: string, tell: (online: boolean) => void): () => void {
    return this.team.follow(workspaceId, tell);
  }

  position(workspaceId: string): Promise<number> {
    return this.workspaces.read(workspaceId, (tx) => this.hub.position(tx));
  }

  async conversationOf({ chat, visitor }: PresentVisitor): Promise<string | null> {
    const thread = await this.workspaces.read(chat.workspaceId, (tx) => this.threads.of(tx, chat, visitor));
    return thread?.conversationId ?? null;
  }
}
