import { Injectable } from '@nestjs/common';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import type { NotificationKind } from './notification-kind.js';

/** What can be said of one kind of news beyond that it is there: lines in words, naming nobody. */
type Describe = (tx: WorkspaceTransaction) => Promise<readonly string[]>;

/** Modules to the right say more of their kinds of news here, for the mail: the cause, and what to do. */
@Injectable()
export class NotificationDetails {
  private readonly described = new Map<NotificationKind, Describe[]>();

  /** Describes a kind of news; called once, when a module starts. */
  on(kind: NotificationKind, describe: Describe): void {
    this.described.set(kind, [...(this.described.get(kind) ?? []), describe]);
  }

  /** What there is to say now. */
  async of(tx: WorkspaceTransaction, kind: NotificationKind): Promise<readonly string[]> {
    const lines: string[] = [];
    for (const describe of this.described.get(kind) ?? []) lines.push(...(await describe(tx)));
    return lines;
  }
}
