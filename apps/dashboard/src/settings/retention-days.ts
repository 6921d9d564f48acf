export const retentionFields = ['conversationsDays', 'aiRunsDays', 'auditDays'] as const;

/** For how many days what is kept; null: for ever. */
export type RetentionDays = Readonly<Record<(typeof retentionFields)[number], number | null>>;

/** Whether something is kept for less time than it was, so that some of it may go. */
export function isShorter(was: RetentionDays, is: RetentionDays): boolean {
  const long = (days: number | null) => days ?? Infinity;
  return retentionFields.some((field) => long(is[field]) < long(was[field]));
}
