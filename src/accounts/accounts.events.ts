/** A workspace came into being; told inside its transaction, so that modules can add what each workspace starts with. */
export class WorkspaceCreated {
  constructor(readonly workspaceId: string) {}
}

/**
 * A workspace was deleted: told inside the transaction from which on nobody belongs to it any more. Its rows go afterwards;
 * who has to say farewell elsewhere schedules that here and registers the work with `Farewells`.
 */
export class WorkspaceDeleted {
  constructor(readonly workspaceId: string) {}
}

/** The last row of a deleted workspace is gone: told inside the transaction in which it goes. Its record stays. */
export class WorkspaceErased {
  constructor(readonly deletionId: string) {}
}

/** Somebody does not belong to a workspace any more: told inside the transaction that ends the membership. */
export class MembershipEnded {
  constructor(
    readonly memberId: string,
    readonly userId: string,
  ) {}
}

/** A member has another role: told inside the transaction that gives it. */
export class RoleChanged {
  constructor(readonly memberId: string) {}
}

/** Something that is not kept any longer is removed: told inside the transaction in which it goes. */
export class AgedRemoved {
  /** How much, by what it was. */
  constructor(readonly gone: Readonly<Record<string, number>>) {}
}
