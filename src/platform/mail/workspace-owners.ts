import type { WorkspaceTransaction } from '../database/index.js';
import type { MailLocale } from './mail-template.js';

/** An owner of a workspace, as mails to them need it. */
export interface WorkspaceOwner {
  readonly email: string;
  readonly name: string;
  readonly locale: MailLocale;
  /** What the workspace is called. */
  readonly workspace: string;
}

/** Port: whom to write to about a workspace. The accounts module implements it. Participants. */
export abstract class WorkspaceOwners {
  /** Owners whose address is known to be theirs. */
  abstract of(tx: WorkspaceTransaction): Promise<readonly WorkspaceOwner[]>;
}
