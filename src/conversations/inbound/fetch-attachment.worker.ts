import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Channels, type MediaSource } from '../../channels/index.js';
import { type WorkspaceTransaction, Workspaces, sql } from '../../platform/database/index.js';
import { FileRoom, FileStore, NoRoomForFile, TakeFile } from '../../platform/files/index.js';
import { LiveFeed } from '../../platform/live/index.js';
import { type Again, type Job, Queues, type Worker } from '../../platform/queue/index.js';
import { Secrets } from '../../platform/secrets/index.js';
import { TellRoomForFiles } from '../tell-room-for-files.js';

const lastTry = 5;
const againSeconds = 3_600;
/** Platforms keep what was sent for days at least. */
const mostWaitDays = 7;
const waitsForRoom = 'There is no room for it. It is fetched as soon as there is.';
const foundNoRoom = 'There was no room for it for a week.';

interface Waiting {
  readonly channelId: string;
  readonly source: Buffer;
  readonly name: string | null;
  readonly conversationId: string;
  readonly messageId: string;
  readonly waitedTooLong: boolean;
}

/** Downloads what a customer sent while the platform still has it. */
@Injectable()
export class FetchAttachmentWorker implements Worker, OnModuleInit {
  readonly kind = 'fetch-attachment';
  readonly concurrency = 4;
  readonly maxSeconds = 120;

  constructor(
    private readonly queues: Queues,
    private readonly workspaces: Workspaces,
    private readonly channels: Channels,
    private readonly taking: TakeFile,
    private readonly files: FileStore,
    private readonly room: FileRoom,
    private readonly roomNews: TellRoomForFiles,
    private readonly secrets: Secrets,
    private readonly feed: LiveFeed,
  ) {}

  onModuleInit(): void {
    this.queues.register(this);
  }

  async run(job: Job): Promise<Again | undefined> {
    try {
      return await this.fetch(job);
    } catch (error) {
      if (error instanceof NoRoomForFile) return this.waitForRoom(job);
      throw error;
    }
  }

  private async fetch(job: Job): Promise<undefined> {
    const opened = await this.workspaces.run(job.workspaceId, (tx) => this.open(tx, job.rowId));
    if (opened === null) return undefined;
    const { waiting, source, channel } = opened;
    if (channel === null) return this.end(job, waiting, 'GONE');
    const { adapter, capabilities } = this.channels.definitionOf(channel.kind);
    const fetched = await adapter.fetchMedia(channel, source, capabilities.maxAttachmentBytes, job.signal);
    if (fetched.kind === 'retry' && job.attempt < lastTry) throw new Error(fetched.reason);
    if (fetched.kind !== 'fetched') return this.end(job, waiting, fetched.kind === 'refused' ? 'REFUSED' : 'GONE');
    const taken = await this.taking.run(job.workspaceId, fetched.body, waiting.name ?? fetched.name);
    if (taken.kind === 'refused') return this.end(job, waiting, 'REFUSED', taken.reason);
    const { file } = taken;
    const keep = async (tx: WorkspaceTransaction): Promise<boolean> => {
      const still = await tx.first(sql`
        select id from attachments
         where workspace_id = ${tx.workspaceId} and id = ${job.rowId} and status = 'FETCHING' for update`);
      if (still === null) return false;
      await this.files.register(tx, file);
      await this.roomNews.tell(tx);
      await tx.execute(sql`
        update attachments set status = 'READY', file_id = ${file.id}, content_type = ${file.contentType}, size = ${file.size},
                               name = ${file.name}, source = null, trouble = null, waits_since = null
         where workspace_id = ${tx.workspaceId} and id = ${job.rowId}`);
      this.tell(tx, waiting);
      return true;
    };
    const kept = await this.files.orDiscard(job.workspaceId, file, () => this.workspaces.run(job.workspaceId, keep));
    // The message was taken back while we fetched: its file goes too.
    if (!kept) await this.files.remove(job.workspaceId, file.id);
    return undefined;
  }

  private waitingOf(tx: WorkspaceTransaction, id: string): Promise<Waiting | null> {
    return tx.first<Waiting>(sql`
      select m.channel_id as "channelId", a.source, a.name, m.conversation_id as "conversationId", a.message_id as "messageId",
             coalesce(a.waits_since < now() - make_interval(days => ${mostWaitDays}), false) as "waitedTooLong"
        from attachments a join messages m on m.workspace_id = a.workspace_id and m.id = a.message_id
       where a.workspace_id = ${tx.workspaceId} and a.id = ${id} and a.status = 'FETCHING' and a.source is not null`);
  }

  private async open(tx: WorkspaceTransaction, id: string) {
    const waiting = await this.waitingOf(tx, id);
    if (waiting === null) return null;
    await this.room.require(tx, 1);
    const source = JSON.parse(
      await this.secrets.decrypt(tx, { table: 'attachments', column: 'source', row: id }, waiting.source),
    ) as MediaSource;
    const channel = await this.channels.openChannel(tx, waiting.channelId, {
      purpose: 'PULL',
      cause: `attachment ${id}`,
    });
    return { waiting, source, channel };
  }

  private async end(
    job: Job,
    waiting: Waiting,
    status: 'GONE' | 'REFUSED',
    trouble: string | null = null,
  ): Promise<undefined> {
    await this.workspaces.run(job.workspaceId, async (tx) => {
      await tx.execute(sql`
        update attachments set status = ${status}, source = null, trouble = ${trouble}
         where workspace_id = ${tx.workspaceId} and id = ${job.rowId} and status = 'FETCHING'`);
      this.tell(tx, waiting);
    });
    return undefined;
  }

  /** Where it is stays known, and it is asked for again: somebody may make room. */
  private async waitForRoom(job: Job): Promise<Again | undefined> {
    const waiting = await this.workspaces.run(job.workspaceId, async (tx) => {
      const found = await this.waitingOf(tx, job.rowId);
      if (found === null || found.waitedTooLong) return found;
      const changed = await tx.execute(sql`
        update attachments set trouble = ${waitsForRoom}, waits_since = now()
         where workspace_id = ${tx.workspaceId} and id = ${job.rowId} and waits_since is null`);
      if (changed > 0) this.tell(tx, found);
      await this.roomNews.tell(tx);
      return found;
    });
    if (waiting === null) return undefined;
    return waiting.waitedTooLong ? this.end(job, waiting, 'REFUSED', foundNoRoom) : { afterSeconds: againSeconds };
  }

  private tell(tx: WorkspaceTransaction, { messageId, conversationId }: Waiting): void {
    this.feed.append(tx, { kind: 'MessageChanged', ids: [messageId], conversationId });
  }
}
