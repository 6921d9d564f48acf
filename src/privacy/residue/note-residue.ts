import { Injectable, type OnModuleInit } from '@nestjs/common';
import { AgedRemoved, MembershipEnded, WorkspaceErased } from '../../accounts/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { ErasureCompleted } from '../erasure/index.js';
import { Residue } from './residue.js';

/** Notes, with each erasure that is done and whatever goes by its age, that bytes of it may still be on disk. */
@Injectable()
export class NoteResidue implements OnModuleInit {
  constructor(
    private readonly facts: Facts,
    private readonly residue: Residue,
  ) {}

  onModuleInit(): void {
    for (const fact of [ErasureCompleted, WorkspaceErased, MembershipEnded, AgedRemoved])
      this.facts.on<object>(fact, (tx) => {
        this.noteLast(tx);
        return Promise.resolve();
      });
  }

  /** At the end of the transaction: the one row of the instance is held for a moment only. */
  private noteLast(tx: WorkspaceTransaction): void {
    tx.beforeCommit(() => this.residue.note(tx));
  }
}
