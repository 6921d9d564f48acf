/** What a person is given is made, and can be fetched from now on. */
export class SubjectExported {
  constructor(
    readonly exportId: string,
    /** The request that it answers. */
    readonly requestId: string | null,
    readonly expiresAt: Date,
  ) {}
}
