import { Injectable } from '@nestjs/common';

/** Calls to one channel's platform that one process has under way at once: half of what it can send at all. */
const maxCalls = 16;
/** A platform that lets these many calls wait this long gets no more until one of them ends. */
const maxSlowCalls = 4;
const slowMilliseconds = 3_000;

/** Keeps a platform that hangs from taking every worker's time: the channels beside it go on. */
@Injectable()
export class ChannelLanes {
  private readonly calls = new Map<string, Set<{ readonly since: number }>>();

  /** One turn; `enter` may be asked again for the same channel, `leave` ends it. */
  turn() {
    let place: { readonly since: number } | null = null;
    let channel = '';
    return {
      /** Whether a call may begin on the channel now; then it counts as under way. */
      enter: (channelId: string): boolean => {
        if (place !== null) return true;
        const calls = this.calls.get(channelId) ?? new Set();
        if (isFull(calls)) return false;
        place = { since: performance.now() };
        channel = channelId;
        this.calls.set(channelId, calls.add(place));
        return true;
      },
      leave: (): void => {
        const calls = this.calls.get(channel);
        if (place === null || calls === undefined) return;
        calls.delete(place);
        if (calls.size === 0) this.calls.delete(channel);
        place = null;
      },
    };
  }
}

function isFull(calls: ReadonlySet<{ readonly since: number }>): boolean {
  if (calls.size >= maxCalls) return true;
  const slow = [...calls].filter(({ since }) => performance.now() - since > slowMilliseconds);
  return slow.length >= maxSlowCalls;
}
