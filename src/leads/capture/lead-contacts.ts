import { Injectable } from '@nestjs/common';
import { Entitlements, UsageMetric } from '../../billing/index.js';
import { lockContacts } from '../../conversations/index.js';
import { type WorkspaceTransaction, newId, sql } from '../../platform/database/index.js';
import { LeadSource } from '../enums.js';
import { thisWorkspace } from '../this-workspace.js';
import type { Capture } from './capture-lead.js';
import type { LeadDetails } from './clean-details.js';

interface Found {
  readonly id: string;
  readonly blocked: boolean;
  /** Whether they are met on a channel: what a form says is then not added to what is known of them. */
  readonly met: boolean;
}

/**
 * Whose a lead is. Nobody has proved what stands in a form, so it is joined to those alone who are known by forms too and
 * gave the same address there; where a person has made such a contact one with somebody on a channel, to that one. Anybody
 * else becomes a contact of their own, and whether the two are one is for a person to say.
 */
@Injectable()
export class LeadContacts {
  constructor(private readonly entitlements: Entitlements) {}

  /** Participant. Throws NOT_FOUND where a contact is named that is not here. */
  async of(tx: WorkspaceTransaction, capture: Capture, details: LeadDetails): Promise<Pick<Found, 'id' | 'blocked'>> {
    if (capture.contactId !== null && capture.contactId !== undefined) {
      const [contact] = await lockContacts(tx, [capture.contactId]);
      if (contact !== undefined) return contact;
    }
    const found = await find(tx, details);
    if (found === null) {
      // Whoever writes to the business is always let in; only what people write down here needs room.
      if ((capture.by ?? null) !== null) await this.entitlements.use(tx, UsageMetric.CONTACTS);
      return { id: await make(tx, capture, details), blocked: false };
    }
    await touch(tx, capture, details, found);
    return found;
  }
}

/** By the address; by the number where no address was given. What somebody wrote in a chat is no address of a form. */
function find(tx: WorkspaceTransaction, { email, phone }: LeadDetails): Promise<Found | null> {
  if (email === null && phone === null) return Promise.resolve(null);
  const same = email === null ? sql`l.phone = ${phone} and l.email is null` : sql`l.email = ${email}`;
  // What is alike is found first and put in order after (offset 0): for the order's sake all leads would be walked.
  return tx.first<Found>(sql`
    select k.id, k.blocked,
           exists (select from contact_identities i where i.workspace_id = k.workspace_id and i.contact_id = k.id) as met
      from (select l.id, l.contact_id from leads l
             where l.workspace_id = ${thisWorkspace(tx)} and ${same} and l.source <> ${LeadSource.CHAT} offset 0) as l
      join contacts k on k.workspace_id = ${thisWorkspace(tx)} and k.id = l.contact_id
     where k.merged_into is null
     order by l.id limit 1`);
}

async function make(tx: WorkspaceTransaction, { at, answerOnly }: Capture, details: LeadDetails): Promise<string> {
  const { name, email, phone } = details;
  const id = newId();
  const seen = sql`least(coalesce(${at ?? null}::timestamptz, now()), now())`;
  await tx.execute(sql`
    insert into contacts (workspace_id, id, name, emails, phones, answer_only, first_seen_at, last_seen_at)
    values (${tx.workspaceId}, ${id}, ${name}, ${email === null ? [] : [email]}::text[], ${phone === null ? [] : [phone]}::text[],
            ${answerOnly ?? false}, ${seen}, ${seen})`);
  return id;
}

async function touch(
  tx: WorkspaceTransaction,
  { at, answerOnly }: Capture,
  { name, phone }: LeadDetails,
  { id, met }: Found,
): Promise<void> {
  const phones = phone === null || met ? [] : [phone];
  await tx.execute(sql`
    update contacts
       set last_seen_at = greatest(last_seen_at, least(coalesce(${at ?? null}::timestamptz, now()), now())),
           name = case when ${met} then name else coalesce(name, ${name}::text) end,
           phones = case when cardinality(phones) < 20 and not phones @> ${phones}::text[] then phones || ${phones}::text[] else phones end,
           answer_only = answer_only and ${answerOnly ?? false}
     where workspace_id = ${tx.workspaceId} and id = ${id}`);
}
