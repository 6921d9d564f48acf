import type { FastifyReply } from 'fastify';
import type { StreamCursors } from './stream-cursors.js';
import type { ThreadEvent } from './thread-events.js';

/** A reader who lets this much pile up is cut off; what they missed is there when they come back. */
const maxWaitingBytes = 1_000_000;
const remembered = 200;
const deliveredAfterMilliseconds = 50;

/** One stream of server-sent events to one page. */
export class VisitorStream {
  joined = false;
  ended = false;
  private readonly endings: (() => void)[] = [];
  private waker: (() => void) | null = null;
  private woken = false;
  /** What this page was shown of each message last, so that a change that it cannot see is not sent. */
  private readonly shown = new Map<string, string>();
  private unseen: Date | null = null;
  private typingShown = false;

  constructor(
    readonly visitorId: string,
    private readonly reply: FastifyReply,
    private readonly cursors: StreamCursors,
    private readonly delivered: (until: Date) => void,
  ) {
    const headers = {
      ...reply.getHeaders(),
      'content-type': 'text/event-stream; charset=utf-8',
      'x-accel-buffering': 'no',
    };
    reply.hijack();
    reply.raw.writeHead(200, headers as Record<string, string>);
    reply.raw.once('close', () => this.end());
    this.write('retry: 2000\n\n');
  }

  /** Calls back when the stream is over, or at once where it is. */
  onEnd(ending: () => void): void {
    if (this.ended) ending();
    else this.endings.push(ending);
  }

  /** Calls back, once, when there may be a thread to follow. */
  onWake(waker: () => void): void {
    const { woken } = this;
    this.woken = false;
    this.waker = woken ? null : waker;
    if (woken) waker();
  }

  /** Also while it is still being looked for: then it is looked for once more. */
  wake(): void {
    const { waker } = this;
    this.waker = null;
    if (waker === null) this.woken = true;
    else waker();
  }

  /** What was missed has been sent. */
  reached(seq: number): void {
    this.write(`id: ${this.cursors.seal(this.visitorId, seq)}\n\n`);
  }

  send({ seq, what, unseen }: ThreadEvent): void {
    if (what === null) return;
    const id = this.cursors.seal(this.visitorId, seq);
    if (what.name === 'erased') {
      const { messageIds, all } = what;
      this.write(`id: ${id}\nevent: erased\ndata: ${JSON.stringify({ messageIds, all })}\n\n`);
      if (all) this.end();
      return;
    }
    const data = JSON.stringify(what.message);
    const before = this.shown.get(what.message.id);
    if (before !== data) {
      const name = before === undefined ? what.name : 'message-changed';
      this.write(`id: ${id}\nevent: ${name}\ndata: ${data}\n\n`);
      this.remember(what.message.id, data);
    }
    if (unseen !== null) this.tellDelivered(unseen);
  }

  /** Somebody of the business types, or has stopped. */
  typing(typing: boolean): void {
    if (typing === this.typingShown) return;
    this.typingShown = typing;
    this.write(`event: typing\ndata: ${JSON.stringify({ typing })}\n\n`);
  }

  /** Whether anybody is there who can answer. */
  online(online: boolean): void {
    this.write(`event: online\ndata: ${JSON.stringify({ online })}\n\n`);
  }

  /** Keeps proxies from thinking that nobody is there. */
  beat(): void {
    this.write(': beat\n\n');
  }

  end(): void {
    if (this.ended) return;
    this.ended = true;
    for (const ending of this.endings.splice(0)) ending();
    this.reply.raw.end();
  }

  private remember(id: string, data: string): void {
    this.shown.delete(id);
    this.shown.set(id, data);
    if (this.shown.size > remembered) this.shown.delete(this.shown.keys().next().value ?? '');
  }

  /** Several that came together are told of at once. */
  private tellDelivered(until: Date): void {
    const first = this.unseen === null;
    if (this.unseen === null || until > this.unseen) this.unseen = until;
    if (!first) return;
    setTimeout(() => {
      const reached = this.unseen;
      this.unseen = null;
      if (reached !== null && !this.ended) this.delivered(reached);
    }, deliveredAfterMilliseconds).unref();
  }

  private write(text: string): void {
    const { raw } = this.reply;
    if (this.ended || raw.destroyed) return;
    raw.write(text);
    if (raw.writableLength > maxWaitingBytes) this.end();
  }
}
