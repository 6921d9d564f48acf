import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Tombstones, addressName } from '../../conversations/index.js';
import { type WorkspaceTransaction, newId, sql, waitForOthers } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Facts } from '../../platform/outbox/index.js';
import { AssignLead } from '../assignment/assign-lead.js';
import type { LeadSource } from '../enums.js';
import { LeadCaptured } from '../leads.events.js';
import type { LeadConsent } from '../lead.row.js';
import { NoteActivity } from '../note-activity.js';
import { submissionName } from '../personal-data/submission-name.js';
import { type GivenDetails, type LeadDetails, cleanDetails } from './clean-details.js';
import { LeadContacts } from './lead-contacts.js';

/** That somebody is interested, as a platform, a form, a file or a member says it. */
export interface Capture {
  readonly source: LeadSource;
  /** What the source calls this one submission: the same comes in once, however often it is told. Null: nothing. */
  readonly externalId: string | null;
  /** When it was sent in; now where nobody says. Never in the future. */
  readonly at?: Date | null;
  /** Who they say they are. What is too long is cut; nothing is refused. */
  readonly details: GivenDetails;
  readonly formId?: string | null;
  readonly adId?: string | null;
  readonly campaignId?: string | null;
  /** The channel that it came over, where it came over one. */
  readonly channelId?: string | null;
  /** The conversation that it came of: it goes with that, when that is deleted. */
  readonly conversationId?: string | null;
  /** Whose it is, where that is known by more than what they say; found or made otherwise. */
  readonly contactId?: string | null;
  readonly tags?: readonly string[];
  readonly consents?: readonly LeadConsent[];
  /** Used to answer and for nothing else: no AI, no report, no segment. */
  readonly answerOnly?: boolean;
  /** Whether a platform sent it to try the form. */
  readonly test?: boolean;
  /** The member who writes it down; null for what comes from outside. */
  readonly by?: MemberActor | null;
}

/**
 * What became of it. KNOWN: it was here already, and nothing changed. FORGOTTEN: it is of somebody who was erased after they
 * sent it in, or was itself erased. BLOCKED: the workspace wants nothing more from them.
 */
export type Captured =
  | { readonly outcome: 'CAPTURED' | 'KNOWN'; readonly leadId: string; readonly contactId: string }
  | { readonly outcome: 'FORGOTTEN' | 'BLOCKED' };

/** Makes a lead of what came in, and a contact where there is none: the one way in for every source. */
@Injectable()
export class CaptureLead {
  constructor(
    private readonly tombstones: Tombstones,
    private readonly contacts: LeadContacts,
    private readonly activity: NoteActivity,
    private readonly feed: LiveFeed,
    private readonly facts: Facts,
    private readonly assign: AssignLead,
  ) {}

  /** Participant. The same submission twice is one lead, also where both come at once. */
  async apply(tx: WorkspaceTransaction, capture: Capture): Promise<Captured> {
    // An erasure may not be overtaken, and two first submissions of one person are one contact.
    await waitForOthers(tx, 'receive-messages');
    const known = await this.known(tx, capture);
    if (known !== null) return { outcome: 'KNOWN', ...known };
    const details = cleanDetails(capture.details);
    if (await this.isForgotten(tx, capture, details)) return { outcome: 'FORGOTTEN' };
    const contact = await this.contacts.of(tx, capture, details);
    if (contact.blocked && (capture.by ?? null) === null) return { outcome: 'BLOCKED' };
    const leadId = await store(tx, capture, details, contact.id);
    const memberId = capture.by?.memberId ?? null;
    await this.activity.add(tx, { leadId, kind: 'CAPTURED', memberId, value: capture.source });
    if (capture.test !== true) await this.assign.run(tx, leadId, capture.source);
    const earlier = await this.activity.again(tx, { leadId, contactId: contact.id, source: capture.source });
    if (earlier !== null) this.feed.append(tx, { kind: 'LeadChanged', ids: [earlier] });
    this.feed.append(tx, { kind: 'LeadAdded', ids: [leadId] }, { kind: 'ContactChanged', ids: [contact.id] });
    const { source, answerOnly = false, test = false } = capture;
    await this.facts.announce(tx, new LeadCaptured({ id: leadId, contactId: contact.id, source, answerOnly, test }));
    return { outcome: 'CAPTURED', leadId, contactId: contact.id };
  }

  /** Participant. Whether a submission was erased, so that nobody need ask a platform for what is in it. */
  async wasErased(tx: WorkspaceTransaction, source: LeadSource, externalId: string): Promise<boolean> {
    return (await this.tombstones.latest(tx, [submissionName(source, externalId)])) !== null;
  }

  /** Participant. The lead that this submission became; null where it became none yet. */
  async known(
    tx: WorkspaceTransaction,
    { source, externalId }: Pick<Capture, 'source' | 'externalId'>,
  ): Promise<{ leadId: string; contactId: string } | null> {
    if (externalId === null) return null;
    return tx.first(sql`
      select id as "leadId", contact_id as "contactId" from leads
       where workspace_id = ${tx.workspaceId} and source = ${source} and external_id = ${externalId}`);
  }

  private async isForgotten(
    tx: WorkspaceTransaction,
    capture: Capture,
    { email, phone }: LeadDetails,
  ): Promise<boolean> {
    const { source, externalId, at = null } = capture;
    if (externalId !== null && (await this.wasErased(tx, source, externalId))) return true;
    // Whoever sends in something after they were erased has come anew.
    if (at === null) return false;
    const addresses = [email, phone].filter((address) => address !== null);
    const erasedAt = await this.tombstones.latest(tx, addresses.map(addressName));
    return erasedAt !== null && at.getTime() <= erasedAt.getTime();
  }
}

async function store(
  tx: WorkspaceTransaction,
  capture: Capture,
  details: LeadDetails,
  contactId: string,
): Promise<string> {
  const { source, externalId, formId, adId, campaignId, channelId, conversationId } = capture;
  const { tags = [], consents = [], answerOnly = false, test = false } = capture;
  const { name, email, phone, company, message, fields } = details;
  const id = newId();
  await tx.execute(sql`
    insert into leads (workspace_id, id, contact_id, original_contact_id, source, external_id, form_id, ad_id, campaign_id, channel_id,
                       conversation_id, name, email, phone, company, message, fields, consents, tags, answer_only, test, created_at)
    values (${tx.workspaceId}, ${id}, ${contactId}, ${contactId}, ${source}, ${externalId}, ${formId ?? null}, ${adId ?? null},
            ${campaignId ?? null}, ${channelId ?? null}, ${conversationId ?? null}, ${name}, ${email}, ${phone}, ${company}, ${message},
            ${JSON.stringify(fields)}::jsonb, ${JSON.stringify(consents)}::jsonb, ${tags}::text[], ${answerOnly}, ${test},
            least(coalesce(${capture.at ?? null}::timestamptz, now()), now()))`);
  return id;
}
