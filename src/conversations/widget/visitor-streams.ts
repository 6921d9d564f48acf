import { Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DomainError, ErrorCode } from '../../platform/errors/index.js';
import { LiveHub, cursorOf } from '../../platform/live/index.js';
import { describeError } from '../../platform/logging/index.js';
import { ActivityBoard } from '../inbox/activity-board.js';
import { StreamCursors } from './stream-cursors.js';
import { StreamEntry } from './stream-entry.js';
import { type ThreadEvent, ThreadEvents } from './thread-events.js';
import { VisitorStream } from './visitor-stream.js';
import { VisitorSignals } from './visitor-signals.js';
import type { PresentVisitor } from './visitors.js';

/** Pages of one visitor, and of everybody, that one process streams to. */
const mostOfOne = 4;
const mostOfAll = 2_000;
const beatMilliseconds = 15_000;
/** Every so many beats it is asked whether the visitor is still let in. */
const checkEvery = 4;

/** The open streams of this process. */
@Injectable()
export class VisitorStreams implements BeforeApplicationShutdown {
  private readonly logger = new Logger('VisitorStreams');
  private readonly streams = new Set<VisitorStream>();

  constructor(
    private readonly entry: StreamEntry,
    private readonly hub: LiveHub,
    private readonly board: ActivityBoard,
    private readonly events: ThreadEvents,
    private readonly cursors: StreamCursors,
    private readonly signals: VisitorSignals,
  ) {}

  /** Answers with a stream that stays open. What was missed since `lastEventId` comes first. */
  async open(present: PresentVisitor, token: string, lastEventId: string | null, reply: FastifyReply): Promise<void> {
    const { visitor, chat } = present;
    const own = [...this.streams].filter((stream) => stream.visitorId === visitor.id);
    if (this.streams.size >= mostOfAll)
      throw new DomainError(ErrorCode.UNAVAILABLE, 'The server is busy. Try again in a moment.', { retryAfter: 15 });
    // A page that was closed may not have been noticed yet: the newest counts.
    if (own.length >= mostOfOne) own[0]?.end();
    const after = await this.placeOf(present, lastEventId);
    const stream = new VisitorStream(visitor.id, reply, this.cursors, (until) => {
      this.signals.seen(present, 'DELIVERED', until).catch((error: unknown) => this.warn(error));
    });
    this.streams.add(stream);
    let beats = 0;
    const look = async () => {
      beats += 1;
      stream.beat();
      if (beats % checkEvery === 0 && !(await this.entry.stands(token))) stream.end();
      else if (!stream.joined) await this.join(present, stream, after);
    };
    const beat = setInterval(() => void look().catch((error: unknown) => this.fail(stream, error)), beatMilliseconds);
    stream.onEnd(() => {
      clearInterval(beat);
      this.streams.delete(stream);
    });
    stream.onEnd(this.entry.followTeam(chat.workspaceId, (online) => stream.online(online)));
    await this.join(present, stream, after).catch((error: unknown) => this.fail(stream, error));
    this.logger.debug({ channelId: chat.channelId }, 'A visitor listens.');
  }

  /** A visitor has written for the first time: their streams have a thread to follow. */
  begun(present: PresentVisitor): void {
    for (const stream of this.streams) if (stream.visitorId === present.visitor.id) stream.wake();
  }

  beforeApplicationShutdown(): void {
    for (const stream of [...this.streams]) stream.end();
  }

  /** The change after which the stream goes on. Throws CURSOR_EXPIRED for a place that is too old, or none. */
  private async placeOf({ visitor, chat }: PresentVisitor, lastEventId: string | null): Promise<number> {
    if (lastEventId === null || lastEventId === '') return this.entry.position(chat.workspaceId);
    const seq = this.cursors.open(visitor.id, lastEventId);
    if (seq === null)
      throw new DomainError(
        ErrorCode.CURSOR_EXPIRED,
        'This place was not given to this visitor. Load the messages again.',
      );
    return (await this.hub.startAfter(chat.workspaceId, cursorOf(seq))) ?? seq;
  }

  private async join(present: PresentVisitor, stream: VisitorStream, after: number): Promise<void> {
    const { workspaceId } = present.chat;
    const conversationId = await this.entry.conversationOf(present);
    if (stream.joined || stream.ended) return;
    if (conversationId === null) {
      stream.onWake(() => void this.join(present, stream, after).catch((error: unknown) => this.fail(stream, error)));
      return;
    }
    stream.joined = true;
    const leave = await this.hub.join(
      {
        member: { workspaceId, memberId: null },
        conversationId,
        group: `visitors of ${conversationId}`,
        make: (event) => this.events.of(workspaceId, conversationId, event),
        send: (event) => stream.send(event as ThreadEvent),
        fail: (error) => this.fail(stream, error),
      },
      after,
      (seq) => Promise.resolve(stream.reached(seq)),
    );
    const hush = this.board.watch(workspaceId, conversationId, ({ memberId, typing }) => {
      if (memberId !== null) stream.typing(typing);
    });
    stream.onEnd(() => {
      leave();
      hush();
    });
  }

  private fail(stream: VisitorStream, error: unknown): void {
    this.warn(error);
    // The page opens another one, and goes on from where it was.
    stream.end();
  }

  private warn(error: unknown): void {
    this.logger.warn(`A visitor's stream is in trouble: ${describeError(error)}`);
  }
}
