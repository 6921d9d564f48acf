import { Injectable } from '@nestjs/common';
import { FindSubject, type Named, addressName } from '../../conversations/index.js';
import { FindLeads, type FoundLeads } from '../../leads/index.js';
import type { WorkspaceTransaction } from '../../platform/database/index.js';
import type { Subject } from '../../platform/personal-data/index.js';

/** Whose data is to go: people with all that they wrote and sent in, one conversation, or one lead. */
export type ErasedSubject =
  | { readonly scope: 'CONTACT'; readonly contactIds: readonly string[] }
  | { readonly scope: 'CONVERSATION'; readonly conversationId: string; readonly withLeads: boolean }
  | { readonly scope: 'LEAD'; readonly leadId: string };

/** A subject, found. */
export interface FoundSubject {
  readonly subject: Subject;
  /** The contacts of whom a legal hold would keep it. */
  readonly heldBy: readonly string[];
  /** What is not to come back by a late delivery: addresses of people, and submissions by what their source calls them. */
  readonly names: readonly Named[];
}

/** Finds all that an erasure is of, in every module that knows it by an id of its own. */
@Injectable()
export class FindErased {
  constructor(
    private readonly subjects: FindSubject,
    private readonly leads: FindLeads,
  ) {}

  /** Participant. Throws NOT_FOUND for what is not here. */
  async of(tx: WorkspaceTransaction, what: ErasedSubject): Promise<FoundSubject> {
    if (what.scope === 'CONVERSATION') return this.conversation(tx, what.conversationId, what.withLeads);
    if (what.scope === 'LEAD') return this.lead(tx, what.leadId);
    const subject = await this.subjects.contact(tx, what.contactIds);
    return this.people(tx, subject);
  }

  /** Participant. People with the leads that they sent in. */
  async people(tx: WorkspaceTransaction, subject: Subject): Promise<FoundSubject> {
    const leads = await this.leads.ofContacts(tx, subject.contactIds);
    const { addresses = [], names = [], words = [], ...rest } = subject.traces ?? {};
    const traces = { ...rest, addresses, names: union(names, leads.names), words: union(words, leads.words) };
    const met = traces.names.filter(isAddress).map(addressName);
    return {
      subject: { ...subject, leadIds: leads.leadIds, traces },
      heldBy: subject.contactIds,
      names: [...addresses, ...leads.submissions, ...met],
    };
  }

  private async conversation(tx: WorkspaceTransaction, id: string, withLeads: boolean): Promise<FoundSubject> {
    const { heldBy, ...subject } = await this.subjects.conversation(tx, id);
    const leads = withLeads ? await this.leads.ofConversations(tx, subject.conversationIds) : null;
    return {
      subject: { ...subject, ...(leads !== null && { leadIds: leads.leadIds }) },
      heldBy,
      names: [...(subject.traces?.addresses ?? []), ...(leads?.submissions ?? [])],
    };
  }

  /** Who is known by this lead alone goes with it. */
  private async lead(tx: WorkspaceTransaction, id: string): Promise<FoundSubject> {
    const { contactId, alone, ...leads } = await this.leads.one(tx, id);
    if (!alone) return { subject: onlyLead(leads), heldBy: [contactId], names: leads.submissions };
    const found = await this.people(tx, await this.subjects.contact(tx, [contactId]));
    return { ...found, subject: { ...found.subject, scope: 'LEAD' } };
  }
}

function onlyLead({ leadIds }: FoundLeads): Subject {
  return { scope: 'LEAD', contactIds: [], conversationIds: [], leadIds, channelIds: [], memberIds: [] };
}

/** A handle is known by its channel; only what people are written to at is met elsewhere too. */
function isAddress(name: string): boolean {
  return name.includes('@') ? /^[^\s:@]+@[^\s@]+$/u.test(name) : /^[+\d\s()./-]{4,}$/u.test(name);
}

function union(one: readonly string[], other: readonly string[]): string[] {
  return [...new Set([...one, ...other])];
}
