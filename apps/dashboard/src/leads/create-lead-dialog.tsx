import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { CreateLeadDocument, type CreateLeadInput } from '../api/documents.js';
import { tagsOf } from '../thread/tags.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextArea, TextField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { FailureNote } from '../ui/states.js';

interface Props {
  /** Whose lead it is, where that is known already. */
  contact?: { readonly id: string; readonly name: string };
  onClose: () => void;
  onCreated: (id: string) => void;
}

/** A member writes down that somebody is interested. */
export default function CreateLeadDialog({ contact, onClose, onCreated }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const { ask, busy, failure, errorOf } = useAsk('name', 'email', 'phone', 'company', 'tags', 'note');
  const submit = (form: HTMLFormElement) => {
    const words = formWords(form);
    const given = Object.fromEntries(
      (['name', 'email', 'phone', 'company', 'note'] as const)
        .map((field) => [field, words(field)] as const)
        .filter(([, text]) => text !== ''),
    );
    const tags = tagsOf(words('tags'));
    const input: CreateLeadInput = {
      ...given,
      ...(tags.length > 0 ? { tags } : {}),
      ...(contact ? { contactId: contact.id } : {}),
    };
    void ask(() => client.mutation(CreateLeadDocument, { input }).toPromise()).then((result) => {
      if (result?.data) onCreated(result.data.createLead.id);
    });
  };
  return (
    <Dialog title={t('leads.create')} onClose={onClose}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit(event.currentTarget);
        }}
      >
        {failure && <FailureNote failure={failure} />}
        {contact ? (
          <p>
            {t('leads.of')} <strong dir="auto">{contact.name}</strong>
          </p>
        ) : (
          <>
            <p className="hint">{t('leads.createHint')}</p>
            <TextField label={t('customer.name')} name="name" dir="auto" autoComplete="off" error={errorOf('name')} />
            <TextField
              label={t('customer.emails')}
              name="email"
              type="email"
              dir="auto"
              autoComplete="off"
              error={errorOf('email')}
            />
            <TextField
              label={t('customer.phones')}
              name="phone"
              type="tel"
              dir="auto"
              autoComplete="off"
              error={errorOf('phone')}
            />
          </>
        )}
        <TextField label={t('leads.company')} name="company" dir="auto" autoComplete="off" error={errorOf('company')} />
        <TextField
          label={t('customer.tags')}
          hint={t('customer.commas')}
          name="tags"
          dir="auto"
          autoComplete="off"
          error={errorOf('tags')}
        />
        <TextArea
          label={t('leads.note')}
          hint={t('leads.noteHint')}
          name="note"
          rows={3}
          dir="auto"
          error={errorOf('note')}
        />
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
