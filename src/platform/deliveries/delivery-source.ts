/** A webhook call as received. */
export interface Delivery {
  readonly id: string;
  readonly receivedAt: Date;
  readonly body: Buffer;
  /** 1 for the first try; from the second on it is applied alone. */
  readonly attempt: number;
}

/** A part of a delivery that could not be applied: kept with its reason, and shown, while the rest went on. */
export interface SetAside {
  readonly deliveryId: string;
  /** Whose it is, where that is known. */
  readonly workspaceId: string | null;
  /** Why, in words without content. */
  readonly reason: string;
  /** The part itself; it is stored encrypted, in the provider's form, so that it can be applied later. */
  readonly body: Buffer;
}

/** What came of a batch: `failed` deliveries are tried again, everything else is done. */
export interface Applied {
  readonly failed: ReadonlyMap<string, unknown>;
  readonly setAside: readonly SetAside[];
}

/** Takes the deliveries of one provider. Applying the same delivery twice must change nothing the second time. */
export interface DeliverySource {
  readonly provider: string;
  apply(batch: readonly Delivery[]): Promise<Applied>;
}
