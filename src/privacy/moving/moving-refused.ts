/** A workspace cannot leave or come, and why, in words. Nothing was changed. */
export class MovingRefused extends Error {}
