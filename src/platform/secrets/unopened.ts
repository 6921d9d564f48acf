/** A secret that no key at hand opens, and where it stands. */
export interface Unopened {
  readonly table: string;
  readonly column: string;
  /** Null outside every workspace. */
  readonly workspaceId: string | null;
  readonly row: string;
  readonly why: string;
}

/** Why, for people: Node's own word for a wrong key or changed bytes says little. */
export function reasonOf(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (message === '' || /authenticate data|Invalid authentication tag/i.test(message))
    return 'the key does not fit, or the bytes were changed or belong elsewhere';
  return message.replace(/\.$/, '');
}
