import { Injectable } from '@nestjs/common';
import { Config } from '../config/index.js';
import { type Recipient, isAmong, isThisMachine, nameOf, recipientsOf } from './recipients-of.js';

/** Whom this process may call by itself: those on the published list, from the day on for which they were announced. */
@Injectable()
export class Recipients {
  private readonly list: readonly Recipient[];
  private held: ReadonlyMap<string, Date> = new Map();

  constructor(config: Config) {
    this.list = recipientsOf(config);
  }

  /** Why a host is not called, in words for the operator; null where it may be. */
  refusalOf(host: string): string | null {
    if (isThisMachine(host)) return null;
    const recipient = this.list.find(({ hosts }) => isAmong(host, hosts));
    if (recipient === undefined)
      return `${host} is not among the recipients that this deployment publishes at /privacy/processors, so it is not called.`;
    const from = this.held.get(nameOf(recipient));
    if (from === undefined || from.getTime() <= Date.now()) return null;
    return `${host} is a new recipient: it was announced, and is called from ${dayOf(from)} on.`;
  }

  /** Those who were announced and may not be called before their day, by name. */
  hold(held: ReadonlyMap<string, Date>): void {
    this.held = held;
  }
}

/** A day as operators read it in logs: 2026-12-23. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10);
}
