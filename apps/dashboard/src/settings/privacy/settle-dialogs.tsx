import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import {
  AskForProofDocument,
  ChangePrivacyRequestKindDocument,
  ExtendPrivacyRequestDocument,
  MatchPrivacyRequestDocument,
  RejectPrivacyRequestDocument,
  VerifyPrivacyRequestDocument,
  type PrivacyPartsFragment,
} from '../../api/documents.js';
import { useAsk, type Outcome } from '../../ui/ask.js';
import { ConfirmForm } from '../../ui/confirm-form.js';
import { notify } from '../../ui/notices.js';
import { WordsDialog } from '../../ui/words-dialog.js';
import { FindContacts, type FoundContact } from './find-contacts.js';
import { ChangeKind, TakeLonger } from './settle-forms.js';

interface Props {
  request: PrivacyPartsFragment;
  onClose: () => void;
}

const longestWords = 2_000;
const mostContacts = 20;

/** Says whom it is about. */
export function MatchDialog({ request, onClose }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<readonly FoundContact[]>([]);
  const [, match] = useMutation(MatchPrivacyRequestDocument);
  const { ask, busy, failure, errorOf } = useAsk('contactIds');
  const proved = request.status === 'IN_PROGRESS';
  return (
    <ConfirmForm
      title={t('privacyAction.match')}
      text={t(proved ? 'privacyMatch.textProved' : 'privacyMatch.text')}
      button={t('privacyMatch.button')}
      tone={proved && request.kind === 'ERASE' ? 'danger' : 'primary'}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={() =>
        void ask(() => match({ id: request.id, contactIds: chosen.map(({ id }) => id) })).then((result) => {
          if (!result) return;
          notify(t('action.saved'));
          onClose();
        })
      }
    >
      <FindContacts
        chosen={chosen}
        most={mostContacts}
        start={request.subject === 'contact' ? '' : request.subject}
        onChange={setChosen}
        error={errorOf('contactIds')}
      />
    </ConfirmForm>
  );
}

/** Vouches for who asks. */
export function VerifyDialog({ request, onClose }: Props) {
  const { t } = useTranslation();
  const [, verify] = useMutation(VerifyPrivacyRequestDocument);
  return (
    <Settle
      action="verify"
      field="evidence"
      text={t(request.kind === 'ERASE' ? 'privacyVerify.textErase' : 'privacyVerify.text')}
      tone={request.kind === 'ERASE' ? 'danger' : 'primary'}
      onWords={(evidence) => verify({ id: request.id, evidence })}
      onClose={onClose}
    />
  );
}

/** Asks by mail who it is. */
export function AskProofDialog({ request, onClose }: Props) {
  const { t } = useTranslation();
  const [, askProof] = useMutation(AskForProofDocument);
  return (
    <Settle
      action="askProof"
      field="message"
      text={t('privacyAskProof.text')}
      tone="primary"
      onWords={(message) => askProof({ id: request.id, message })}
      onClose={onClose}
    />
  );
}

/** Refuses it. */
export function RejectDialog({ request, onClose }: Props) {
  const { t } = useTranslation();
  const [, reject] = useMutation(RejectPrivacyRequestDocument);
  return (
    <Settle
      action="reject"
      field="reason"
      text={t('privacyReject.text')}
      tone="danger"
      onWords={(reason) => reject({ id: request.id, reason })}
      onClose={onClose}
    />
  );
}

/** Takes longer for it. */
export function ExtendDialog({ request, onClose }: Props) {
  const [, extend] = useMutation(ExtendPrivacyRequestDocument);
  return <TakeLonger request={request} onLonger={extend} onClose={onClose} />;
}

/** Says what it asks for, once somebody has read it. */
export function ChangeKindDialog({ request, onClose }: Props) {
  const [, change] = useMutation(ChangePrivacyRequestKindDocument);
  return <ChangeKind request={request} onKind={change} onClose={onClose} />;
}

interface SettleProps {
  action: 'verify' | 'askProof' | 'reject';
  field: string;
  text: string;
  tone: 'primary' | 'danger';
  onWords: (words: string) => Promise<Outcome | null>;
  onClose: () => void;
}

const wordsOf = { verify: 'privacyVerify', askProof: 'privacyAskProof', reject: 'privacyReject' } as const;

/** One thing that is done with a request, by some sentences. */
function Settle({ action, field, text, tone, onWords, onClose }: SettleProps) {
  const { t } = useTranslation();
  return (
    <WordsDialog
      title={t(`privacyAction.${action}`)}
      text={text}
      button={t(`${wordsOf[action]}.button`)}
      tone={tone}
      field={field}
      label={t(`${wordsOf[action]}.field`)}
      most={longestWords}
      onWords={onWords}
      onDone={() => {
        notify(t(`${wordsOf[action]}.done`));
        onClose();
      }}
      onClose={onClose}
    />
  );
}
