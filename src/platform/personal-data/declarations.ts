/** Whose data it is: of people who write (contact, visitor), who work here (member), who sign in (user), or of the business. */
export type DataSubject = 'contact' | 'visitor' | 'member' | 'user' | 'operator';

/** The parts of a workspace's retention policy. */
export type RetentionName = 'conversationsDays' | 'leadsDays' | 'aiRunsDays' | 'auditDays';

/** What a table holds of people: every column is named, as somebody's or as nobody's. */
export interface TableDeclaration {
  readonly why: string;
  /** How long at the most, in words. */
  readonly kept: string;
  /** By which parts of the retention policy its rows go before that. */
  readonly retention?: readonly RetentionName[];
  /** By what its personal data goes. */
  readonly erased: string;
  readonly personal: Readonly<Partial<Record<DataSubject, readonly string[]>>>;
  /** Ids, times, states and settings that are nobody's, with spaces between them. */
  readonly others: string;
}

/** The declarations of a module, by table. */
export type DataMap = Readonly<Record<string, TableDeclaration>>;
