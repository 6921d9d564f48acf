import type { ImapFlow } from 'imapflow';

/** Whether a mailbox has something new to say, or its connection nothing any more. */
export class MailNews {
  private came = false;
  private tell: (() => void) | null = null;

  constructor(
    client: ImapFlow,
    private readonly signal: AbortSignal,
  ) {
    const note = () => {
      this.came = true;
      this.tell?.();
    };
    client.on('exists', note);
    client.on('close', note);
    signal.addEventListener('abort', note, { once: true });
  }

  /** Whatever was told so far is looked at now. */
  seen(): void {
    this.came = this.signal.aborted;
  }

  /** Whether something is told within so long; at once where it was told already. */
  within(milliseconds: number): Promise<boolean> {
    if (this.came) return Promise.resolve(true);
    return new Promise((fulfil) => {
      const timer = setTimeout(() => fulfil(false), milliseconds);
      this.tell = () => {
        clearTimeout(timer);
        fulfil(true);
      };
    });
  }
}
