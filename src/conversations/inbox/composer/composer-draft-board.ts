import { Injectable } from '@nestjs/common';
import { LiveNews } from '../../../platform/live/index.js';

interface Passing {
  readonly kind: 'composer-draft';
  readonly memberId: string;
  readonly conversationId: string;
}
interface Watcher {
  readonly workspaceId: string;
  readonly memberId: string;
  push(conversationId: string): void;
}

/**
 * Which composer draft has just changed, from process to process: whose and where, never what. Kept nowhere: who types saves
 * every other second, and a feed of that would bury what others have to see.
 */
@Injectable()
export class ComposerDraftBoard {
  private readonly watchers = new Set<Watcher>();

  constructor(private readonly news: LiveNews) {
    news.onPassing((workspaceId, message) => {
      if (isChange(message)) this.heard(workspaceId, message);
    });
  }

  /** Says that a member's draft changed. After the commit, or who looks finds the old one. */
  tell(workspaceId: string, memberId: string, conversationId: string): void {
    const message: Passing = { kind: 'composer-draft', memberId, conversationId };
    this.news.tellPassing(workspaceId, message);
  }

  /** Calls `push` with the conversation whenever that member's draft in it changes; gives the function that ends this. */
  watch(workspaceId: string, memberId: string, push: (conversationId: string) => void): () => void {
    const watcher = { workspaceId, memberId, push };
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  private heard(workspaceId: string, { memberId, conversationId }: Passing): void {
    for (const watcher of this.watchers)
      if (watcher.workspaceId === workspaceId && watcher.memberId === memberId) watcher.push(conversationId);
  }
}

function isChange(message: unknown): message is Passing {
  return typeof message === 'object' && message !== null && (message as { kind?: unknown }).kind === 'composer-draft';
}
