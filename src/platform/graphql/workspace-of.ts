import type { RequestContext } from '../access/index.js';

/** The workspace that a request acts in. Field resolvers that a user without a workspace can reach set it on the row. */
export function workspaceOf(context: RequestContext): string {
  if (context.actor?.kind === 'member') return context.actor.workspaceId;
  throw new Error('This field is read inside a workspace only.');
}
