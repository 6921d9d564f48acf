import { Injectable } from '@nestjs/common';
import { lockContacts } from '../../conversations/index.js';
import type { MemberActor, RequestOrigin } from '../../platform/access/index.js';
import { AuditLog } from '../../platform/audit/index.js';
import { Workspaces, cleanInput, cleanJson } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { checkHints } from './check-hints.js';
import { PrivacyRequestOrigin } from './enums.js';
import { findSubject } from './find-subject.js';
import type { OpenPrivacyRequestInput } from './open-privacy-request.input.js';
import { PrivacyRequests } from './privacy-requests.js';
import { rectificationOf } from './rectification.js';
import { RequestNotices } from './request-notices.js';
import type { RequestRow } from './request.row.js';

const longestNote = 10_000;
const longestJson = 20_000;

/** A member writes down what somebody asked for, on the phone or in a conversation. */
@Injectable()
export class OpenPrivacyRequest {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly requests: PrivacyRequests,
    private readonly notices: RequestNotices,
    private readonly audit: AuditLog,
  ) {}

  run(member: MemberActor, origin: RequestOrigin, input: OpenPrivacyRequestInput): Promise<RequestRow> {
    const { contactId, ...others } = input.subject;
    const given = checkHints(others);
    if (contactId == null && Object.keys(given).length === 0)
      throw badInput('subject', 'Say by what they can be found: one thing is enough.', 'SUBJECT_MISSING');
    const note = checkNote(input.note);
    const rectification = checkRectification(input.rectification);
    return this.workspaces.run(member.workspaceId, async (tx) => {
      // An id that is none of ours is refused; other hints may find nobody, and then a member says whom.
      const [contact] = contactId == null ? [] : await lockContacts(tx, [contactId]);
      const hints = contact === undefined ? given : { ...given, contactId: contact.id };
      const found = contact === undefined ? await findSubject(tx, given) : [contact];
      const row = await this.requests.open(tx, {
        kind: input.kind,
        origin: PrivacyRequestOrigin.DASHBOARD,
        hints,
        contactIds: found.length === 1 ? found.map(({ id }) => id) : [],
        replyTo: hints.email ?? null,
        note,
        rectification,
        onBehalfOf: input.onBehalfOf === true,
        minor: input.minor === true,
      });
      await this.notices.tell(tx, row, 'received');
      this.audit.record(tx, {
        actor: member,
        action: 'privacy-request.open',
        target: row.id,
        origin,
        detail: { kind: row.kind },
      });
      return row;
    });
  }
}

/** What somebody wrote; null where it was nothing. */
export function checkNote(given: string | null | undefined): string | null {
  const note = cleanInput(given ?? '');
  if (note.length > longestNote)
    throw badInput('note', `Use at most ${String(longestNote)} characters.`, 'TOO_LONG', { most: String(longestNote) });
  return note === '' ? null : note;
}

/** What is to be put right, as it may be kept. */
export function checkRectification(given: unknown): unknown {
  if (given === undefined || given === null) return null;
  const clean = cleanJson(given);
  if (JSON.stringify(clean).length > longestJson)
    throw badInput('rectification', 'This is too much at once.', 'RECTIFY_LESS');
  rectificationOf(clean);
  return clean;
}
