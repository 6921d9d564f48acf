import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { ChannelsModule } from '../channels/index.js';
import { ConversationsModule } from '../conversations/index.js';
import { ChosenForms } from './ads/chosen-forms.js';
import { FetchLeadWorker } from './ads/fetch-lead.worker.js';
import { FormBoxes } from './ads/form-boxes.js';
import { LeadAdSettings } from './ads/lead-ad-settings.js';
import { LeadAdsResolver } from './ads/lead-ads.resolver.js';
import { LeadPulls } from './ads/lead-pulls.js';
import { LeadTroubleLoader } from './ads/lead-trouble.loader.js';
import { LeadTroubleResolver } from './ads/lead-trouble.resolver.js';
import { PullLeadsWorker } from './ads/pull-leads.worker.js';
import { ReceiveLeadAds } from './ads/receive-lead-ads.js';
import { RetryLeads } from './ads/retry-leads.js';
import { assignmentProviders } from './assignment/index.js';
import { CaptureLead } from './capture/capture-lead.js';
import { LeadContacts } from './capture/lead-contacts.js';
import { CreateLead } from './create-lead.js';
import { LeadsExportController } from './exports/leads-export.controller.js';
import { LeadsTable } from './exports/leads-table.js';
import { FollowContacts } from './follow-contacts.js';
import { KeepLeads } from './keep-leads.js';
import { LeadLiveEvents } from './lead-live-events.js';
import { LeadOwners } from './lead-owners.js';
import { LeadSegments } from './lead-segments.js';
import { LeadLoader } from './lead.loader.js';
import { LeadFieldsResolver, LeadResolver } from './lead.resolver.js';
import { ContactLeadsLoader } from './listing/contact-leads.loader.js';
import { ContactLeadsResolver } from './listing/contact-leads.resolver.js';
import { ListLeads } from './listing/list-leads.js';
import { NoteActivity } from './note-activity.js';
import { EraseLeads } from './personal-data/erase-leads.js';
import { ExportLeads } from './personal-data/export-leads.js';
import { FindLeads } from './personal-data/find-leads.js';
import { reminderProviders } from './reminders/index.js';
import { DeliverReply } from './replies/deliver-reply.js';
import { FollowThreads } from './replies/follow-threads.js';
import { LeadReplyResolver } from './replies/lead-reply.resolver.js';
import { NoteReply } from './replies/note-reply.js';
import { ReadRoad } from './replies/read-road.js';
import { ReplyLimits } from './replies/reply-limits.js';
import { ReplyRoads } from './replies/reply-roads.js';
import { SendLeadReply } from './replies/send-lead-reply.js';
import { leadReportProviders } from './report/index.js';
import { TellNewLeads } from './tell-new-leads.js';
import { timelineProviders } from './timeline/index.js';
import { UpdateLead } from './update-lead.js';

const capture = [CaptureLead, LeadContacts, NoteActivity, TellNewLeads, FollowContacts];
const ads = [
  ChosenForms,
  FormBoxes,
  ReceiveLeadAds,
  FetchLeadWorker,
  PullLeadsWorker,
  LeadPulls,
  LeadAdSettings,
  LeadAdsResolver,
  LeadTroubleLoader,
  LeadTroubleResolver,
  RetryLeads,
];
const replies = [
  DeliverReply,
  FollowThreads,
  LeadReplyResolver,
  NoteReply,
  ReadRoad,
  ReplyLimits,
  ReplyRoads,
  SendLeadReply,
];
const listing = [ListLeads, LeadsTable, LeadLoader, ContactLeadsLoader, ContactLeadsResolver];
const personalData = [EraseLeads, ExportLeads, FindLeads, KeepLeads];

/** Who is interested: captured from every source, listed, moved on, and forgotten in time. */
@Module({
  imports: [AccountsModule, ChannelsModule, ConversationsModule],
  controllers: [LeadsExportController],
  providers: [
    ...capture,
    ...ads,
    ...listing,
    ...replies,
    ...personalData,
    ...timelineProviders,
    ...reminderProviders,
    ...assignmentProviders,
    ...leadReportProviders,
    LeadOwners,
    CreateLead,
    UpdateLead,
    LeadResolver,
    LeadFieldsResolver,
    LeadLiveEvents,
    LeadSegments,
  ],
  exports: [CaptureLead, FindLeads, ReplyRoads, ReplyLimits, DeliverReply, NoteReply],
})
export class LeadsModule {}
