import { Module } from '@nestjs/common';
import { ContactLoader } from './contact.loader.js';
import { contactsProviders } from './contacts/index.js';
import { MarkContacts } from './contacts/mark-contacts.js';
import { ContactAddresses } from './contacts/proven-addresses.js';
import { ContactRules } from './contacts/segments/contact-rules.js';
import { UpdateContact } from './contacts/update-contact.js';
import { AdmitExport } from './exports/admit-export.js';
import { exportControllers, exportProviders } from './exports/index.js';
import { ApplySignals } from './inbound/apply-signals.js';
import { EarlySignals } from './inbound/early-signals.js';
import { FetchAttachmentWorker } from './inbound/fetch-attachment.worker.js';
import { FetchMissedWorker } from './inbound/fetch-missed.worker.js';
import { FetchProfileWorker } from './inbound/fetch-profile.worker.js';
import { LookUp } from './inbound/look-up.js';
import { MatchEchoes } from './inbound/match-echoes.js';
import { ReceiveMessages } from './inbound/receive-messages.js';
import { ReceivePlain } from './inbound/receive-plain.js';
import { PlaceThreads } from './inbound/place-threads.js';
import { ReceiveSteps } from './inbound/receive-steps.js';
import { RemoveFileWorker } from './inbound/remove-file.worker.js';
import { StoreMessages } from './inbound/store-messages.js';
import { TellNewConversations } from './inbound/tell-new-conversations.js';
import { ConversationThreads, HandToMembers, inboxProviders } from './inbox/index.js';
import { KeepConversations } from './keep-conversations.js';
import { ChangeMessage } from './outbound/change-message.js';
import { DeliverMessagesWorker } from './outbound/deliver-messages.worker.js';
import { FillTemplate } from './outbound/fill-template.js';
import { OutboundRules } from './outbound/outbound-message.js';
import { OutboundResolver } from './outbound/outbound.resolver.js';
import { PassingSignals } from './outbound/passing-signals.js';
import { ReactToMessage } from './outbound/react-to-message.js';
import { ChannelLanes } from './outbound/channel-lanes.js';
import { MachineTurns } from './outbound/machine-turns.js';
import { OpenThreads } from './outbound/open-threads.js';
import { SpeakAsMachine } from './outbound/speak-as-machine.js';
import { OutgoingFiles } from './outbound/outgoing-files.js';
import { KeepCopyWorker } from './outbound/keep-copy.worker.js';
import { OutgoingMails } from './outbound/outgoing-mails.js';
import { OutgoingMessages } from './outbound/outgoing-messages.js';
import { RecordOutcome } from './outbound/record-outcome.js';
import { HeldMessagesLoader } from './outbound/held-messages.loader.js';
import { HeldMessagesResolver } from './outbound/held-messages.resolver.js';
import { ReleaseHeldWorker } from './outbound/release-held.worker.js';
import { SendAwayMessageWorker } from './outbound/send-away-message.worker.js';
import { SendMessage } from './outbound/send-message.js';
import { StoreParts } from './outbound/store-parts.js';
import { AdmitUpload } from './outbound/admit-upload.js';
import { UploadFile } from './outbound/upload-file.js';
import { WriteFirst } from './outbound/write-first.js';
import { ConversationLoader } from './conversation.loader.js';
import { UploadsController } from './outbound/uploads.controller.js';
import { EraseConversations } from './personal-data/erase-conversations.js';
import { ChannelHistory } from './personal-data/channel-history.js';
import { FindSubject } from './personal-data/find-subject.js';
import { RoomForFilesResolver } from './room-for-files.resolver.js';
import { TellRoomForFiles } from './tell-room-for-files.js';
import { Tombstones } from './tombstones.js';
import { ExportConversations } from './personal-data/export-conversations.js';
import { RemoveConversations } from './remove-conversations.js';
import { reportProviders } from './reports/index.js';
import { widgetControllers, widgetProviders } from './widget/index.js';
import { VisitorDoor } from './widget/visitor-door.js';
import { VisitorSubject } from './widget/visitor-subject.js';

const inboundProviders = [
  ReceiveMessages,
  PlaceThreads,
  ReceiveSteps,
  ReceivePlain,
  LookUp,
  MatchEchoes,
  StoreMessages,
  ApplySignals,
  EarlySignals,
  FetchAttachmentWorker,
  FetchMissedWorker,
  FetchProfileWorker,
  RemoveFileWorker,
  TellNewConversations,
];
const outboundProviders = [
  OutboundRules,
  SendMessage,
  FillTemplate,
  SendAwayMessageWorker,
  ReactToMessage,
  PassingSignals,
  ChangeMessage,
  DeliverMessagesWorker,
  MachineTurns,
  SpeakAsMachine,
  OpenThreads,
  WriteFirst,
  OutgoingFiles,
  OutgoingMails,
  OutgoingMessages,
  KeepCopyWorker,
  RecordOutcome,
  StoreParts,
  AdmitUpload,
  UploadFile,
  ChannelLanes,
  HeldMessagesLoader,
  HeldMessagesResolver,
  ReleaseHeldWorker,
  OutboundResolver,
];

/** Contacts, conversations and messages: received, shown, worked on and sent. */
@Module({
  controllers: [UploadsController, ...exportControllers, ...widgetControllers],
  providers: [
    ...exportProviders,
    RemoveConversations,
    EraseConversations,
    ChannelHistory,
    FindSubject,
    Tombstones,
    RoomForFilesResolver,
    TellRoomForFiles,
    KeepConversations,
    ExportConversations,
    ...inboundProviders,
    ...inboxProviders,
    ...contactsProviders,
    ...outboundProviders,
    ...reportProviders,
    ...widgetProviders,
  ],
  exports: [
    AdmitExport,
    ConversationThreads,
    HandToMembers,
    MachineTurns,
    SpeakAsMachine,
    OpenThreads,
    SendMessage,
    WriteFirst,
    ConversationLoader,
    ContactLoader,
    ContactAddresses,
    ContactRules,
    MarkContacts,
    UpdateContact,
    ChannelHistory,
    FindSubject,
    Tombstones,
    VisitorDoor,
    VisitorSubject,
  ],
})
export class ConversationsModule {}
