import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InstanceRequestPartsFragment } from '../api/documents.js';
import { Button } from '../ui/button.js';
import {
  AnswerDialog,
  AskControllerDialog,
  AskInstanceProofDialog,
  ChangeInstanceKindDialog,
  ExtendInstanceDialog,
  RefuseDialog,
} from './answer-dialogs.js';
import { EraseDirectlyDialog } from './erase-directly-dialog.js';
import { operatorActions, type OperatorAction } from './operator-actions.js';
import { RouteDialog } from './route-dialog.js';

const dialogs = {
  route: RouteDialog,
  answer: AnswerDialog,
  askProof: AskInstanceProofDialog,
  changeKind: ChangeInstanceKindDialog,
  extend: ExtendInstanceDialog,
  refuse: RefuseDialog,
  askController: AskControllerDialog,
  eraseDirectly: EraseDirectlyDialog,
} as const satisfies Record<OperatorAction, unknown>;

/** They cannot be taken back. */
const dangerous: readonly OperatorAction[] = ['refuse', 'eraseDirectly'];

/** What those who run the deployment can do with it now. */
export function InstanceActions({ request }: { request: InstanceRequestPartsFragment }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<OperatorAction | null>(null);
  const actions = operatorActions(request);
  const Dialog = open && dialogs[open];
  // A dialog stays until it is closed: what it did may leave nothing more to do.
  if (actions.length === 0 && open === null) return null;
  return (
    <>
      <div className="button-row">
        {actions.map((action) => (
          <Button key={action} tone={dangerous.includes(action) ? 'danger' : 'plain'} onClick={() => setOpen(action)}>
            {t(`instanceAction.${action}`)}
          </Button>
        ))}
      </div>
      {Dialog && <Dialog request={request} onClose={() => setOpen(null)} />}
    </>
  );
}
