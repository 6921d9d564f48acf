import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import {
  AskControllerToEraseDocument,
  AskForInstanceProofDocument,
  ChangeInstancePrivacyRequestKindDocument,
  ExtendInstancePrivacyRequestDocument,
  SettleInstancePrivacyRequestDocument,
  type InstanceRequestPartsFragment,
} from '../api/documents.js';
import { ChangeKind, TakeLonger } from '../settings/privacy/settle-forms.js';
import type { Outcome } from '../ui/ask.js';
import { notify } from '../ui/notices.js';
import { WordsDialog } from '../ui/words-dialog.js';

/** What each of the dialogs is given. */
export interface InstanceDialogProps {
  request: InstanceRequestPartsFragment;
  onClose: () => void;
}

/** So many characters the server takes of what is written about a request. */
export const longestWords = 2_000;

/** Says what was done about it; that closes it. */
export function AnswerDialog({ request, onClose }: InstanceDialogProps) {
  const [, settle] = useMutation(SettleInstancePrivacyRequestDocument);
  return (
    <Say
      action="answer"
      field="answer"
      onWords={(answer) => settle({ id: request.id, answer, refused: false })}
      onClose={onClose}
    />
  );
}

/** Says why it is refused. */
export function RefuseDialog({ request, onClose }: InstanceDialogProps) {
  const [, settle] = useMutation(SettleInstancePrivacyRequestDocument);
  return (
    <Say
      action="refuse"
      field="answer"
      onWords={(answer) => settle({ id: request.id, answer, refused: true })}
      onClose={onClose}
    />
  );
}

/** Asks by mail who it is. */
export function AskInstanceProofDialog({ request, onClose }: InstanceDialogProps) {
  const [, askProof] = useMutation(AskForInstanceProofDocument);
  return (
    <Say
      action="askProof"
      field="message"
      onWords={(message) => askProof({ id: request.id, message })}
      onClose={onClose}
    />
  );
}

/** Asks the business that answers for the data to erase. */
export function AskControllerDialog({ request, onClose }: InstanceDialogProps) {
  const [, askController] = useMutation(AskControllerToEraseDocument);
  return (
    <Say
      action="askController"
      field="message"
      onWords={(message) => askController({ id: request.id, message })}
      onClose={onClose}
    />
  );
}

/** Says what it asks for, once somebody has read it. */
export function ChangeInstanceKindDialog({ request, onClose }: InstanceDialogProps) {
  const [, change] = useMutation(ChangeInstancePrivacyRequestKindDocument);
  return <ChangeKind request={request} onKind={change} onClose={onClose} />;
}

/** Takes longer for it. */
export function ExtendInstanceDialog({ request, onClose }: InstanceDialogProps) {
  const [, extend] = useMutation(ExtendInstancePrivacyRequestDocument);
  return <TakeLonger request={request} onLonger={extend} onClose={onClose} />;
}

interface SayProps {
  action: 'answer' | 'refuse' | 'askProof' | 'askController';
  field: string;
  onWords: (words: string) => Promise<Outcome | null>;
  onClose: () => void;
}

/** One thing that is done with a request, by some sentences that are mailed. */
function Say({ action, field, onWords, onClose }: SayProps) {
  const { t } = useTranslation();
  return (
    <WordsDialog
      title={t(`instanceAction.${action}`)}
      text={t(`instanceSay.${action}.text`)}
      button={t(`instanceSay.${action}.button`)}
      tone={action === 'refuse' ? 'danger' : 'primary'}
      field={field}
      label={t(`instanceSay.${action}.field`)}
      most={longestWords}
      onWords={onWords}
      onDone={() => {
        notify(t(`instanceSay.${action}.done`));
        onClose();
      }}
      onClose={onClose}
    />
  );
}
