import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PrivacyPartsFragment } from '../../api/documents.js';
import { Button } from '../../ui/button.js';
import { possibleActions, type RequestAction } from './possible-actions.js';
import { RectifyDialog } from './rectify-dialog.js';
import {
  AskProofDialog,
  ChangeKindDialog,
  ExtendDialog,
  MatchDialog,
  RejectDialog,
  VerifyDialog,
} from './settle-dialogs.js';

const dialogs = {
  match: MatchDialog,
  rectify: RectifyDialog,
  verify: VerifyDialog,
  askProof: AskProofDialog,
  changeKind: ChangeKindDialog,
  extend: ExtendDialog,
  reject: RejectDialog,
} as const satisfies Record<RequestAction, unknown>;

/** What can be done with it now. */
export function RequestActions({ request }: { request: PrivacyPartsFragment }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<RequestAction | null>(null);
  const actions = possibleActions(request);
  const Dialog = open && dialogs[open];
  // A dialog stays until it is closed: what it did may leave nothing more to do.
  if (actions.length === 0 && open === null) return null;
  return (
    <>
      <div className="button-row">
        {actions.map((action) => (
          <Button key={action} tone={action === 'reject' ? 'danger' : 'plain'} onClick={() => setOpen(action)}>
            {t(`privacyAction.${action}`)}
          </Button>
        ))}
      </div>
      {Dialog && <Dialog request={request} onClose={() => setOpen(null)} />}
    </>
  );
}
