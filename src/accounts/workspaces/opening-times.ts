import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { type BusinessHours, alwaysOpen, isOpen, nextChange, wasOpenBetween } from './business-hours.js';

/** The business hours of a workspace, to be asked about moments. */
export interface OpeningTimes {
  /** Open at any time. */
  readonly always: boolean;
  readonly awayMessage: string | null;
  /** Whether the business is open at a moment. */
  isOpen(at: Date): boolean;
  /** When it opens, or closes, next; null where that is not soon. */
  nextChange(at: Date): Date | null;
  /** Whether it was open at any moment between two. */
  wasOpenBetween(from: Date, to: Date): boolean;
}

/** Reads the business hours of the transaction's workspace. Participant. */
@Injectable()
export class WorkspaceHours {
  read(tx: WorkspaceTransaction): Promise<OpeningTimes> {
    return openingTimes(tx);
  }
}

/** The same for who needs no provider. */
export async function openingTimes(tx: WorkspaceTransaction): Promise<OpeningTimes> {
  const row = await tx.first<{ timezone: string; hours: Partial<BusinessHours> }>(
    sql`select timezone, business_hours as hours from workspaces where id = ${tx.workspaceId}`,
  );
  const hours = { ...alwaysOpen, ...row?.hours };
  const timezone = row?.timezone ?? 'UTC';
  return {
    always: hours.always,
    awayMessage: hours.awayMessage,
    isOpen: (at) => isOpen(hours, timezone, at),
    nextChange: (at) => nextChange(hours, timezone, at),
    wasOpenBetween: (from, to) => wasOpenBetween(hours, timezone, from, to),
  };
}
