/** A legal hold was released: told inside the transaction that releases it. */
export class HoldReleased {
  constructor(readonly holdId: string) {}
}
