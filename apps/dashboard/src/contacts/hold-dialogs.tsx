import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { ReleaseLegalHoldDocument, PlaceLegalHoldDocument, type LegalHoldPartsFragment } from '../api/documents.js';
import { FindContacts, type FoundContact } from '../settings/privacy/find-contacts.js';
import { useAsk } from '../ui/ask.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { SelectField, TextArea } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';

const longestReason = 1_000;

interface Props {
  onClose: () => void;
  onDone: () => void;
}

/** Keeps data from being erased, for a reason of the law: of this contact, or of whom is said in it. */
export function PlaceHoldDialog({ contactId, onClose, onDone }: Props & { contactId?: string }) {
  const { t } = useTranslation();
  const [ofAll, setOfAll] = useState(false);
  const [chosen, setChosen] = useState<readonly FoundContact[]>([]);
  const [, place] = useMutation(PlaceLegalHoldDocument);
  const { ask, busy, failure, errorOf, refuse } = useAsk('reason', 'contactId');
  const one = contactId ?? chosen[0]?.id ?? null;
  return (
    <ConfirmForm
      title={t('hold.place')}
      text={t('hold.placeText')}
      button={t('hold.placeNow')}
      tone="primary"
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        // Without this, nobody chosen would mean everybody.
        if (!ofAll && one === null) return refuse({ ...nobody, message: t('hold.chooseContact') });
        const reason = formWords(form)('reason');
        void ask(() => place({ contactId: ofAll ? null : one, reason })).then((result) => {
          if (!result) return;
          notify(t('hold.placed'));
          onDone();
          onClose();
        });
      }}
    >
      {contactId === undefined && (
        <SelectField
          label={t('hold.whose')}
          value={ofAll ? 'all' : 'contact'}
          onChange={(event) => setOfAll(event.target.value === 'all')}
        >
          <option value="contact">{t('hold.ofContact')}</option>
          <option value="all">{t('hold.everything')}</option>
        </SelectField>
      )}
      {contactId === undefined && !ofAll && (
        <FindContacts chosen={chosen} most={1} onChange={setChosen} error={errorOf('contactId')} />
      )}
      <TextArea
        label={t('hold.reason')}
        hint={t('hold.reasonHint')}
        name="reason"
        rows={3}
        dir="auto"
        required
        maxLength={longestReason}
        error={errorOf('reason')}
      />
    </ConfirmForm>
  );
}

const nobody = { code: 'BAD_USER_INPUT', field: 'contactId', requestId: null, retryAfter: null } as const;

/** Ends a hold, and says first what waits for that. */
export function ReleaseHoldDialog({ hold, onClose, onDone }: Props & { hold: LegalHoldPartsFragment }) {
  const { t } = useTranslation();
  const [, release] = useMutation(ReleaseLegalHoldDocument);
  const { ask, busy, failure } = useAsk();
  return (
    <ConfirmForm
      title={t('hold.release')}
      text={t('hold.releaseText')}
      button={t('hold.release')}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={() =>
        void ask(() => release({ id: hold.id })).then((result) => {
          if (!result) return;
          notify(t('hold.released'));
          onDone();
          onClose();
        })
      }
    >
      <p dir="auto">{hold.reason}</p>
    </ConfirmForm>
  );
}
