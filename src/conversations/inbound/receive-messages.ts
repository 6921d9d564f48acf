import { Injectable, type OnModuleInit } from '@nestjs/common';
import {
  Channels,
  InboundTopics,
  type RejectedItem,
  type RoutedItem,
  type TopicHandler,
} from '../../channels/index.js';
import { Workspaces } from '../../platform/database/index.js';
import { DomainError } from '../../platform/errors/index.js';
import { describeError } from '../../platform/logging/index.js';
import { ReceiveSteps, type Understood } from './receive-steps.js';

// SQLSTATE classes that say something of the moment and nothing of the data: the connection, resources, locks, shutdown.
const passing = new Set(['08', '40', '53', '55', '57']);

/**
 * Applies what customers and platforms sent: contacts, conversations, messages, and what happens to messages. One
 * transaction for all that waits in a workspace; where something in it cannot be stored, each item gets its own, and the
 * one that fails is set aside while the rest goes on.
 */
@Injectable()
export class ReceiveMessages implements TopicHandler, OnModuleInit {
  constructor(
    private readonly topics: InboundTopics,
    private readonly channels: Channels,
    private readonly workspaces: Workspaces,
    private readonly steps: ReceiveSteps,
  ) {}

  onModuleInit(): void {
    this.topics.on('messages', this);
  }

  async apply(workspaceId: string, items: readonly RoutedItem[]): Promise<readonly RejectedItem[]> {
    const rejected: RejectedItem[] = [];
    const understood: Understood[] = [];
    for (const item of items) {
      try {
        const { adapter } = this.channels.definitionOf(item.kind);
        understood.push({ item, events: adapter.interpret(item.payload, item.receivedAt.getTime()) });
      } catch (error) {
        rejected.push({ item, reason: `it cannot be understood (${describeError(error)})` });
      }
    }
    if (understood.length > 0) rejected.push(...(await this.storeAll(workspaceId, understood)));
    return rejected;
  }

  private async storeAll(workspaceId: string, understood: readonly Understood[]): Promise<RejectedItem[]> {
    try {
      await this.workspaces.run(workspaceId, (tx) => this.steps.run(tx, understood), {
        oneAtATime: 'receive-messages',
      });
      return [];
    } catch (error) {
      if (isPassing(error)) throw error;
      const [only] = understood;
      if (only !== undefined && understood.length === 1)
        return [{ item: only.item, reason: `it cannot be stored (${describeError(error)})` }];
      const rejected: RejectedItem[] = [];
      for (const one of understood) rejected.push(...(await this.storeAll(workspaceId, [one])));
      return rejected;
    }
  }
}

function isPassing(error: unknown): boolean {
  if (error instanceof DomainError) return true;
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code !== 'string') return false;
  return passing.has(code.slice(0, 2)) || /^E[A-Z]+$/.test(code);
}
