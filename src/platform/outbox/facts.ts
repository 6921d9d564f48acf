import { Injectable } from '@nestjs/common';
import type { WorkspaceTransaction } from '../database/index.js';

/** A class whose instances say that something happened, in the past tense: `MessagesReceived`. */
type FactClass<Fact> = abstract new (...args: never[]) => Fact;
type Listener = (tx: WorkspaceTransaction, fact: never) => Promise<void>;

/**
 * How news travels to modules further right without a call to the right. A listener takes part in the transaction in
 * which the fact came about, so what it schedules is committed with the data or not at all; it must be short, read and
 * write only the database, and leave the rest to a worker (`Outbox.schedule`).
 */
@Injectable()
export class Facts {
  private readonly listeners = new Map<FactClass<unknown>, Listener[]>();

  /** Listens to one kind of fact; called once, when a module starts. */
  on<Fact>(fact: FactClass<Fact>, listener: (tx: WorkspaceTransaction, fact: Fact) => Promise<void>): void {
    const listeners = this.listeners.get(fact) ?? [];
    listeners.push(listener);
    this.listeners.set(fact, listeners);
  }

  /** Tells every listener, one after the other, inside the transaction. */
  async announce(tx: WorkspaceTransaction, fact: object): Promise<void> {
    for (const listener of this.listeners.get(fact.constructor as FactClass<unknown>) ?? []) {
      await listener(tx, fact as never);
    }
  }
}
