import { Injectable } from '@nestjs/common';
import type { MemberActor } from '../../platform/access/index.js';
import { Workspaces, cleanInput, newId, sql } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { Outbox } from '../../platform/outbox/index.js';
import { lockLead } from '../lead.loader.js';
import type { LeadRow } from '../lead.row.js';
import { NoteActivity } from '../note-activity.js';
import { remindOfLead } from './remind.worker.js';

const longestText = 500;
const longestWait = 5 * 366 * 86_400_000;

/** A member wants to be reminded of a lead, or does not any more. One reminder for each member and lead. */
@Injectable()
export class SetReminder {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly outbox: Outbox,
    private readonly activity: NoteActivity,
    private readonly feed: LiveFeed,
  ) {}

  /** Sets it; one that was set is moved. */
  async set(
    { workspaceId, memberId }: MemberActor,
    leadId: string,
    at: Date,
    given: string | null | undefined,
  ): Promise<LeadRow> {
    const text = checkText(given);
    checkTime(at);
    return this.workspaces.run(workspaceId, async (tx) => {
      const lead = await lockLead(tx, leadId);
      const set = await tx.first<{ id: string }>(sql`
        insert into lead_reminders (workspace_id, id, lead_id, member_id, due_at, text)
        values (${workspaceId}, ${newId()}, ${lead.id}, ${memberId}, ${at}, ${text})
        on conflict (workspace_id, lead_id, member_id) do update set due_at = excluded.due_at, text = excluded.text, told_at = null
        returning id`);
      if (set === null) throw new Error('An insert gave no row.');
      this.outbox.schedule(tx, remindOfLead, set.id, at);
      await this.activity.add(tx, {
        leadId: lead.id,
        kind: 'REMINDER',
        memberId,
        aboutId: memberId,
        value: at.toISOString(),
        text,
      });
      this.feed.append(tx, { kind: 'LeadChanged', ids: [lead.id] });
      return lead;
    });
  }

  /** Takes one's own back, or says that it is done; where there is none nothing happens. */
  async clear({ workspaceId, memberId }: MemberActor, leadId: string): Promise<LeadRow> {
    return this.workspaces.run(workspaceId, async (tx) => {
      const lead = await lockLead(tx, leadId);
      const cleared = await tx.first<{ id: string }>(sql`
        delete from lead_reminders where workspace_id = ${workspaceId} and lead_id = ${lead.id} and member_id = ${memberId} returning id`);
      if (cleared === null) return lead;
      await this.outbox.cancel(tx, remindOfLead, cleared.id);
      await this.activity.add(tx, { leadId: lead.id, kind: 'REMINDER_CLEARED', memberId, aboutId: memberId });
      this.feed.append(tx, { kind: 'LeadChanged', ids: [lead.id] });
      return lead;
    });
  }
}

function checkText(given: string | null | undefined): string | null {
  const text = cleanInput(given ?? '');
  if (text.length > longestText)
    throw badInput('text', `At most ${String(longestText)} characters, please.`, 'TOO_LONG', {
      most: String(longestText),
    });
  return text === '' ? null : text;
}

function checkTime(at: Date): void {
  const wait = at.getTime() - Date.now();
  if (!(wait > 0)) throw badInput('at', 'Choose a time that lies ahead.', 'SNOOZE_AHEAD');
  if (wait > longestWait) throw badInput('at', 'Choose a time within five years.', 'REMINDER_FAR');
}
