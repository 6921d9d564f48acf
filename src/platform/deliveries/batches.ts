import type { ClaimedDelivery } from './delivery-claims.js';

/** `mixed`: a little of each lane; `bulk`: much of a few lanes; `repeated`: what is tried again. */
type Kind = 'mixed' | 'bulk' | 'repeated';

interface Batch {
  readonly kind: Kind;
  readonly size: number;
  readonly lanes: ReadonlySet<number>;
}

const mixedAtOnce = 2;
const bulksAtOnce = 2;
// Lanes that each began a bulk while others were at work: beyond that even the quiet wait, for memory's sake.
const mostAtOnce = 6;
// One that is smaller is done at once. What comes meanwhile waits for it, so that batches stay worth their statements.
const smallBatch = 20;
/** From so many deliveries of one lane on, those of other lanes that were claimed with them do not wait for them. */
const bulkFrom = 50;

/** The batches that are being applied, and what may be claimed beside them. */
export class Batches {
  private readonly atWork = new Map<Promise<void>, Batch>();
  private nudge: () => void = () => undefined;
  /** How many have ended. */
  ended = 0;

  get none(): boolean {
    return this.atWork.size === 0;
  }

  get repeating(): boolean {
    return this.of('repeated').length > 0;
  }

  /** Whether more that is fresh may be claimed. */
  get mayClaim(): boolean {
    const mixed = this.of('mixed');
    const fresh = mixed.length + this.of('bulk').length;
    return mixed.length < mixedAtOnce && fresh < mostAtOnce && mixed.every(({ size }) => size >= smallBatch);
  }

  /** Lanes whose turn it is not: enough of them is at work already, and the others need not wait for that. */
  get full(): number[] {
    const bulks = this.of('bulk');
    return bulks.length < bulksAtOnce ? [] : [...new Set(bulks.flatMap(({ lanes }) => [...lanes]))];
  }

  /** Takes up work on a batch; `work` never rejects. */
  begin(kind: Kind, rows: readonly ClaimedDelivery[], work: Promise<void>): void {
    const ending = work.then(() => {
      this.atWork.delete(ending);
      this.ended += 1;
      this.nudge();
    });
    this.atWork.set(ending, { kind, size: rows.length, lanes: new Set(rows.map(({ lane }) => lane)) });
  }

  /** Resolves when one ends, or at `wake`. */
  async change(): Promise<void> {
    await new Promise<void>((resolve) => (this.nudge = resolve));
  }

  wake(): void {
    this.nudge();
  }

  async allEnded(): Promise<void> {
    await Promise.all(this.atWork.keys());
  }

  private of(kind: Kind): Batch[] {
    return [...this.atWork.values()].filter((batch) => batch.kind === kind);
  }
}

/** A claim as batches: who was sent little goes ahead of who was sent much. */
export function batchesOf(rows: readonly ClaimedDelivery[]): [kind: Kind, rows: readonly ClaimedDelivery[]][] {
  const lanes = Map.groupBy(rows, ({ lane }) => lane);
  const isBulk = ({ lane }: ClaimedDelivery) => (lanes.get(lane)?.length ?? 0) >= bulkFrom;
  const parts: [Kind, readonly ClaimedDelivery[]][] = [
    ['mixed', rows.filter((row) => !isBulk(row))],
    ['bulk', rows.filter(isBulk)],
  ];
  return parts.filter(([, part]) => part.length > 0);
}
