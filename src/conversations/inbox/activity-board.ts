import { Injectable, type BeforeApplicationShutdown } from '@nestjs/common';
import { LiveNews } from '../../platform/live/index.js';
import { ActivityType } from '../activity.type.js';

interface Passing extends ActivityType {
  readonly kind: 'activity';
}
interface Watcher {
  readonly workspaceId: string;
  readonly conversationId: string | null;
  push(activity: ActivityType): void;
}
interface Shown {
  readonly workspaceId: string;
  readonly activity: ActivityType;
  readonly expiry: NodeJS.Timeout;
}

/** An activity that nobody says again is over after this time: the page was closed, the line is gone. */
const lifeMilliseconds = 30_000;

/** Who looks and types where, right now. It is told from process to process and kept nowhere. */
@Injectable()
export class ActivityBoard implements BeforeApplicationShutdown {
  private readonly shown = new Map<string, Shown>();
  private readonly watchers = new Set<Watcher>();

  constructor(private readonly news: LiveNews) {
    news.onPassing((workspaceId, message) => {
      if (isActivity(message)) this.heard(workspaceId, ActivityType.from(message));
    });
  }

  /** Says what a member, or with memberId null the customer, does in a conversation. */
  tell(workspaceId: string, activity: ActivityType): void {
    this.news.tellPassing(workspaceId, { ...activity, kind: 'activity' } satisfies Passing);
  }

  /** Calls `push` with what goes on now, then with every change of it; gives the function that ends this. */
  watch(workspaceId: string, conversationId: string | null, push: (activity: ActivityType) => void): () => void {
    const watcher = { workspaceId, conversationId, push };
    for (const shown of this.shown.values()) if (fits(watcher, shown.workspaceId, shown.activity)) push(shown.activity);
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  beforeApplicationShutdown(): void {
    for (const { expiry } of this.shown.values()) clearTimeout(expiry);
    this.shown.clear();
  }

  private heard(workspaceId: string, activity: ActivityType): void {
    const key = [workspaceId, activity.conversationId, activity.memberId ?? 'contact'].join(' ');
    const before = this.shown.get(key);
    clearTimeout(before?.expiry);
    this.shown.delete(key);
    if (goesOn(activity)) {
      const over = { ...activity, typing: false, viewing: false, contactTyping: false };
      const expiry = setTimeout(() => this.heard(workspaceId, ActivityType.from(over)), lifeMilliseconds).unref();
      this.shown.set(key, { workspaceId, activity, expiry });
    }
    // Said again and unchanged, it only lives on.
    if (before === undefined ? goesOn(activity) : !same(before.activity, activity)) this.show(workspaceId, activity);
  }

  private show(workspaceId: string, activity: ActivityType): void {
    for (const watcher of this.watchers) if (fits(watcher, workspaceId, activity)) watcher.push(activity);
  }
}

function fits(watcher: Watcher, workspaceId: string, { conversationId }: ActivityType): boolean {
  return watcher.workspaceId === workspaceId && (watcher.conversationId ?? conversationId) === conversationId;
}

function goesOn({ typing, viewing, contactTyping }: ActivityType): boolean {
  return typing || viewing || contactTyping;
}

function same(one: ActivityType, other: ActivityType): boolean {
  return one.typing === other.typing && one.viewing === other.viewing && one.contactTyping === other.contactTyping;
}

function isActivity(message: unknown): message is Passing {
  return typeof message === 'object' && message !== null && (message as { kind?: unknown }).kind === 'activity';
}
