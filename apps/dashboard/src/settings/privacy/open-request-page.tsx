import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { useLocation } from 'wouter';
import { OpenPrivacyRequestDocument, type PrivacyRequestKind } from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { CheckField, SelectField, TextArea, TextField } from '../../ui/field.js';
import { formWords } from '../../ui/form-words.js';
import { notify } from '../../ui/notices.js';
import { FailureNote } from '../../ui/states.js';
import { BackToDesk } from './back-to-desk.js';
import { FindContacts, type FoundContact } from './find-contacts.js';
import { RightFields, rightFields, rightOf } from './right-fields.js';

const kinds = ['ACCESS', 'ERASE', 'RECTIFY', 'RESTRICT', 'PORT', 'OBJECT', 'OBJECT_AUTOMATED'] as const;
const hints = ['email', 'phone', 'handle', 'externalId'] as const;
const types = { email: 'email', phone: 'tel', handle: 'text', externalId: 'text' } as const;

/** Writes down what somebody asked for on the phone, by letter or in a conversation. */
export function OpenRequestPage() {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const [chosen, setChosen] = useState<readonly FoundContact[]>([]);
  const [, open] = useMutation(OpenPrivacyRequestDocument);
  const [kind, setKind] = useState<PrivacyRequestKind>('ACCESS');
  const { ask, busy, failure, errorOf, refuse } = useAsk('kind', ...hints, ...rightFields, 'note');
  return (
    <>
      <BackToDesk />
      <h1>{t('privacyOpen.title')}</h1>
      <p className="lead">{t('privacyOpen.lead')}</p>
      <form
        className="narrow-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          const form = event.currentTarget;
          const word = formWords(form);
          const said = Object.fromEntries(hints.map((hint) => [hint, word(hint) || null]));
          const right = rightOf(word);
          if (right.problem) {
            const { field, words } = right.problem;
            return refuse({ ...unfit, field, message: t(`customer.problem.${words.key}`, words.values ?? {}) });
          }
          const input = {
            kind,
            rectification: right.rectification,
            subject: { contactId: chosen[0]?.id ?? null, ...said },
            note: word('note') || null,
            onBehalfOf: word('onBehalfOf') !== '',
            minor: word('minor') !== '',
          };
          void ask(() => open({ input })).then((result) => {
            const id = result?.data?.openPrivacyRequest.id;
            if (id === undefined) return;
            notify(t('privacyOpen.done'));
            go(`/settings/privacy/${id}`);
          });
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <SelectField
          label={t('privacyOpen.kind')}
          name="kind"
          value={kind}
          onChange={(event) => setKind(event.target.value as PrivacyRequestKind)}
          error={errorOf('kind')}
        >
          {kinds.map((one) => (
            <option key={one} value={one}>
              {t(`privacyKind.${one}`)}
            </option>
          ))}
        </SelectField>
        <fieldset className="picks">
          <legend>{t('privacyOpen.whom')}</legend>
          <p className="hint">{t('privacyOpen.whomHint')}</p>
          <FindContacts chosen={chosen} most={1} onChange={setChosen} />
          {hints.map((hint) => (
            <TextField
              key={hint}
              label={t(`privacyOpen.${hint}`)}
              name={hint}
              type={types[hint]}
              dir="auto"
              autoComplete="off"
              maxLength={300}
              error={errorOf(hint)}
            />
          ))}
        </fieldset>
        {kind === 'RECTIFY' && <RightFields errorOf={errorOf} />}
        <CheckField label={t('privacyOpen.minor')} name="minor" />
        <CheckField label={t('privacyOpen.onBehalf')} name="onBehalfOf" />
        <TextArea
          label={t('privacyOpen.note')}
          name="note"
          rows={4}
          dir="auto"
          maxLength={10_000}
          error={errorOf('note')}
        />
        <Button type="submit" tone="primary" busy={busy}>
          {t('privacyOpen.button')}
        </Button>
      </form>
    </>
  );
}

const unfit = { code: 'BAD_USER_INPUT', requestId: null, retryAfter: null } as const;
