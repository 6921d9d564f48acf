import { Injectable } from '@nestjs/common';
import { type OpenWebChat, WebChats } from '../../channels/index.js';
import { type WorkspaceTransaction, Workspaces, cleanText } from '../../platform/database/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { describeContact, joinAddress } from './visitor-contact.js';
import { VisitorFeed } from './visitor-feed.js';
import { type VisitorMessage, VisitorThreads } from './visitor-thread.js';
import { type Visitor, Visitors } from './visitors.js';
import { type SessionInput, emailText } from './widget-input.js';

/** A visitor with the token that opens their chat from now on. */
export interface Identified {
  readonly visitor: Visitor;
  readonly token: string;
}

/** A chat as it stands for the visitor who opens it. */
export interface OpenedChat extends Identified {
  readonly conversationId: string | null;
  readonly messages: readonly VisitorMessage[];
  readonly cursor: string;
}

type Claimed = NonNullable<SessionInput['identity']>;

const longest = { email: 254, name: 100 } as const;

/** Decides who a visitor is, and opens their thread: the part of a session's start inside the transaction. */
@Injectable()
export class OpenSession {
  constructor(
    private readonly workspaces: Workspaces,
    private readonly chats: WebChats,
    private readonly visitors: Visitors,
    private readonly visitorFeed: VisitorFeed,
    private readonly threads: VisitorThreads,
    private readonly feed: LiveFeed,
  ) {}

  run(
    chat: OpenWebChat,
    before: Identified | null,
    page: string | null,
    claimed: Claimed | null,
  ): Promise<OpenedChat | 'not proved'> {
    return this.workspaces.run(chat.workspaceId, async (tx) => {
      const identified = await this.identify(tx, chat, before, page, claimed);
      // Thrown by the caller, so that the opening of the secret stays written down.
      if (identified === null) return 'not proved';
      const { visitor, token } = identified;
      await this.visitors.describe(tx, visitor);
      if (before === null) await this.visitors.tidy(tx, chat);
      const thread = await this.threads.of(tx, chat, visitor);
      if (claimed !== null && thread !== null) await describeContact(tx, this.feed, chat.channelId, visitor);
      const conversationId = thread?.conversationId ?? null;
      const { messages, cursor } = await this.visitorFeed.page(tx, visitor.id, conversationId, null);
      return { visitor, token, conversationId, messages, cursor };
    });
  }

  /** Who it is from now on; null where the site's proof is not right. */
  private async identify(
    tx: WorkspaceTransaction,
    chat: OpenWebChat,
    before: Identified | null,
    page: string | null,
    claimed: Claimed | null,
  ): Promise<Identified | null> {
    if (claimed?.hash === undefined) {
      const { visitor, token } = before ?? (await this.visitors.add(tx, chat, page));
      // What is only said never stands in the place of what was proved.
      return { visitor: claimed === null || visitor.proven ? visitor : said(visitor, claimed), token };
    }
    const cause = `visitor ${before?.visitor.id ?? 'who is new'}`;
    const proof = await this.chats.prove(tx, chat, claimed, cause);
    if (proof === null) return null;
    const address = `user:${cleanText(proof.id, 200)}`;
    // Another person of the site at the same browser begins anew, and sees nothing of the one before.
    const other = before !== null && before.visitor.proven && before.visitor.address !== address;
    const kept = before === null || other ? await this.visitors.add(tx, chat, page) : before;
    const { visitor } = kept;
    if (!visitor.proven) await joinAddress(tx, chat.channelId, visitor.address, address);
    const signed = proof.email !== null || proof.name !== null;
    const details = signed
      ? { name: fitting(proof.name, longest.name), email: fittingEmail(proof.email), detailsProven: true }
      : visitor.proven && visitor.detailsProven
        ? { name: visitor.name, email: visitor.email, detailsProven: true }
        : { ...pick(said(visitor, claimed)), detailsProven: false };
    // A token that somebody may have seen before the proof opens nothing that follows from it.
    const token = visitor.proven ? kept.token : await this.visitors.rotate(tx, chat, visitor.id);
    return { visitor: { ...visitor, ...details, address, proven: true }, token };
  }
}

function said(visitor: Visitor, { name, email }: Claimed): Visitor {
  return {
    ...visitor,
    name: fitting(name, longest.name) ?? visitor.name,
    email: fittingEmail(email) ?? visitor.email,
  };
}

function pick({ name, email }: Visitor) {
  return { name, email };
}

function fitting(text: string | null | undefined, most: number): string | null {
  const clean = cleanText(text ?? '', most)
    .replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
    .trim();
  return clean === '' ? null : clean;
}

function fittingEmail(text: string | null | undefined): string | null {
  const email = fitting(text, longest.email);
  return email !== null && emailText.test(email) ? email : null;
}
