import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  LeadAssignmentDocument,
  SetLeadAssignmentDocument,
  toApiFailure,
  type LeadAssignmentPartsFragment,
  type LeadSource,
} from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Picks } from '../settings/picks.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { CheckField } from '../ui/field.js';
import { notify } from '../ui/notices.js';
import { FailureNote, Loading } from '../ui/states.js';
import { leadSources } from './lead-filters.js';

/** Who gets new leads. */
export default function AssignmentDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const [{ data, error }, reload] = useQuery({ query: LeadAssignmentDocument, requestPolicy: 'network-only' });
  return (
    <Dialog title={t('leads.assignment')} onClose={onClose}>
      {data ? (
        <AssignmentForm assignment={data.leadAssignment} onClose={onClose} />
      ) : error ? (
        <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />
      ) : (
        <Loading />
      )}
    </Dialog>
  );
}

function AssignmentForm({ assignment, onClose }: { assignment: LeadAssignmentPartsFragment; onClose: () => void }) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [, set] = useMutation(SetLeadAssignmentDocument);
  const { ask, busy, failure } = useAsk();
  const [inTurn, setInTurn] = useState(assignment.mode === 'ROUND_ROBIN');
  const [memberIds, setMembers] = useState<readonly string[]>(assignment.members.map(({ id }) => id));
  const [sources, setSources] = useState<readonly string[]>(assignment.sources);
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const wanted = {
          mode: inTurn ? ('ROUND_ROBIN' as const) : ('OFF' as const),
          memberIds: [...memberIds],
          sources: sources as LeadSource[],
        };
        void ask(() => set(wanted)).then((result) => {
          if (!result?.data) return;
          notify(t('action.saved'));
          onClose();
        });
      }}
    >
      {failure && <FailureNote failure={failure} />}
      <CheckField label={t('leads.inTurn')} checked={inTurn} onChange={(event) => setInTurn(event.target.checked)} />
      <p className="hint">{t('leads.inTurnHint')}</p>
      {inTurn && (
        <>
          <Picks
            legend={t('leads.amongWhom')}
            none={t('leads.nobodyToChoose')}
            options={workspace.members
              .filter(({ role }) => role !== 'VIEWER')
              .map(({ id, user }) => ({ id, name: user.name }))}
            chosen={memberIds}
            onChange={setMembers}
          />
          <Picks
            legend={t('leads.whichSources')}
            none=""
            options={leadSources.map((id) => ({ id, name: t(`leadSource.${id}`) }))}
            chosen={sources}
            onChange={setSources}
          />
        </>
      )}
      <div className="button-row">
        <Button type="submit" tone="primary" busy={busy}>
          {t('action.save')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </form>
  );
}
