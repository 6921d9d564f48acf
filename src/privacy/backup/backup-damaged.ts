/** A backup cannot be trusted, and why, in words. */
export class BackupDamaged extends Error {}
