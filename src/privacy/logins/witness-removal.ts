import { Injectable, type OnModuleInit } from '@nestjs/common';
import { type RemovalWitness, type RemovedLogin, RemovedLogins } from '../../accounts/index.js';
import { type SystemTransaction, newId, sql } from '../../platform/database/index.js';
import { Journal } from '../journal/journal.js';
import { jsonOfReceipt } from '../proof/erasure-receipt.js';
import { Receipts } from '../proof/receipts.js';
import { Residue } from '../residue/residue.js';

const writtenWords =
  'Legitimate interest (GDPR 6(1)(f)): what was written in workspaces of others stays there without a name.';

/** Keeps the proof of a deleted account: an entry of the journal before the commit, and the receipt with it. */
@Injectable()
export class WitnessRemoval implements RemovalWitness, OnModuleInit {
  constructor(
    private readonly logins: RemovedLogins,
    private readonly journal: Journal,
    private readonly receipts: Receipts,
    private readonly residue: Residue,
  ) {}

  onModuleInit(): void {
    this.logins.witnessedBy(this);
  }

  async ready(): Promise<void> {
    await this.journal.ready();
  }

  async removed(tx: SystemTransaction, { userId, erased, leftIn }: RemovedLogin): Promise<string> {
    const erasureId = newId();
    const moment = await tx.first<{ at: Date }>(sql`select now() as at`);
    const at = moment?.at ?? new Date();
    await this.journal.append({ kind: 'user-deleted', workspaceId: null, ids: { userId, erasureId }, at });
    const receipt = await this.receipts.issueWith(tx, {
      erasureId,
      scope: 'USER',
      workspaceId: null,
      subject: userId,
      erased: Object.entries(erased)
        .filter(([, count]) => count > 0)
        .map(([what, count]) => ({ what, count })),
      retained:
        leftIn === 0 ? [] : [{ what: 'members: without a person', count: leftIn, basis: writtenWords, until: null }],
      completedAt: at,
    });
    await this.residue.note(tx);
    return JSON.stringify(jsonOfReceipt(receipt));
  }
}
