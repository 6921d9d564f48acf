import type { Client, CombinedError } from 'urql';
import {
  AssignConversationDocument,
  MarkSpamDocument,
  SetConversationStatusDocument,
  SetPriorityDocument,
  TagConversationDocument,
  toApiFailure,
  type ApiFailure,
} from '../api/documents.js';
import type { ConversationRowFragment } from '../inbox/types.js';
import { tagsAfter, type Change } from './way-back.js';

/** One operation for each thing that changes, one after the other; the first refusal ends it. */
export async function changeOne(
  client: Client,
  { id, tags }: ConversationRowFragment,
  change: Change,
): Promise<ApiFailure | null> {
  const { status, snoozedUntil = null, assigneeId, priority, spam, addTags = [], removeTags = [] } = change;
  const operations: (() => Promise<{ error?: CombinedError | undefined }>)[] = [];
  if (status)
    operations.push(() => client.mutation(SetConversationStatusDocument, { id, status, snoozedUntil }).toPromise());
  if (assigneeId !== undefined)
    operations.push(() => client.mutation(AssignConversationDocument, { id, memberId: assigneeId }).toPromise());
  if (priority) operations.push(() => client.mutation(SetPriorityDocument, { id, priority }).toPromise());
  if (addTags.length + removeTags.length > 0)
    operations.push(() => client.mutation(TagConversationDocument, { id, tags: tagsAfter(tags, change) }).toPromise());
  if (spam !== undefined)
    operations.push(() => client.mutation(MarkSpamDocument, { conversationId: id, spam }).toPromise());
  for (const operation of operations) {
    const { error } = await operation();
    if (error) return toApiFailure(error);
  }
  return null;
}
