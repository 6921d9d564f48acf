import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { useLocation } from 'wouter';
import { EraseContactDocument, type ApiFailure, type FollowedRequestFragment } from '../api/documents.js';
import { usePlace } from '../inbox/place.js';
import { useAsk } from '../ui/ask.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { fold } from '../ui/fold.js';
import { formWords } from '../ui/form-words.js';
import { TypedName } from '../ui/typed-name.js';
import { OpenedRequest } from './opened-request.js';

/** Whom the dialog is about: what it says stays while they go. */
export interface ErasedContact {
  readonly id: string;
  readonly name: string;
}

interface Props {
  contact: ErasedContact;
  onClose: () => void;
}

/** The end of all that is known of a person. The typed name stands between a slip and that. */
export default function EraseDialog({ contact, onClose }: Props) {
  const { t } = useTranslation();
  const { to } = usePlace();
  const [, navigate] = useLocation();
  const [, erase] = useMutation(EraseContactDocument);
  const { ask, busy, failure, errorOf, refuse } = useAsk('name');
  const [begun, setBegun] = useState<FollowedRequestFragment | null>(null);
  if (begun) {
    return (
      <OpenedRequest
        title={t('customer.privacy.erased')}
        request={begun}
        onClose={() => {
          onClose();
          // What stood here is gone.
          navigate(to());
        }}
      >
        <p>{t('customer.privacy.erasedText')}</p>
      </OpenedRequest>
    );
  }
  return (
    <ConfirmForm
      title={t('customer.privacy.erase')}
      text={t('customer.privacy.eraseText')}
      button={t('customer.privacy.eraseNow')}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => {
        if (!sameName(formWords(form)('name'), contact.name)) return refuse(otherName);
        void ask(() => erase({ contactId: contact.id })).then((result) => {
          if (result?.data) setBegun(result.data.eraseContact);
        });
      }}
    >
      <p>{t('customer.privacy.stays')}</p>
      <TypedName
        ask={t('customer.privacy.typeName')}
        name={contact.name}
        label={t('customer.name')}
        field="name"
        error={errorOf('name')}
      />
    </ConfirmForm>
  );
}

const otherName: ApiFailure = {
  ...{ code: 'CONFIRMATION_MISMATCH', message: '', field: 'name', retryAfter: null, requestId: null },
};

/** Not every keyboard has the letters of every name. */
function sameName(typed: string, name: string): boolean {
  const plain = (text: string) => fold(text).replace(/\s+/gu, ' ').trim();
  return plain(typed) === plain(name);
}
