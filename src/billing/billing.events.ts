/** What a workspace may has changed: what stands over it is frozen, what has room again thaws. Told in the transaction of the change. */
export class EntitlementsChanged {
  constructor(readonly workspaceId: string) {}
}
