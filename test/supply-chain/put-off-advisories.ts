export interface PutOff {
  /** Such as `GHSA-xxxx-xxxx-xxxx`. */
  readonly id: string;
  /** The day on which it was first seen; seven days later it fails the checks again. */
  readonly seen: string;
  /** Why Parley is not hurt meanwhile. */
  readonly reason: string;
}

/** Advisories that are known and waited with, at most seven days each (docs/supply-chain.md). */
export const putOffAdvisories: readonly PutOff[] = [];
