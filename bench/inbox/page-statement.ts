import type { MemberActor } from '../../src/platform/access/index.js';
import type { Sql, Workspaces } from '../../src/platform/database/index.js';
import { ConversationStatus } from '../../src/conversations/enums.js';
import { relationsIn } from '../../src/conversations/inbox/conversation-relations.js';
import { ListConversations } from '../../src/conversations/inbox/list-conversations.js';
import { loadedMemberId, loadedWorkspaceId } from '../loader/statements.js';

/** The relations that the dashboard's own document asks for. */
const shown = relationsIn(
  new Set(
    ['channel', 'assignee', 'contact', 'contact.identities', 'lastMessage', 'readPointer', 'messagingWindow'].map(
      (field) => `nodes.${field}`,
    ),
  ),
);

/** The very statement that the product reads a page of the inbox with: open conversations, the newest first. */
export async function pageStatement(workspace: number, first = 50): Promise<Sql> {
  let caught: Sql | null = null;
  const recorder = {
    read: (_workspace: string, work: (tx: unknown) => Promise<unknown>) =>
      work({
        parts: (statement: Sql) => {
          caught = statement;
          return Promise.resolve([]);
        },
      }),
  } as unknown as Workspaces;
  const member = {
    workspaceId: loadedWorkspaceId(workspace),
    memberId: loadedMemberId(workspace, 0),
  } as MemberActor;
  await new ListConversations(recorder).run(member, { first, filter: { status: [ConversationStatus.OPEN] } }, shown);
  if (caught === null) throw new Error('The inbox sent no statement.');
  return caught;
}
