import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { type OpenWebChat, WebChats } from '../../channels/index.js';
import { type Sql, type WorkspaceTransaction, Workspaces, newId, sql } from '../../platform/database/index.js';

/** Somebody who has a chat open, in one browser. */
export interface Visitor {
  readonly id: string;
  /** What they are called among the addresses of contacts: their own id here, or the site's once it has proved it. */
  readonly address: string;
  readonly proven: boolean;
  readonly name: string | null;
  readonly email: string | null;
  /** Whether the site has signed name and address too. */
  readonly detailsProven: boolean;
  /** The page that the session was made for, where the browser told it. */
  readonly origin: string | null;
}

/** A visitor, in the chat that their token is for. */
export interface PresentVisitor {
  readonly chat: OpenWebChat;
  readonly visitor: Visitor;
}

const columns: Sql = sql`id, address, proven, name, email, details_proven as "detailsProven", origin`;
const idleDays = 365;
const silentDays = 2;

/** Visitors and their tokens: 256 bits, of which only the hash is kept, after the key of the chat that they are for. */
@Injectable()
export class Visitors {
  constructor(
    private readonly chats: WebChats,
    private readonly workspaces: Workspaces,
  ) {}

  /** Whose token it is; null for one that is wrong, given up, or of a chat that is no more. */
  async byToken(token: string | null): Promise<PresentVisitor | null> {
    const [publicKey = '', secret = ''] = token?.split('.', 2) ?? [];
    if (!isSecret(secret)) return null;
    const chat = await this.chats.byKey(publicKey);
    const visitor = chat === null ? null : await this.inChat(chat, token);
    return chat === null || visitor === null ? null : { chat, visitor };
  }

  /** The same in a chat that is known; null also for a token of another chat. */
  async inChat(chat: OpenWebChat, token: string | null | undefined): Promise<Visitor | null> {
    const [publicKey = '', secret = '', ...more] = token?.split('.') ?? [];
    if (publicKey !== chat.settings.publicKey || !isSecret(secret) || more.length > 0) return null;
    return this.workspaces.read(chat.workspaceId, (tx) =>
      tx.first<Visitor>(sql`
        select ${columns} from visitors
         where workspace_id = ${tx.workspaceId} and token_hash = ${hashOf(secret)} and channel_id = ${chat.channelId}`),
    );
  }

  /** A new visitor, with their token. */
  async add(
    tx: WorkspaceTransaction,
    chat: OpenWebChat,
    origin: string | null,
  ): Promise<{ readonly visitor: Visitor; readonly token: string }> {
    const id = newId();
    const secret = newSecret();
    const visitor = await tx.first<Visitor>(sql`
      insert into visitors (workspace_id, id, channel_id, token_hash, address, origin)
      values (${tx.workspaceId}, ${id}, ${chat.channelId}, ${hashOf(secret)}, ${`visitor:${id}`}, ${origin}) returning ${columns}`);
    if (visitor === null) throw new Error('A row that was just written is there.');
    return { visitor, token: `${chat.settings.publicKey}.${secret}` };
  }

  /** Gives a visitor another token; the one before opens nothing from now on. */
  async rotate(tx: WorkspaceTransaction, chat: OpenWebChat, visitorId: string): Promise<string> {
    const secret = newSecret();
    await tx.execute(sql`
      update visitors set token_hash = ${hashOf(secret)} where workspace_id = ${tx.workspaceId} and id = ${visitorId}`);
    return `${chat.settings.publicKey}.${secret}`;
  }

  /** Writes down what is known of a visitor now. */
  async describe(tx: WorkspaceTransaction, visitor: Visitor): Promise<void> {
    const { id, address, proven, name, email, detailsProven, origin } = visitor;
    await tx.execute(sql`
      update visitors set address = ${address}, proven = ${proven}, name = ${name}, email = ${email}, details_proven = ${detailsProven},
                          origin = ${origin}, last_seen_at = now()
       where workspace_id = ${tx.workspaceId} and id = ${id}`);
  }

  /** Lets go of visitors who never wrote, and of those who stayed away for a year. A few at a time. */
  async tidy(tx: WorkspaceTransaction, chat: OpenWebChat): Promise<void> {
    await tx.execute(sql`
      delete from visitors where workspace_id = ${tx.workspaceId} and id in (
        select v.id from visitors v
         where v.workspace_id = ${tx.workspaceId} and v.channel_id = ${chat.channelId}
           and v.last_seen_at < now() - make_interval(days => ${silentDays})
           and (v.last_seen_at < now() - make_interval(days => ${idleDays}) or not exists (
                 select from contact_identities i
                  where i.workspace_id = v.workspace_id and i.channel_id = v.channel_id and i.external_id = v.address))
         order by v.last_seen_at limit 200 for update skip locked)`);
  }
}

function newSecret(): string {
  return randomBytes(32).toString('base64url');
}

function isSecret(text: string): boolean {
  return /^[\w-]{43}$/.test(text);
}

function hashOf(secret: string): Buffer {
  return createHash('sha256').update(secret).digest();
}
