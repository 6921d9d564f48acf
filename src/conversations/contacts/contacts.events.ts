/** Contacts turned out to be one person. Announced in the transaction that moves what is theirs to the one that is kept. */
export class ContactsMerged {
  constructor(
    readonly keptId: string,
    readonly mergedIds: readonly string[],
  ) {}
}

/** A merge was taken back: the contacts stand for themselves again, with what was theirs. */
export class ContactsUnmerged {
  constructor(
    readonly keptId: string,
    readonly restoredIds: readonly string[],
  ) {}
}
