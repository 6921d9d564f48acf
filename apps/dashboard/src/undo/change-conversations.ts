import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { TFunction } from 'i18next';
import { useClient, type Client } from 'urql';
import {
  ConversationStateDocument,
  UpdateConversationsDocument,
  toApiFailure,
  type ApiFailure,
  type UpdateConversationsMutation,
} from '../api/documents.js';
import type { ConversationRowFragment } from '../inbox/types.js';
import { contactName } from '../inbox/words.js';
import { useWorkspace } from '../session/workspace.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import { changeOne } from './change-one.js';
import { offerUndo } from './offered-undo.js';
import { wayBack, type Change, type Step } from './way-back.js';

type Result = UpdateConversationsMutation['updateConversations'];

/** Changes one conversation, and offers the way back. The screen changes at once; a refusal is told and the change taken back. */
export function useChangeConversation() {
  const { t } = useTranslation();
  const client = useClient();
  return useMemo(() => {
    return async (before: ConversationRowFragment, change: Change, said: string): Promise<void> => {
      const failure = await changeOne(client, before, change);
      if (failure) return tell(failure, t);
      offerUndo(said, async () => {
        for (const step of wayBack([before], change, (id) => cachedRow(client, id), Date.now())) {
          const refused = await changeOne(client, cachedRow(client, before.id) ?? before, step.change);
          if (refused) tell(refused, t);
        }
      });
    };
  }, [client, t]);
}

/** Changes many at once, says which could not be, and offers the way back for the others. False: nothing was changed. */
export function useChangeConversations() {
  const { t } = useTranslation();
  const client = useClient();
  const { workspace } = useWorkspace();
  return useMemo(() => {
    return async (rows: readonly ConversationRowFragment[], change: Change): Promise<boolean> => {
      const { result, failure } = await changeMany(client, { ids: rows.map(({ id }) => id), change });
      if (!result) {
        if (failure) tell(failure, t);
        return false;
      }
      const refused = rows.filter(({ id }) => result.refused.some((one) => one.id === id));
      if (refused.length > 0) tellRefused(result, refused, t);
      const changed = rows.filter(({ id }) => result.changed.some((row) => row.id === id));
      if (changed.length === 0) return false;
      const assignee = workspace.members.find(({ id }) => id === change.assigneeId)?.user.name;
      offerUndo(t('bulk.done', { count: changed.length, what: wordsOf(change, assignee, t) }), async () => {
        for (const step of wayBack(changed, change, (id) => cachedRow(client, id), Date.now())) {
          const back = await changeMany(client, step);
          if (back.failure) tell(back.failure, t);
        }
      });
      return true;
    };
  }, [client, t, workspace.members]);
}

async function changeMany(
  client: Client,
  { ids, change }: Step,
): Promise<{ result: Result | null; failure: ApiFailure | null }> {
  // What is left out stays; an assignee of null would not.
  const variables = { ids, ...change, addTags: listOf(change.addTags), removeTags: listOf(change.removeTags) };
  const { data, error } = await client.mutation(UpdateConversationsDocument, variables).toPromise();
  return { result: data?.updateConversations ?? null, failure: error ? toApiFailure(error) : null };
}

function listOf(tags: readonly string[] | undefined): string[] | undefined {
  return tags?.length ? [...tags] : undefined;
}

function tell(failure: ApiFailure, t: TFunction): void {
  notify(failureSentence(failure, t), 'error');
}

/** Whose could not be changed and why, the first few by name. */
function tellRefused(result: Result, refused: readonly ConversationRowFragment[], t: TFunction): void {
  const names = refused.slice(0, 3).map(({ contact }) => contactName(contact, t));
  const why = t(`failure.${result.refused[0]?.code ?? 'INTERNAL'}`);
  notify(t('bulk.refused', { count: refused.length, names: names.join(', '), why }), 'error');
}

function wordsOf(change: Change, assignee: string | undefined, t: TFunction): string {
  if (change.status) return t(`done.${change.status}`);
  if (change.assigneeId !== undefined) return assignee ? t('done.assigned', { name: assignee }) : t('done.unassigned');
  if (change.priority) return t('done.priority', { priority: t(`priority.${change.priority}`) });
  if (change.spam !== undefined) return t(change.spam ? 'done.spam' : 'done.notSpam');
  return t('done.tagged');
}

/** What is known of a conversation just now, from whichever screen or event brought it. */
function cachedRow(client: Client, id: string): ConversationRowFragment | null {
  const read = client.readQuery(ConversationStateDocument, { id }, { requestPolicy: 'cache-only' });
  return read?.data?.conversation ?? null;
}
