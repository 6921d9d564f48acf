import { useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  ContactFormsDocument,
  CreateContactFormDocument,
  DeleteContactFormDocument,
  toApiFailure,
  type ContactFormsQuery,
} from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { ConfirmForm } from '../ui/confirm-form.js';
import { CopyButton } from '../ui/copy-button.js';
import { CheckField, TextArea, TextField } from '../ui/field.js';
import { WhoMay } from '../ui/no-permission.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { ToForm } from '../ui/to-form.js';

type Form = ContactFormsQuery['contactForms'][number];

/** Contact forms for pages of the business, with the HTML to copy. */
export function FormsPage() {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const form = useRef<HTMLFormElement>(null);
  const [made, setMade] = useState<string | null>(null);
  const [{ data, error, fetching }, reload] = useQuery({
    query: ContactFormsDocument,
    requestPolicy: 'cache-and-network',
  });
  return (
    <>
      <h1>{t('settings.forms')}</h1>
      <p className="lead">{t('forms.lead')}</p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data?.contactForms.length === 0 && (
        <EmptyState
          icon="edit"
          title={t('forms.empty')}
          text={t('forms.emptyHint')}
          action={mayAdminister ? <ToForm label={t('forms.create')} form={form} /> : <WhoMay />}
        />
      )}
      <ul className="cards">
        {data?.contactForms.map((one) => (
          <li key={one.id} className="card">
            <FormCard form={one} isNew={one.id === made} />
          </li>
        ))}
      </ul>
      {mayAdminister && <NewForm form={form} onMade={setMade} />}
    </>
  );
}

function FormCard({ form, isNew }: { readonly form: Form; readonly isNew: boolean }) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [removing, setRemoving] = useState(false);
  const { name, answerOnly, allowedDomains, embedSnippet } = form;
  return (
    <>
      <div className="card-head">
        <strong className="card-name" dir="auto">
          {name}
        </strong>
        <span className="chip">{t(answerOnly ? 'forms.answerOnlyChip' : 'forms.openChip')}</span>
        {mayAdminister && (
          <Button size="small" tone="danger" className="push-end" onClick={() => setRemoving(true)}>
            {t('forms.remove')}
          </Button>
        )}
      </div>
      <p className="hint">
        <bdi>{allowedDomains.join(', ')}</bdi>
      </p>
      {/* Whoever has just made it needs this next. */}
      <details open={isNew}>
        <summary>{t('forms.snippet')}</summary>
        <div className="stack">
          <TextArea
            label={t('forms.snippetHint')}
            readOnly
            rows={8}
            dir="ltr"
            spellCheck={false}
            value={embedSnippet}
          />
          <div className="button-row">
            <CopyButton text={embedSnippet} />
          </div>
        </div>
      </details>
      {removing && <RemoveDialog form={form} onClose={() => setRemoving(false)} />}
    </>
  );
}

function RemoveDialog({ form: { id, name }, onClose }: { readonly form: Form; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [, remove] = useMutation(DeleteContactFormDocument);
  const { ask, busy, failure } = useAsk();
  return (
    <ConfirmForm
      title={t('forms.removeTitle')}
      text={t('forms.removeText')}
      button={t('forms.remove')}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={() => void ask(() => remove({ id })).then((result) => result && onClose())}
    >
      <p className="card-name" dir="auto">
        {name}
      </p>
    </ConfirmForm>
  );
}

interface NewFormProps {
  readonly form: RefObject<HTMLFormElement | null>;
  readonly onMade: (id: string) => void;
}

function NewForm({ form, onMade }: NewFormProps) {
  const { t } = useTranslation();
  const [, create] = useMutation(CreateContactFormDocument);
  const { ask, busy, failure, errorOf } = useAsk('name', 'allowedDomains');
  const [name, setName] = useState('');
  const [domains, setDomains] = useState('');
  const [answerOnly, setAnswerOnly] = useState(true);
  const submit = () => {
    const allowedDomains = domains.split(/[\s,،]+/u).filter((domain) => domain !== '');
    void ask(() => create({ name, allowedDomains, answerOnly })).then((result) => {
      if (!result?.data) return;
      onMade(result.data.createContactForm.id);
      setName('');
      setDomains('');
      setAnswerOnly(true);
    });
  };
  return (
    <section>
      <h2>{t('forms.create')}</h2>
      <form
        ref={form}
        className="narrow-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextField
          label={t('forms.name')}
          hint={t('forms.nameHint')}
          dir="auto"
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
          error={errorOf('name')}
        />
        <TextField
          label={t('forms.domains')}
          hint={t('forms.domainsHint')}
          dir="ltr"
          value={domains}
          onChange={(event) => setDomains(event.target.value)}
          error={errorOf('allowedDomains')}
        />
        <CheckField
          label={t('forms.answerOnly')}
          checked={answerOnly}
          onChange={(event) => setAnswerOnly(event.target.checked)}
        />
        <Button type="submit" tone="primary" busy={busy}>
          {t('forms.create')}
        </Button>
      </form>
    </section>
  );
}
