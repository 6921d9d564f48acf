const every = 4_000;

/** Tells that somebody types, seldom enough, and once that they have stopped. */
export class TypingSignal {
  private told: number | null = null;

  constructor(private readonly tell: (typing: boolean) => void) {}

  types(typing: boolean): void {
    const now = performance.now();
    if (typing ? this.told !== null && now - this.told < every : this.told === null) return;
    this.told = typing ? now : null;
    this.tell(typing);
  }

  /** What was typed is sent, which says it better. */
  sent(): void {
    this.told = null;
  }
}
