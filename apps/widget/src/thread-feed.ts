import type { ShownMessage } from '../../../libs/widget-protocol/index.js';
import { serverEvents } from './event-stream.js';
import { Refusal, type VisitorApi } from './visitor-api.js';

/** What comes of the thread. */
export interface FeedListener {
  message(message: ShownMessage): void;
  erased(ids: readonly string[], all: boolean): void;
  /** These are the last messages, and what was shown before is no longer true. */
  replaced(messages: readonly ShownMessage[]): void;
  typing(typing: boolean): void;
  /** Whether anybody is there who can answer; false where it is not known. */
  online(online: boolean): void;
  /** Whether there is a line to the server. */
  line(stands: boolean): void;
  /** The visitor is not let in any more. */
  over(refusal: Refusal): void;
}

const pollMilliseconds = 15_000;
/** After so many streams in a row that gave nothing it is asked instead, so many times, before a stream is tried again. */
const patientWith = 3;
const pollRounds = 8;
/** The server gives a sign every 15 s. */
const silence = 40_000;

/** Follows a thread: by a stream while there can be one, else by asking. Both know the same places, so that nothing is missed. */
export class ThreadFeed {
  private run: AbortController | null = null;
  private place: string | null = null;
  private wake: () => void = () => undefined;
  private mute = 0;

  constructor(
    private readonly api: VisitorApi,
    private readonly listener: FeedListener,
  ) {
    // The browser knows first that the line is back.
    addEventListener('online', () => {
      this.mute = 0;
      this.wake();
    });
  }

  /** Goes on from a place, or, without one, from where it was. */
  follow(place?: string): void {
    this.place = place ?? this.place;
    if (this.run !== null || this.place === null) return;
    this.run = new AbortController();
    void this.keepOn(this.run.signal);
  }

  /** Where to go on from, when it goes on. */
  restFrom(place: string): void {
    this.place = place;
  }

  stop(): void {
    this.run?.abort();
    this.run = null;
    this.wake();
  }

  private async keepOn(signal: AbortSignal): Promise<void> {
    let failures = 0;
    while (!signal.aborted) {
      try {
        const streamed = this.mute < patientWith && (await this.stream(signal));
        if (signal.aborted) return;
        if (streamed) {
          this.mute = failures = 0;
          await this.pause(1_000);
          continue;
        }
        // Something on the way may let no stream through, and single questions all the same.
        await this.ask(signal);
        failures = 0;
        this.mute = this.mute < patientWith + pollRounds ? this.mute + 1 : patientWith - 1;
        await this.pause(this.mute < patientWith ? 1_000 : pollMilliseconds);
      } catch (error) {
        if (signal.aborted) return;
        const refusal = error instanceof Refusal ? error : new Refusal(0, 'BROKEN');
        if (refusal.code === 'CURSOR_EXPIRED') await this.startOver(signal);
        else if (!refusal.passes) {
          this.run = null;
          this.listener.over(refusal);
          return;
        } else {
          this.listener.line(false);
          failures += 1;
          await this.pause((refusal.waitSeconds ?? Math.min(2 ** failures, 15)) * 1_000);
        }
      }
    }
  }

  /** Whether anything came. Throws where the visitor is not let in, or the place is too old. */
  private async stream(signal: AbortSignal): Promise<boolean> {
    const own = new AbortController();
    let timer = setTimeout(() => own.abort(), silence / 4);
    let came = false;
    const heard = () => {
      clearTimeout(timer);
      timer = setTimeout(() => own.abort(), silence);
      came = true;
      this.listener.line(true);
    };
    try {
      const body = await this.api.events(this.place, AbortSignal.any([signal, own.signal]));
      for await (const { id, name, data } of serverEvents(body, heard)) {
        this.place = id ?? this.place;
        if (name !== '') this.take(name, JSON.parse(data));
      }
    } catch (error) {
      if (error instanceof Refusal && !error.passes) throw error;
    } finally {
      clearTimeout(timer);
      this.listener.typing(false);
    }
    return came;
  }

  private async ask(signal: AbortSignal): Promise<void> {
    const { messages, erased, reset, cursor } = await this.api.thread(this.place);
    if (signal.aborted) return;
    // Only a stream says it.
    this.listener.online(false);
    this.listener.line(true);
    this.place = cursor;
    if (reset) this.listener.replaced(messages);
    else for (const message of messages) this.listener.message(message);
    if (erased.length > 0) this.listener.erased(erased, false);
  }

  private async startOver(signal: AbortSignal): Promise<void> {
    try {
      const { messages, cursor } = await this.api.thread(null);
      if (signal.aborted) return;
      this.place = cursor;
      this.listener.replaced(messages);
    } catch {
      await this.pause(5_000);
    }
  }

  private take(name: string, data: unknown): void {
    if (name === 'message' || name === 'message-changed') this.listener.message(data as ShownMessage);
    else if (name === 'typing') this.listener.typing((data as { typing: boolean }).typing);
    else if (name === 'online') this.listener.online((data as { online: boolean }).online);
    else if (name === 'erased') {
      const { messageIds, all } = data as { messageIds: readonly string[]; all: boolean };
      this.listener.erased(messageIds, all);
    }
  }

  private pause(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, milliseconds);
      this.wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
