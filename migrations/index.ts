import { Platform1763700000000 } from './1763700000000-platform.js';
import { Accounts1763700100000 } from './1763700100000-accounts.js';
import { Channels1763700200000 } from './1763700200000-channels.js';
import { Conversations1763700300000 } from './1763700300000-conversations.js';
import { Ai1763700400000 } from './1763700400000-ai.js';
import { InboundFunctions1763700500000 } from './1763700500000-inbound-functions.js';
import { ArrivalDrafts1763700510000 } from './1763700510000-arrival-drafts.js';
import { FeedPositions1763700515000 } from './1763700515000-feed-positions.js';
import { CredentialsByHash1763700517000 } from './1763700517000-credentials-by-hash.js';
import { PassagesByTerm1763700520000 } from './1763700520000-passages-by-term.js';
import { DeliveryLanes1763700530000 } from './1763700530000-delivery-lanes.js';
import { SmallerOnDisk1763700540000 } from './1763700540000-smaller-on-disk.js';
import { Mails1763700600000 } from './1763700600000-mails.js';
import { Identity1763700601000 } from './1763700601000-identity.js';
import { Members1763700610000 } from './1763700610000-members.js';
import { SignIns1763700611000 } from './1763700611000-sign-ins.js';
import { Leaving1763700620000 } from './1763700620000-leaving.js';
import { Policies1763700621000 } from './1763700621000-policies.js';
import { Notifications1763700630000 } from './1763700630000-notifications.js';
import { Refusals1763700660000 } from './1763700660000-refusals.js';
import { FirstProof1763700661000 } from './1763700661000-first-proof.js';
import { Retention1763700662000 } from './1763700662000-retention.js';
import { PolicyAnnouncements1763700670000 } from './1763700670000-policy-announcements.js';
import { ConsentAndLife1763700700000 } from './1763700700000-consent-and-life.js';
import { ChannelWebhooks1763700710000 } from './1763700710000-channel-webhooks.js';
import { Visitors1763700730000 } from './1763700730000-visitors.js';
import { Uploads1763700740000 } from './1763700740000-uploads.js';
import { AwayMessages1763700745000 } from './1763700745000-away-messages.js';
import { FileRoom1763700750000 } from './1763700750000-file-room.js';
import { ComposerDrafts1763700800000 } from './1763700800000-composer-drafts.js';
import { SavedViews1763700810000 } from './1763700810000-saved-views.js';
import { Rounds1763700820000 } from './1763700820000-rounds.js';
import { DraftFilesFollow1763700830000 } from './1763700830000-draft-files-follow.js';
import { DraftsBeingWritten1763700900000 } from './1763700900000-drafts-being-written.js';
import { MessageRatings1763700910000 } from './1763700910000-message-ratings.js';
import { ContactsFoundHoweverWritten1763710800000 } from './1763710800000-contacts-found-however-written.js';
import { DraftChanges1763710810000 } from './1763710810000-draft-changes.js';
import { Presences1763720000000 } from './1763720000000-presences.js';
import { FirstStepsHidden1763720010000 } from './1763720010000-first-steps-hidden.js';
import { ErasureReceipts1763730000000 } from './1763730000000-erasure-receipts.js';
import { Erasures1763730010000 } from './1763730010000-erasures.js';
import { EncryptionKeys1763730030000 } from './1763730030000-encryption-keys.js';
import { PrivacyRequests1763730050000 } from './1763730050000-privacy-requests.js';
import { JournalHeads1763730001000 } from './1763730001000-journal-heads.js';
import { SubjectExports1763730040000 } from './1763730040000-subject-exports.js';
import { Restores1763730020000 } from './1763730020000-restores.js';
import { VisitorUploads1763740006000 } from './1763740006000-visitor-uploads.js';
import { WorkspacesOf1763740007000 } from './1763740007000-workspaces-of.js';
import { FlightRecorder1763752000000 } from './1763752000000-flight-recorder.js';
import { Evaluations1763752000100 } from './1763752000100-evaluations.js';
import { UnansweredQuestions1763752000200 } from './1763752000200-unanswered-questions.js';
import { Webhooks1763766000000 } from './1763766000000-webhooks.js';
import { ContactForms1763766000200 } from './1763766000200-contact-forms.js';
import { LeadTimeline1763770002000 } from './1763770002000-lead-timeline.js';
import { ShopifyStores1763770005000 } from './1763770005000-shopify-stores.js';
import { HeardUninstalls1763770005100 } from './1763770005100-heard-uninstalls.js';
import { LeadReminders1763770002100 } from './1763770002100-lead-reminders.js';
import { LeadImports1763770004000 } from './1763770004000-lead-imports.js';
import { LeadAnalysis1763770002200 } from './1763770002200-lead-analysis.js';
import { WebhookStopped1763766000100 } from './1763766000100-webhook-stopped.js';
import { DeletionOwners1763740003000 } from './1763740003000-deletion-owners.js';
import { Recipients1763740004000 } from './1763740004000-recipients.js';
import { OwnersBeside1763740004010 } from './1763740004010-owners-beside.js';
import { KnowledgeReadings1763750000000 } from './1763750000000-knowledge-readings.js';
import { PassagesBySubject1763753000000 } from './1763753000000-passages-by-subject.js';
import { LeadAds1763764000100 } from './1763764000100-lead-ads.js';
import { BlockedContacts1763770006100 } from './1763770006100-blocked-contacts.js';
import { LeadTrouble1763770006000 } from './1763770006000-lead-trouble.js';
import { Leads1763764000000 } from './1763764000000-leads.js';
import { PassageVectors1763753000100 } from './1763753000100-passage-vectors.js';
import { AutoChannels1763762000000 } from './1763762000000-auto-channels.js';
import { HandoffNotices1763762000100 } from './1763762000100-handoff-notices.js';
import { PagesOfPassages1763761000100 } from './1763761000100-pages-of-passages.js';
import { PassagesByMeaning1763761000000 } from './1763761000000-passages-by-meaning.js';
import { EmbeddingPrice1763770000000 } from './1763770000000-embedding-price.js';
import { AssumedSpending1763762000200 } from './1763762000200-assumed-spending.js';
import { PrivacyFigures1763740005000 } from './1763740005000-privacy-figures.js';
import { FormerAddresses1763740000000 } from './1763740000000-former-addresses.js';
import { Residue1763740002000 } from './1763740002000-residue.js';
import { ContactFields1763765000000 } from './1763765000000-contact-fields.js';
import { ContactProposals1763765000100 } from './1763765000100-contact-proposals.js';
import { MergeSuggestions1763765000200 } from './1763765000200-merge-suggestions.js';
import { LeadReplies1763770003000 } from './1763770003000-lead-replies.js';
import { LeadDrafts1763770003100 } from './1763770003100-lead-drafts.js';
import { Billing1763771000000 } from './1763771000000-billing.js';
import { BillingNotices1763771200000 } from './1763771200000-billing-notices.js';
import { OwedCancellations1763771300000 } from './1763771300000-owed-cancellations.js';

/** In the order in which they are applied. */
export const migrations = [
  Platform1763700000000,
  Accounts1763700100000,
  Channels1763700200000,
  Conversations1763700300000,
  Ai1763700400000,
  InboundFunctions1763700500000,
  ArrivalDrafts1763700510000,
  FeedPositions1763700515000,
  CredentialsByHash1763700517000,
  PassagesByTerm1763700520000,
  DeliveryLanes1763700530000,
  SmallerOnDisk1763700540000,
  Mails1763700600000,
  Identity1763700601000,
  Members1763700610000,
  SignIns1763700611000,
  Leaving1763700620000,
  Policies1763700621000,
  Notifications1763700630000,
  Refusals1763700660000,
  FirstProof1763700661000,
  Retention1763700662000,
  PolicyAnnouncements1763700670000,
  ConsentAndLife1763700700000,
  ChannelWebhooks1763700710000,
  Visitors1763700730000,
  Uploads1763700740000,
  AwayMessages1763700745000,
  FileRoom1763700750000,
  ComposerDrafts1763700800000,
  SavedViews1763700810000,
  Rounds1763700820000,
  DraftFilesFollow1763700830000,
  DraftsBeingWritten1763700900000,
  MessageRatings1763700910000,
  ContactsFoundHoweverWritten1763710800000,
  DraftChanges1763710810000,
  Presences1763720000000,
  FirstStepsHidden1763720010000,
  ErasureReceipts1763730000000,
  Erasures1763730010000,
  EncryptionKeys1763730030000,
  PrivacyRequests1763730050000,
  JournalHeads1763730001000,
  SubjectExports1763730040000,
  Restores1763730020000,
  VisitorUploads1763740006000,
  WorkspacesOf1763740007000,
  Recipients1763740004000,
  PrivacyFigures1763740005000,
  FormerAddresses1763740000000,
  DeletionOwners1763740003000,
  Residue1763740002000,
  OwnersBeside1763740004010,
  FlightRecorder1763752000000,
  Evaluations1763752000100,
  KnowledgeReadings1763750000000,
  PassagesBySubject1763753000000,
  UnansweredQuestions1763752000200,
  PassageVectors1763753000100,
  Leads1763764000000,
  LeadAds1763764000100,
  LeadTrouble1763770006000,
  BlockedContacts1763770006100,
  AutoChannels1763762000000,
  HandoffNotices1763762000100,
  Webhooks1763766000000,
  WebhookStopped1763766000100,
  PassagesByMeaning1763761000000,
  PagesOfPassages1763761000100,
  ContactFields1763765000000,
  ContactProposals1763765000100,
  MergeSuggestions1763765000200,
  AssumedSpending1763762000200,
  EmbeddingPrice1763770000000,
  ContactForms1763766000200,
  LeadTimeline1763770002000,
  ShopifyStores1763770005000,
  HeardUninstalls1763770005100,
  LeadReminders1763770002100,
  LeadImports1763770004000,
  LeadReplies1763770003000,
  LeadDrafts1763770003100,
  LeadAnalysis1763770002200,
  Billing1763771000000,
  BillingNotices1763771200000,
  OwedCancellations1763771300000,
];
