import { Injectable } from '@nestjs/common';
import type { Call, WorkspaceTransaction } from '../database/index.js';

/** A class whose instances say that something happened, in the past tense: `MessagesReceived`. */
type FactClass<Fact> = abstract new (...args: never[]) => Fact;
type Listener = (tx: WorkspaceTransaction, fact: never) => Promise<void>;
/** Null: nothing follows from this one. */
type Caller = (workspaceId: string, fact: never) => Call | null;

/**
 * How news travels to modules further right without a call to the right. A listener takes part in the transaction in
 * which the fact came about, so what it schedules is committed with the data or not at all; it must be short, read and
 * write only the database, and leave the rest to a worker (`Outbox.schedule`).
 */
@Injectable()
export class Facts {
  private readonly listeners = new Map<FactClass<unknown>, Listener[]>();
  private readonly callers = new Map<FactClass<unknown>, Caller[]>();

  /** Listens to one kind of fact; called once, when a module starts. */
  on<Fact>(fact: FactClass<Fact>, listener: (tx: WorkspaceTransaction, fact: Fact) => Promise<void>): void {
    const listeners = this.listeners.get(fact) ?? [];
    listeners.push(listener);
    this.listeners.set(fact, listeners);
  }

  /** Listens with a function of the database, so that the fact can come about in a transaction of calls alone. */
  onCall<Fact>(fact: FactClass<Fact>, caller: (workspaceId: string, fact: Fact) => Call | null): void {
    this.callers.set(fact, [...(this.callers.get(fact) ?? []), caller]);
  }

  /** Tells every listener, one after the other, inside the transaction. */
  async announce(tx: WorkspaceTransaction, fact: object): Promise<void> {
    const kind = fact.constructor as FactClass<unknown>;
    for (const call of this.callsOf(kind, tx.workspaceId, fact)) await tx.call(call);
    for (const listener of this.listeners.get(kind) ?? []) await listener(tx, fact as never);
  }

  /** What its listeners have to say as calls; null where one of them needs more than that. */
  callsFor(workspaceId: string, fact: object): readonly Call[] | null {
    const kind = fact.constructor as FactClass<unknown>;
    if (this.listeners.has(kind)) return null;
    return this.callsOf(kind, workspaceId, fact);
  }

  private callsOf(kind: FactClass<unknown>, workspaceId: string, fact: object): Call[] {
    return (this.callers.get(kind) ?? [])
      .map((caller) => caller(workspaceId, fact as never))
      .filter((call) => call !== null);
  }
}
