import { Injectable } from '@nestjs/common';
import type { MailContent, OutgoingMail } from '../../channels/index.js';
import { type WorkspaceTransaction, cleanInput, sql } from '../../platform/database/index.js';
import { badInput } from '../../platform/errors/index.js';
import { OutboundRules, type Outlet } from './outbound-message.js';
import type { MessagePart } from './plan-parts.js';
import type { SendMessageInput } from './send-message.input.js';

const mostSubject = 500;
const mostCopies = 10;
const mostReferences = 20;
const address = /^[^\s\p{Cc}<>()[\]\\,;:"@]{1,64}@[^\s\p{Cc}<>()[\]\\,;:"@]{1,189}$/u;
const answered = /^(?:\s*(?:re|aw|antw|sv|vs|ynt|yan|cvp|odp|rif|res|رد)\s*(?:\[\d+\])?\s*[:：])+\s*/iu;

/** What a message says on its outside, where the channel has threads with subjects. Participants. */
@Injectable()
export class OutgoingMails {
  constructor(private readonly rules: OutboundRules) {}

  /** The outside of a message that is queued; null on channels without. Refuses what the channel cannot carry. */
  async outside(tx: WorkspaceTransaction, outlet: Outlet, input: SendMessageInput): Promise<MailContent | null> {
    const given = { subject: input.subject ?? null, cc: input.cc ?? [], bcc: input.bcc ?? [] };
    if (outlet.definition.threads !== true) {
      if (given.subject !== null)
        throw badInput('subject', 'Messages on this channel have no subject.', 'MAIL_SUBJECT');
      for (const field of ['cc', 'bcc'] as const)
        if (given[field].length > 0) throw badInput(field, 'Messages on this channel have one recipient.', 'MAIL_ONE');
      return null;
    }
    const [recipient] = (await this.rules.recipient(tx, outlet)) ?? [];
    const from = outlet.channel.externalId ?? '';
    return {
      subject: given.subject === null ? replySubject(outlet.conversation.subject) : checkedSubject(given.subject),
      from,
      to: recipient === undefined ? [] : [recipient.externalId],
      cc: checkedAddresses('cc', given.cc),
      bcc: checkedAddresses('bcc', given.bcc),
      sender: from,
      authenticated: true,
      automatic: false,
    };
  }

  /** What a message leaves with, or left with. */
  async outgoing(
    tx: WorkspaceTransaction,
    { definition, conversation }: Outlet,
    mail: MailContent | undefined,
    replyTo: string | null,
    messageId: string,
  ): Promise<{ readonly mail?: OutgoingMail }> {
    if (definition.threads !== true) return {};
    const rows = await tx.query<{ name: string; inbound: boolean }>(sql`
      select external_id as name, direction = 'INBOUND' as inbound from messages
       where workspace_id = ${tx.workspaceId} and conversation_id = ${conversation.id} and external_id is not null
         and id < ${messageId}
       order by id desc limit ${mostReferences}`);
    const last = replyTo ?? rows.find(({ inbound }) => inbound)?.name ?? rows[0]?.name;
    const earlier = rows.map(({ name }) => name).reverse();
    return {
      mail: {
        subject: mail?.subject ?? replySubject(conversation.subject),
        cc: mail?.cc ?? [],
        bcc: mail?.bcc ?? [],
        references: last === undefined ? [] : [...earlier.filter((name) => name !== last), last],
      },
    };
  }
}

/** The messages of one send, each with what it says on its outside. */
export function addressed(
  [first, ...rest]: readonly [MessagePart, ...MessagePart[]],
  mail: MailContent,
): readonly [MessagePart, ...MessagePart[]] {
  const within = (part: MessagePart) => ({ ...part, content: { ...part.content, mail } });
  return [within(first), ...rest.map(within)];
}

/** The subject of an answer: one mark, in whatever language others stood before it. */
function replySubject(subject: string | null): string {
  return `Re: ${(subject ?? '').replace(answered, '')}`.trim();
}

function checkedSubject(text: string): string {
  const subject = cleanInput(text);
  if (/[\p{Cc}\u2028\u2029]/u.test(subject)) throw badInput('subject', 'A subject has one line.', 'SUBJECT_LINE');
  if (subject.length > mostSubject)
    throw badInput(
      'subject',
      `A subject has at most ${String(mostSubject)} characters; this one has ${String(subject.length)}.`,
      'TOO_LONG',
      { most: String(mostSubject) },
    );
  return subject;
}

function checkedAddresses(field: 'cc' | 'bcc', given: readonly string[]): string[] {
  if (given.length > mostCopies)
    throw badInput(field, `At most ${String(mostCopies)} others can be sent a copy.`, 'COPIES_MANY', {
      most: String(mostCopies),
    });
  return given.map((text) => {
    const one = text.trim().toLowerCase();
    if (!address.test(one)) throw badInput(field, 'One of these is not a mail address.', 'COPY_ADDRESS');
    return one;
  });
}
