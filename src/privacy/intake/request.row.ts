import type { PageLanguage } from '../../accounts/index.js';
import type { PrivacyRequestKind, PrivacyRequestOrigin, PrivacyRequestStatus } from './enums.js';

/** The laws whose clocks are kept. */
export const laws = ['GDPR', 'KVKK', 'CCPA'] as const;
export type Law = (typeof laws)[number];

/** What helps to find whom a request is about. */
export interface SubjectHints {
  readonly contactId?: string;
  readonly email?: string;
  readonly phone?: string;
  readonly channelKind?: string;
  readonly externalId?: string;
  readonly handle?: string;
  readonly from?: string;
  readonly to?: string;
  readonly website?: string;
  readonly businessName?: string;
}

/** One step. `note` is of the house; what a person wrote is in `words`, and goes when the subject is erased. */
export interface RequestStep {
  readonly at: string;
  readonly status: PrivacyRequestStatus;
  readonly note: string | null;
  readonly words?: string;
}

/** What a request says; kept encrypted. */
export interface RequestDetails {
  readonly hints: SubjectHints;
  /** Where whoever asked is answered by mail. */
  readonly replyTo: string | null;
  /** Whether whoever asked has shown that the address is theirs. */
  readonly addressProved?: boolean;
  /** Whether what they are given is being made, or was. */
  readonly exportBegun?: boolean;
  /** It cannot be told from their words what they ask for: people decide, nothing is done by itself. */
  readonly unclear?: boolean;
  readonly note: string | null;
  /** What is to be put right, for RECTIFY. */
  readonly rectification: unknown;
  /** Under which names it was put right; never what it was or is. */
  readonly rectified?: readonly string[];
  readonly extensionReason: string | null;
  readonly history: readonly RequestStep[];
  /** Nothing is kept of what was said, or of whom it was about. */
  readonly wordsGone?: boolean;
}

/** A request, as its table holds it and opened. */
export interface RequestRow {
  readonly id: string;
  /** Null: no workspace owns it. */
  readonly workspaceId: string | null;
  readonly kind: PrivacyRequestKind;
  readonly origin: PrivacyRequestOrigin;
  readonly status: PrivacyRequestStatus;
  readonly code: string;
  readonly language: PageLanguage;
  readonly law: Law | null;
  readonly onBehalfOf: boolean;
  readonly minor: boolean;
  readonly receivedAt: Date;
  readonly dueAt: Date;
  readonly extendedUntil: Date | null;
  readonly noticeSentAt: Date | null;
  readonly verifiedAt: Date | null;
  readonly completedAt: Date | null;
  readonly proofHash: Buffer | null;
  readonly proofUntil: Date | null;
  readonly contactIds: readonly string[];
  readonly erasureId: string | null;
  /** The login that it is about. */
  readonly userId: string | null;
  /** How the journal outside the database has it. */
  readonly journalled: string;
  readonly details: RequestDetails;
}

/** Whom or what a request is about, in one line. */
export function subjectOf({ details: { hints }, contactIds }: RequestRow): string {
  const { email, phone, handle, externalId, businessName, website } = hints;
  return (
    email ??
    phone ??
    handle ??
    externalId ??
    (contactIds.length > 0 ? 'contact' : null) ??
    businessName ??
    website ??
    ''
  );
}
