import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import type { Redis } from 'ioredis';
import { RedisConnections } from '../queue/index.js';

type NewsListener = (workspaceId: string, seq: number) => void;
type PassingListener = (workspaceId: string, message: unknown) => void;

const newsTopic = 'parley:news';
const passingTopic = 'parley:passing';

/**
 * "Workspace W has news": told inside the process at once and to other processes through Redis. It carries no content,
 * and a lost word is made up for by a poll. Passing messages (typing, presence) travel the same way and are not kept.
 */
@Injectable()
export class LiveNews implements OnApplicationBootstrap {
  private readonly listeners = new Set<NewsListener>();
  private readonly passing = new Set<PassingListener>();
  private publisher: Redis | null = null;
  /** How far feeds have come that the other processes are not yet told of. */
  private readonly untold = new Map<string, number>();
  private readonly self = Math.random().toString(36).slice(2);

  constructor(private readonly redis: RedisConnections) {}

  onApplicationBootstrap(): void {
    if (!this.redis.configured) return;
    this.publisher = this.redis.connect('news');
    const subscriber = this.redis.connect('news-listener', { blocking: true });
    subscriber.subscribe(newsTopic, passingTopic).catch(() => undefined);
    subscriber.on('message', (topic: string, text: string) => this.heard(topic, text));
  }

  /** Whether other processes hear of news at once; else they poll. */
  get connected(): boolean {
    return this.publisher?.status === 'ready';
  }

  onNews(listener: NewsListener): void {
    this.listeners.add(listener);
  }

  onPassing(listener: PassingListener): void {
    this.passing.add(listener);
  }

  /** Says that the feed of a workspace has come to this number. */
  tell(workspaceId: string, seq: number): void {
    for (const listener of this.listeners) listener(workspaceId, seq);
    if (!this.connected) return;
    // All that is known at this moment leaves in one write; each word names one workspace.
    if (this.untold.size === 0) setImmediate(() => this.publishNews());
    this.untold.set(workspaceId, Math.max(seq, this.untold.get(workspaceId) ?? 0));
  }

  /** Tells everyone who looks right now; nobody hears of it later. */
  tellPassing(workspaceId: string, message: object): void {
    for (const listener of this.passing) listener(workspaceId, message);
    this.publish(passingTopic, { from: this.self, workspaceId, message });
  }

  private publishNews(): void {
    const pipeline = this.connected ? this.publisher?.pipeline() : undefined;
    for (const [workspaceId, seq] of this.untold)
      pipeline?.publish(newsTopic, JSON.stringify({ from: this.self, workspaceId, seq }));
    this.untold.clear();
    pipeline?.exec().catch(() => undefined);
  }

  private publish(topic: string, message: object): void {
    if (this.publisher?.status === 'ready')
      this.publisher.publish(topic, JSON.stringify(message)).catch(() => undefined);
  }

  private heard(topic: string, text: string): void {
    const said = JSON.parse(text) as { from: string; workspaceId: string; seq: number; message?: unknown };
    if (said.from === this.self) return;
    if (topic === newsTopic) for (const listener of this.listeners) listener(said.workspaceId, said.seq);
    else for (const listener of this.passing) listener(said.workspaceId, said.message);
  }
}
