import { Injectable } from '@nestjs/common';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { AgedRemoved } from '../accounts.events.js';
import type { RetentionPolicy } from './retention-policy.js';

/** What one batch removed. */
export interface Pruned {
  /** Rows and files, by what they were. */
  readonly gone: Readonly<Record<string, number>>;
  /** Whether there is more. */
  readonly more: boolean;
}

/** What a module removes when it is old enough. */
export interface Retained {
  /** The part of the policy that says how old that is. */
  readonly kind: keyof RetentionPolicy;
  /** Removes some of what is older than so many days, in a bounded transaction of its own, which tells `Retention.went`. */
  prune(workspaceId: string, days: number): Promise<Pruned>;
  /** Participant. What it would remove now under a policy, by what it is; nothing is removed. */
  count(tx: WorkspaceTransaction, policy: RetentionPolicy): Promise<Readonly<Record<string, number>>>;
}

/** What is kept for a time; the modules that keep it register how it is removed. */
@Injectable()
export class Retention {
  private readonly registered: Retained[] = [];

  constructor(private readonly facts: Facts) {}

  register(retained: Retained): void {
    this.registered.push(retained);
  }

  /** Participant. What went by its age, with this transaction: each batch says so, if there was anything in it. */
  async went(tx: WorkspaceTransaction, { gone }: Pick<Pruned, 'gone'>): Promise<void> {
    if (Object.values(gone).some((count) => count > 0)) await this.facts.announce(tx, new AgedRemoved(gone));
  }

  get all(): readonly Retained[] {
    return this.registered;
  }
}
