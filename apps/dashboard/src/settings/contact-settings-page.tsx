import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { Link } from 'wouter';
import {
  ChatDetailRuleDocument,
  ContactFieldsDocument,
  DeleteContactFieldDocument,
  SaveContactFieldDocument,
  SetChatDetailRuleDocument,
  toApiFailure,
  type ContactDetailKind,
  type ContactFieldKind,
  type ContactFieldsQuery,
} from '../api/documents.js';
import { listOf } from '../contacts/segment-values.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { CheckField, SelectField, TextField } from '../ui/field.js';
import { WhoMay } from '../ui/no-permission.js';
import { notify } from '../ui/notices.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';

type Field = ContactFieldsQuery['contactFields'][number];
const fieldKinds: readonly ContactFieldKind[] = ['TEXT', 'NUMBER', 'DATE', 'CHOICE', 'YES_NO'];
const detailKinds: readonly ContactDetailKind[] = ['EMAIL', 'PHONE', 'NAME', 'COMPANY'];
type Edited = Field | 'new' | null;

/** Which fields are kept of contacts, and what becomes of details that they write of themselves. */
export default function ContactSettingsPage() {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [{ data, error, fetching }, reload] = useQuery({
    query: ContactFieldsDocument,
    requestPolicy: 'cache-and-network',
  });
  const [edited, setEdited] = useState<Edited>(null);
  const [removed, setRemoved] = useState<Field | null>(null);
  const fields = data?.contactFields ?? [];
  return (
    <>
      <h1>{t('settings.contacts')}</h1>
      <p className="lead">{t('contactFields.lead')}</p>
      {mayWrite && (
        <p>
          <Link href="/leads/import" className="button plain small">
            {t('contacts.import')}
          </Link>
        </p>
      )}
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && fields.length === 0 && (
        <EmptyState
          icon="people"
          title={t('contactFields.empty')}
          text={t('contactFields.emptyHint')}
          action={mayWrite ? <Button onClick={() => setEdited('new')}>{t('contactFields.add')}</Button> : <WhoMay />}
        />
      )}
      <ul className="cards">
        {fields.map((field) => (
          <li key={field.id} className="card">
            <div className="card-head">
              <strong dir="auto">{field.name}</strong>
              <span className="chip">{t(`contactFields.kind.${field.kind}`)}</span>
              {mayWrite && (
                <span className="button-row push-end">
                  <Button size="small" onClick={() => setEdited(field)}>
                    {t('action.edit')}
                  </Button>
                  <Button size="small" tone="danger" onClick={() => setRemoved(field)}>
                    {t('action.delete')}
                  </Button>
                </span>
              )}
            </div>
            {field.choices.length > 0 && <p dir="auto">{field.choices.join(', ')}</p>}
            <p className="hint">{t('contactFields.used', { count: field.contacts })}</p>
          </li>
        ))}
      </ul>
      {mayWrite && fields.length > 0 && (
        <Button icon="plus" onClick={() => setEdited('new')}>
          {t('contactFields.add')}
        </Button>
      )}
      <DetailRule />
      {edited && <FieldDialog field={edited === 'new' ? null : edited} onClose={() => setEdited(null)} />}
      {removed && <RemoveDialog field={removed} onClose={() => setRemoved(null)} />}
    </>
  );
}

function FieldDialog({ field, onClose }: { field: Field | null; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const [name, setName] = useState(field?.name ?? '');
  const [kind, setKind] = useState<ContactFieldKind>(field?.kind ?? 'TEXT');
  const [choices, setChoices] = useState(field?.choices.join(', ') ?? '');
  const { ask, busy, failure, errorOf } = useAsk('name', 'choices');
  return (
    <Dialog title={t(field ? 'contactFields.change' : 'contactFields.add')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          const wanted = { id: field?.id ?? null, name, kind, choices: listOf(choices) };
          void ask(() => client.mutation(SaveContactFieldDocument, wanted).toPromise()).then(
            (result) => result?.data && (notify(t('contactFields.saved')), onClose()),
          );
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextField
          label={t('customer.fieldName')}
          dir="auto"
          maxLength={60}
          value={name}
          error={errorOf('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label={t('customer.fieldKind')}
          hint={t('contactFields.kindHint')}
          value={kind}
          disabled={field !== null}
          onChange={(event) => setKind(event.target.value as ContactFieldKind)}
        >
          {fieldKinds.map((one) => (
            <option key={one} value={one}>
              {t(`contactFields.kind.${one}`)}
            </option>
          ))}
        </SelectField>
        {kind === 'CHOICE' && (
          <TextField
            label={t('contactFields.choices')}
            hint={t('customer.commas')}
            dir="auto"
            value={choices}
            error={errorOf('choices')}
            onChange={(event) => setChoices(event.target.value)}
          />
        )}
        <div className="button-row">
          <Button type="submit" tone="primary" busy={busy}>
            {t('action.save')}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

function RemoveDialog({ field, onClose }: { field: Field; onClose: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const { ask, busy, failure } = useAsk();
  const remove = () =>
    void ask(() => client.mutation(DeleteContactFieldDocument, { id: field.id }).toPromise()).then(
      (result) => result?.data && (notify(t('contactFields.removed', { name: field.name })), onClose()),
    );
  return (
    <Dialog title={t('contactFields.remove', { name: field.name })} onClose={onClose}>
      <p>{t('contactFields.removeText', { count: field.contacts })}</p>
      {failure && <FailureNote failure={failure} />}
      <div className="button-row">
        <Button tone="danger" busy={busy} onClick={remove}>
          {t('action.delete')}
        </Button>
        <Button onClick={onClose}>{t('action.cancel')}</Button>
      </div>
    </Dialog>
  );
}

/** Which details are kept without anybody looking, and in which country numbers are. */
function DetailRule() {
  const { t } = useTranslation();
  const client = useClient();
  const { mayWrite } = useWorkspace();
  const [{ data }] = useQuery({ query: ChatDetailRuleDocument });
  const { ask, busy, failure, errorOf } = useAsk('country');
  const rule = data?.chatDetailRule;
  if (!rule) return null;
  return (
    <section>
      <h2>{t('contactFields.fromChat')}</h2>
      <p>{t('contactFields.fromChatText')}</p>
      <form
        // What was saved stands there, also where another member saved it.
        key={JSON.stringify(rule)}
        className="narrow-form"
        onSubmit={(event) => {
          event.preventDefault();
          const form = new FormData(event.currentTarget);
          const country = form.get('country');
          const applied = detailKinds.filter((kind) => form.has(kind));
          const wanted = { applied, country: typeof country === 'string' ? country : null };
          void ask(() => client.mutation(SetChatDetailRuleDocument, wanted).toPromise()).then(
            (result) => result?.data && notify(t('contactFields.saved')),
          );
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <fieldset className="plain" disabled={!mayWrite}>
          <fieldset className="picks">
            <legend>{t('contactFields.applied')}</legend>
            {detailKinds.map((kind) => (
              <CheckField
                key={kind}
                name={kind}
                label={t(`customer.detail.${kind}`)}
                defaultChecked={rule.applied.includes(kind)}
              />
            ))}
          </fieldset>
          <TextField
            label={t('contactFields.country')}
            hint={t('contactFields.countryHint')}
            name="country"
            maxLength={2}
            dir="ltr"
            defaultValue={rule.country ?? ''}
            error={errorOf('country')}
          />
        </fieldset>
        {mayWrite && (
          <Button type="submit" tone="primary" busy={busy}>
            {t('action.save')}
          </Button>
        )}
      </form>
    </section>
  );
}
