import type { Site } from './site.js';

/** A message that the platform took. */
export interface Taken {
  readonly seq: number;
  readonly at: string;
  readonly callbackData: string;
  readonly customer: string;
  readonly text: string;
}

/** A message as agents are shown it. */
export interface Shown {
  readonly id: string;
  readonly text: string;
  readonly status: string;
}

const claimsToBeSent = new Set(['SENT', 'DELIVERED', 'READ']);

/** What the pretend platform took, read bit by bit. */
export class TakenLedger {
  readonly entries: Taken[] = [];
  private since = 0;

  constructor(private readonly site: Site) {}

  async read(): Promise<readonly Taken[]> {
    const { entries } = await this.site.control<{ entries: Taken[] }>(
      'GET',
      `ledger?kind=sends&since=${String(this.since)}&limit=100000`,
    );
    this.entries.push(...entries);
    this.since = entries.at(-1)?.seq ?? this.since;
    return this.entries;
  }
}

/** The lists of what ought not to be; each is empty after a good run. */
export interface Wrongs {
  readonly sentTwice: readonly string[];
  readonly saidSentButWasNot: readonly string[];
  readonly outOfOrder: readonly string[];
  /** What no agent sees though it is unconfirmed. */
  readonly hidden: readonly string[];
  /** Asked for once and shown not once. */
  readonly notOnce: readonly string[];
  /** Still unconfirmed, or on its way, though the platform said that it took them. */
  readonly leftOpen: readonly string[];
}

/** Nothing of it. */
export const nothingWrong: Wrongs = {
  sentTwice: [],
  saidSentButWasNot: [],
  outOfOrder: [],
  hidden: [],
  notOnce: [],
  leftOpen: [],
};

/** Compares what agents are shown with what the platform took. */
export function judge(shown: readonly Shown[], entries: readonly Taken[], total: number) {
  const byMessage = Map.groupBy(entries, (entry) => entry.callbackData);
  const byCustomer = Map.groupBy(entries, (entry) => entry.customer);
  const statuses = Map.groupBy(shown, ({ status }) => status);
  const ids = Map.groupBy(shown, ({ id }) => id);
  return {
    statuses: Object.fromEntries([...statuses].map(([status, rows]) => [status, rows.length])),
    unconfirmedPercent: (100 * (statuses.get('UNCONFIRMED')?.length ?? 0)) / total,
    sentTwice: [...byMessage].filter(([, copies]) => copies.length > 1).map(([id]) => id),
    saidSentButWasNot: shown
      .filter(({ id, status }) => claimsToBeSent.has(status) && !byMessage.has(id))
      .map(({ id }) => id),
    outOfOrder: [...byCustomer]
      .filter(([, sent]) => sent.some(({ text }, index) => index > 0 && text < (sent[index - 1]?.text ?? '')))
      .map(([customer]) => customer),
    notOnce: [
      ...[...ids].filter(([, copies]) => copies.length > 1).map(([id]) => id),
      ...(ids.size === total ? [] : [`${String(ids.size)} of ${String(total)} are shown`]),
    ],
  };
}

/** What is unconfirmed and not shown as such. */
export async function hiddenFrom(site: Site, shown: readonly Shown[]): Promise<string[]> {
  const seen = new Map(shown.map(({ id, status }) => [id, status]));
  const rows = await site.ask<{ id: string }>(`select id from messages where status = 'UNCONFIRMED'`);
  return rows.map(({ id }) => id).filter((id) => seen.get(id) !== 'UNCONFIRMED');
}
