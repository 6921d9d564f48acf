/** A workspace came into being; told inside its transaction, so that modules can add what each workspace starts with. */
export class WorkspaceCreated {
  constructor(readonly workspaceId: string) {}
}
