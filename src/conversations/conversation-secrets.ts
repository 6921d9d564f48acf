import type { WorkspaceSecret } from '../platform/secrets/index.js';

/** Where a file that is still to be fetched is, until it was. */
export const conversationSecrets: readonly WorkspaceSecret[] = [{ table: 'attachments', column: 'source', key: 'id' }];
