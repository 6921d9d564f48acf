import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { useLocation } from 'wouter';
import { OpenPrivacyRequestDocument, type PrivacyRequestKind } from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { CheckField, TextArea, TextField } from '../../ui/field.js';
import { formWords } from '../../ui/form-words.js';
import { notify } from '../../ui/notices.js';
import { FailureNote } from '../../ui/states.js';
import { BackToDesk } from './back-to-desk.js';
import { FindContacts, type FoundContact } from './find-contacts.js';
import { KindField } from './kind-field.js';
import { RightFields, refusedRight, rightFields, rightOf } from './right-fields.js';

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
          if (right.problem) return refuse(refusedRight(right.problem, t));
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
        <KindField value={kind} onChange={setKind} error={errorOf('kind')} />
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
        {kind === 'RECTIFY' && <RightFields errorOf={errorOf} hint={t('privacyRight.hint')} />}
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
