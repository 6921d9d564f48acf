import { Injectable } from '@nestjs/common';
import type { SystemTransaction } from '../../platform/database/index.js';

/** A login that is being removed, in the transaction that removes it. */
export interface RemovedLogin {
  readonly userId: string;
  /** Rows that go with it, by what they were. */
  readonly erased: Readonly<Record<string, number>>;
  /** Workspaces of others in which what they wrote stays. */
  readonly leftIn: number;
}

/** Who keeps the proof that a login was removed. */
export interface RemovalWitness {
  /** Throws where nothing could be written down now: then nobody leaves anything. */
  ready(): Promise<void>;
  /** Participant. Writes down that it is removed, so that no restore brings it back; gives the receipt for its person. */
  removed(tx: SystemTransaction, login: RemovedLogin): Promise<string>;
}

/** Where a module to the right says that it keeps the proof. */
@Injectable()
export class RemovedLogins {
  private witness: RemovalWitness | null = null;

  /** Registers the one that keeps it; called once, when a module starts. */
  witnessedBy(witness: RemovalWitness): void {
    this.witness = witness;
  }

  async ready(): Promise<void> {
    await this.witness?.ready();
  }

  /** Participant. Gives the receipt; empty where nobody keeps any. */
  async removed(tx: SystemTransaction, login: RemovedLogin): Promise<string> {
    return (await this.witness?.removed(tx, login)) ?? '';
  }
}
