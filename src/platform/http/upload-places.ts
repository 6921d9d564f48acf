/** What an upload counts towards, and how many of it may be under way at once. The first is the caller's own. */
export interface Share {
  readonly of: string;
  readonly most: number;
}

interface Waiting {
  readonly shares: readonly Share[];
  readonly answer: (given: boolean) => void;
}

/** How many bodies are held in memory at once, and how many callers may wait for one to end. */
export interface UploadLimits {
  readonly places: number;
  readonly waiting: number;
  readonly waitingOfOne: number;
  readonly waitMilliseconds: number;
}

/**
 * The places of uploads: so many at once, of one caller only its share. Who comes too many waits for a place with nothing
 * of the body read, so a member's ten photos come one after the other and need not be sent again.
 */
export class UploadPlaces {
  private taken = 0;
  private readonly held = new Map<string, number>();
  private readonly waiting = new Set<Waiting>();

  constructor(private readonly limits: UploadLimits) {}

  /** How many are under way. */
  get underWay(): number {
    return this.taken;
  }

  /** A place; give it back with `give`. False where none came free, or where too many wait already. */
  async take(shares: readonly Share[], gone: AbortSignal): Promise<boolean> {
    if (this.fits(shares)) {
      this.hold(shares, 1);
      return true;
    }
    const own = shares[0]?.of;
    const ofOne = [...this.waiting].filter((one) => one.shares[0]?.of === own).length;
    if (this.waiting.size >= this.limits.waiting || ofOne >= this.limits.waitingOfOne || gone.aborted) return false;
    return new Promise<boolean>((resolve) => {
      const waiting: Waiting = {
        shares,
        answer: (given) => {
          clearTimeout(timer);
          this.waiting.delete(waiting);
          resolve(given);
        },
      };
      const timer = setTimeout(() => waiting.answer(false), this.limits.waitMilliseconds).unref();
      gone.addEventListener('abort', () => waiting.answer(false), { once: true });
      this.waiting.add(waiting);
    });
  }

  /** Gives a place back, to the first who waits and whose share is not used up. */
  give(shares: readonly Share[]): void {
    this.hold(shares, -1);
    for (const one of this.waiting) {
      if (!this.fits(one.shares)) continue;
      this.hold(one.shares, 1);
      one.answer(true);
    }
  }

  private fits(shares: readonly Share[]): boolean {
    return this.taken < this.limits.places && shares.every(({ of, most }) => (this.held.get(of) ?? 0) < most);
  }

  private hold(shares: readonly Share[], by: 1 | -1): void {
    this.taken += by;
    for (const { of } of shares) {
      const now = (this.held.get(of) ?? 0) + by;
      if (now === 0) this.held.delete(of);
      else this.held.set(of, now);
    }
  }
}
