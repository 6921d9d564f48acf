import { Injectable } from '@nestjs/common';
import { type WorkspaceTransaction, sql } from '../../platform/database/index.js';
import { isJson } from '../wire/reading.js';
import type { OpenChannel } from '../channel-adapter.js';
import { Channels } from '../channels.js';
import { ChannelStatus } from '../enums.js';
import { type MailboxMarks, storedMarks } from './mailbox-marks.js';
import { MailServerError } from './mail-refusal.js';

/** A mailbox that is to be read, with how far it was read. */
export interface OpenMailbox {
  readonly channel: OpenChannel;
  readonly marks: MailboxMarks;
  /** Names this connection: one that is made anew has another token. */
  readonly version: string;
}

interface Row {
  readonly status: ChannelStatus;
  readonly frozen: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly connectedAt: number;
  readonly version: string | null;
}

/** Failures after which people are told: about a quarter of an hour. */
const toldAfter = 6;
const refusedWords =
  'The mail server does not take the password any more. Connect the mailbox again with the password that holds now.';
const troubleWords =
  'The mail server has not answered for a while. It is tried again by itself; nothing is lost meanwhile.';

/** How far mailboxes have been read, and how their servers are; kept in the channels' own rows. Participants. */
@Injectable()
export class Mailboxes {
  constructor(private readonly channels: Channels) {}

  /** Opens a mailbox to read it; null where it is not to be read. */
  async open(tx: WorkspaceTransaction, channelId: string, cause: string): Promise<OpenMailbox | 'frozen' | null> {
    const row = await this.read(tx, channelId);
    if (row === null || row.version === null || !isRead(row)) return null;
    if (row.frozen) return 'frozen';
    const channel = await this.channels.openChannel(tx, channelId, { purpose: 'PULL', cause });
    const marks = marksIn(row);
    return channel === null || marks === null ? null : { channel, marks, version: row.version };
  }

  /** Whether the mailbox is to be read still, by this connection. */
  async isWanted(tx: WorkspaceTransaction, { channel, version }: OpenMailbox): Promise<boolean> {
    const row = await this.read(tx, channel.id);
    return row !== null && row.version === version && isRead(row) && !row.frozen;
  }

  /** Writes down how far it was read. Whatever trouble there was is over. */
  async keep(tx: WorkspaceTransaction, mailbox: OpenMailbox, marks: MailboxMarks): Promise<void> {
    await this.write(tx, mailbox, { marks, failures: 0 });
    await this.channels.markWorking(tx, mailbox.channel.id);
  }

  /** The server did not answer: counts it, and tells the members after a while. Null where nobody wants to know any more. */
  async failed(tx: WorkspaceTransaction, mailbox: OpenMailbox, error: unknown): Promise<number | null> {
    const row = await this.read(tx, mailbox.channel.id);
    if (row === null || row.version !== mailbox.version || !isRead(row)) return row === null ? null : 0;
    const state = stateIn(row);
    const failures = 1 + (typeof state['failures'] === 'number' ? state['failures'] : 0);
    await this.write(tx, mailbox, { failures });
    if (failures >= toldAfter) {
      const unsafe = error instanceof MailServerError && error.trouble === 'unsafe';
      await this.channels.markTrouble(tx, mailbox.channel.id, unsafe ? error.message : troubleWords);
    }
    return failures;
  }

  /** The server does not take the password: nothing is tried until somebody connects the mailbox again. */
  async refused(tx: WorkspaceTransaction, mailbox: OpenMailbox): Promise<void> {
    const row = await this.read(tx, mailbox.channel.id);
    if (row?.version === mailbox.version) await this.channels.markExpired(tx, mailbox.channel.id, refusedWords);
  }

  private async write(tx: WorkspaceTransaction, { channel, version }: OpenMailbox, state: object): Promise<void> {
    await tx.execute(sql`
      update channels set settings = jsonb_set(settings, '{mailbox}',
               coalesce(settings -> 'mailbox', '{}'::jsonb) || ${JSON.stringify(state)}::jsonb
               || jsonb_build_object('since', extract(epoch from connected_at)::float8))
       where workspace_id = ${tx.workspaceId} and id = ${channel.id} and md5(token) = ${version}
         and not coalesce(settings -> 'mailbox', '{}'::jsonb) @> ${JSON.stringify(state)}::jsonb`);
  }

  private read(tx: WorkspaceTransaction, channelId: string): Promise<Row | null> {
    return tx.first<Row>(sql`
      select status, frozen, settings, extract(epoch from connected_at)::float8 as "connectedAt", md5(token) as version
        from channels where workspace_id = ${tx.workspaceId} and id = ${channelId}`);
  }
}

function isRead({ status }: Row): boolean {
  return status !== ChannelStatus.EXPIRED && status !== ChannelStatus.DISCONNECTED;
}

function stateIn({ settings }: Row): Readonly<Record<string, unknown>> {
  return isJson(settings['mailbox']) ? settings['mailbox'] : {};
}

/** Where reading goes on. After a disconnect it begins where the mailbox stood when it was connected again. */
function marksIn(row: Row): MailboxMarks | null {
  const state = stateIn(row);
  const kept = state['since'] === row.connectedAt ? storedMarks(state['marks']) : null;
  return kept ?? storedMarks(row.settings['marksAtConnect']);
}
