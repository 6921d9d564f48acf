import type { MemberActor } from '../../src/platform/access/index.js';
import { Sessions } from '../../src/accounts/sessions/sessions.js';
import type { Sql, SystemDatabase, Workspaces } from '../../src/platform/database/index.js';
import { ConversationStatus } from '../../src/conversations/enums.js';
import { relationsIn } from '../../src/conversations/inbox/conversation-relations.js';
import { ListConversations } from '../../src/conversations/inbox/list-conversations.js';
import { loadedMemberId, loadedToken, loadedWorkspaceId } from '../loader/statements.js';

/** The relations that the dashboard's own document asks for. */
const shown = relationsIn(
  new Set(
    ['channel', 'assignee', 'contact', 'contact.identities', 'lastMessage', 'readPointer', 'messagingWindow'].map(
      (field) => `nodes.${field}`,
    ),
  ),
);

/** What `inboxDocument` asks for. */
export const documentRelations = relationsIn(
  new Set(['channel', 'assignee', 'contact', 'lastMessage', 'messagingWindow'].map((field) => `nodes.${field}`)),
);

/** A page of the inbox with what a list of it shows. */
export const inboxDocument = `query ($first: Int!, $filter: ConversationFilter) { conversations(first: $first, filter: $filter) {
  nodes { id status priority unreadCount lastActivityAt channel { id name status } contact { id name avatarUrl }
    lastMessage { id text direction sentAt } assignee { id user { name } } messagingWindow { open closesAt } }
  pageInfo { hasNextPage endCursor } } }`;

/** The very statement that the product looks a session up with. */
export async function sessionStatement(workspace: number): Promise<Sql> {
  let caught: Sql | null = null;
  const recorder = {
    query: (statement: Sql) => {
      caught = statement;
      return Promise.resolve([]);
    },
  } as unknown as SystemDatabase;
  await new Sessions(recorder).find(loadedToken(workspace));
  if (caught === null) throw new Error('No session was looked up.');
  return caught;
}

/** The very statement that the product reads a page of the inbox with: open conversations, the newest first. */
export async function pageStatement(workspace: number, first = 50, relations = shown): Promise<Sql> {
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
  await new ListConversations(recorder).run(
    member,
    { first, filter: { status: [ConversationStatus.OPEN] } },
    relations,
  );
  if (caught === null) throw new Error('The inbox sent no statement.');
  return caught;
}
