import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, type Client } from 'urql';
import {
  LeadStateDocument,
  UpdateLeadDocument,
  toApiFailure,
  type LeadRowFragment,
  type LeadStatus,
} from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import { offerUndo } from '../undo/offered-undo.js';
import { leadBack, type LeadChange } from './lead-back.js';
import { leadName } from './lead-words.js';

/** Changes a lead, and offers the way back. The screen changes at once; a refusal is told, given back, and the change taken back. */
export function useChangeLead() {
  const { t } = useTranslation();
  const client = useClient();
  const { workspace } = useWorkspace();
  return useMemo(() => {
    const save = async (id: string, change: LeadChange): Promise<string | null> => {
      const { tags, fields, ...rest } = change;
      const input = { id, ...rest, ...(tags ? { tags: [...tags] } : {}), ...(fields ? { fields } : {}) };
      const { error } = await client.mutation(UpdateLeadDocument, { input }).toPromise();
      return error ? failureSentence(toApiFailure(error), t) : null;
    };
    const tell = (refused: string | null) => refused !== null && notify(refused, 'error');
    const change = async (before: LeadRowFragment, wanted: LeadChange, said: string): Promise<string | null> => {
      const refused = await save(before.id, wanted);
      if (refused !== null) return refused;
      offerUndo(said, async () => {
        const now = cachedLead(client, before.id);
        const back = now && leadBack(before, wanted, now);
        if (back) tell(await save(before.id, back));
      });
      return null;
    };
    const changeOrTell = (before: LeadRowFragment, wanted: LeadChange, said: string) =>
      void change(before, wanted, said).then(tell);
    return {
      /** Null where it is done, else why not, as a sentence. */
      change,
      changeOrTell,
      move: (lead: LeadRowFragment, status: LeadStatus) =>
        status !== lead.status &&
        changeOrTell(
          lead,
          { status },
          t('leads.moved', { name: leadName(lead, t), status: t(`leadStatus.${status}`) }),
        ),
      assign: (lead: LeadRowFragment, ownerId: string | null) => {
        const name = workspace.members.find(({ id }) => id === ownerId)?.user.name;
        changeOrTell(lead, { ownerId }, name ? t('done.assigned', { name }) : t('done.unassigned'));
      },
    };
  }, [client, t, workspace.members]);
}

/** What is known of a lead just now, from whichever screen or event brought it. */
function cachedLead(client: Client, id: string) {
  const read = client.readQuery(LeadStateDocument, { id }, { requestPolicy: 'cache-only' });
  return read?.data?.lead ?? null;
}
