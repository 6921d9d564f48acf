/** A zip cannot be trusted, and why, in words. */
export class ZipDamaged extends Error {}
