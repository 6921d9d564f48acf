import { Injectable } from '@nestjs/common';
import {
  SystemDatabase,
  type SystemTransaction,
  type WorkspaceTransaction,
  Workspaces,
  sql,
} from '../../platform/database/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { PrivacyRequestStatus } from './enums.js';
import { CarryProof, provedNote } from './carry-proof.js';
import { hastened } from './due-dates.js';
import { PrivacyRequests } from './privacy-requests.js';
import { isProof } from './proof-tokens.js';
import { RequestCodes } from './request-codes.js';
import { isOpen, stepTo } from './request-steps.js';
import type { RequestRow } from './request.row.js';
import { routeRequest } from './route-request.worker.js';

const accountNote = 'It is the address of an account here.';

/** Whoever asked proves by the link in a mail that the address is theirs. */
@Injectable()
export class ProveAddress {
  constructor(
    private readonly codes: RequestCodes,
    private readonly requests: PrivacyRequests,
    private readonly workspaces: Workspaces,
    private readonly system: SystemDatabase,
    private readonly carry: CarryProof,
    private readonly outbox: Outbox,
  ) {}

  /** Whether the link is one of ours and still good; opens nothing. */
  async isGood(code: string, token: string): Promise<boolean> {
    return (await this.inPlace(code, (_tx, row) => Promise.resolve(isOpen(row) && isProof(row, token)))) ?? false;
  }

  /** Takes the proof; false for a link that is wrong or over. It works once. */
  async run(code: string, token: string): Promise<boolean> {
    const taken = await this.inPlace(code, async (tx, row) => {
      if (!isOpen(row) || !isProof(row, token)) return false;
      const spent = { ...row, proofHash: null, proofUntil: null, details: { ...row.details, addressProved: true } };
      if ('workspaceId' in tx) await this.carry.run(tx, spent);
      else await this.proveUnowned(tx, spent);
      return true;
    });
    return taken ?? false;
  }

  /**
   * Notes that the address of a request that nobody owns yet is proved, and how. An address of an account here: it is the
   * operator's to answer, and in seven days.
   */
  async proveUnowned(tx: SystemTransaction, row: RequestRow, how = provedNote): Promise<void> {
    const user = await tx.first<{ id: string }>(sql`select id from users where lower(email) = ${row.details.replyTo}`);
    const proved = stepTo(row, PrivacyRequestStatus.VERIFYING, how);
    if (user === null || row.onBehalfOf) {
      await this.requests.save(tx, proved);
      // Whose it is may be told by the address that is proved now.
      await this.outbox.scheduleForInstance(tx, routeRequest, row.id);
      return;
    }
    const theirs = hastened({ ...proved, verifiedAt: new Date(), userId: user.id });
    await this.requests.save(tx, stepTo(theirs, PrivacyRequestStatus.IN_PROGRESS, accountNote));
  }

  private async inPlace<Result>(
    code: string,
    work: (tx: WorkspaceTransaction | SystemTransaction, row: RequestRow) => Promise<Result>,
  ): Promise<Result | null> {
    const place = await this.codes.find(code);
    if (place === null) return null;
    const held = async (tx: WorkspaceTransaction | SystemTransaction) =>
      work(tx, await this.requests.lock(tx, place.requestId));
    if (place.workspaceId !== null) return this.workspaces.run(place.workspaceId, held);
    return this.system.run(held).catch(async (error: unknown) => {
      // It was given to a workspace this very moment: there it is now.
      const now = await this.codes.find(code);
      if (now === null || now.workspaceId === null) throw error;
      return this.workspaces.run(now.workspaceId, held);
    });
  }
}
