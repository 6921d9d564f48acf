import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ContactFieldNamesDocument, type ContactFieldNamesQuery } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button, IconButton } from '../ui/button.js';
import { CustomerText, OutsideLink } from '../ui/customer-text.js';
import { SelectField, TextField } from '../ui/field.js';
import type { OpenContact } from './contact-details.js';
import { fieldProblem } from './contact-rules.js';
import {
  fieldKinds,
  fieldsOf,
  kindOf,
  typedOf,
  valueOf,
  wordsOfValue,
  type FieldKind,
  type FieldValue,
} from './custom-values.js';
import { EditButtons } from './fact-row.js';
import { useSaveContact } from './save-contact.js';

type Fields = [string, FieldValue][];
/** A field that the workspace made, with its kind. */
type Defined = ContactFieldNamesQuery['contactFields'][number];
const kindsOf = { TEXT: 'text', NUMBER: 'number', DATE: 'date', CHOICE: 'text', YES_NO: 'yesNo' } as const;

/** What a business keeps of a contact beside what everyone does. */
export function CustomFields({ contact }: { contact: OpenContact }) {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const { saveOrTell } = useSaveContact(contact.id);
  /** The name of the field that is being changed; null for none, an empty one for a new field. */
  const [open, setOpen] = useState<string | null>(null);
  const [{ data, error }] = useQuery({ query: ContactFieldNamesDocument });
  const defined = data?.contactFields ?? [];
  const nameOf = (key: string) => defined.find((one) => one.key === key)?.name ?? key;
  const fields = fieldsOf(contact.customFields);
  if (fields.length === 0 && !mayWrite) return null;
  const editor = (field: Fields[number] | null) => (
    <FieldForm contact={contact} fields={fields} field={field} defined={defined} onDone={() => setOpen(null)} />
  );
  return (
    <section>
      <h3>{t('customer.fields')}</h3>
      {fields.length > 0 && (
        <dl className="facts">
          {fields.map((field) => {
            const [key, value] = field;
            const name = nameOf(key);
            if (open === key) return <div key={key}>{editor(field)}</div>;
            return (
              <div key={key} className="fact-row">
                <dt dir="auto">{name}</dt>
                <dd>
                  <span className="fact-value">
                    <FieldText value={value} />
                  </span>
                  {mayWrite && (
                    <>
                      <IconButton
                        icon="edit"
                        label={t('customer.change', { what: name })}
                        onClick={() => setOpen(key)}
                      />
                      <IconButton
                        icon="close"
                        label={t('customer.remove', { what: name })}
                        onClick={() =>
                          void saveOrTell(
                            { customFields: Object.fromEntries(fields.filter(([other]) => other !== key)) },
                            t('customer.fieldRemoved', { name }),
                            { customFields: Object.fromEntries(fields) },
                          )
                        }
                      />
                    </>
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
      {mayWrite &&
        (open === '' ? (
          editor(null)
        ) : (
          // Not before it is known what fields there are: the form would change under the hands.
          <Button size="small" icon="plus" disabled={!data && !error} onClick={() => setOpen('')}>
            {t('customer.addField')}
          </Button>
        ))}
    </section>
  );
}

function FieldText({ value }: { value: FieldValue }) {
  const { t, i18n } = useTranslation();
  const words = wordsOfValue(value, i18n.language, t);
  switch (kindOf(value)) {
    case 'number':
      return <bdi>{words}</bdi>;
    case 'link':
      return <OutsideLink href={words}>{words}</OutsideLink>;
    case 'text':
      return <CustomerText text={words} />;
    default:
      return words;
  }
}

interface FormProps {
  contact: OpenContact;
  fields: Fields;
  field: Fields[number] | null;
  defined: readonly Defined[];
  onDone: () => void;
}

function FieldForm({ contact, fields, field, defined, onDone }: FormProps) {
  const { t } = useTranslation();
  const { save, saving, wordsOf } = useSaveContact(contact.id);
  const [name, setName] = useState(field?.[0] ?? '');
  const [freeKind, setKind] = useState<FieldKind>(field ? kindOf(field[1]) : 'text');
  const unset = defined.filter(({ key }) => !fields.some(([other]) => other === key));
  const own = defined.find(({ key }) => key === name);
  const kind = own ? kindsOf[own.kind] : freeKind;
  const [typed, setTyped] = useState(field ? typedOf(field[1]) : '');
  const [refused, setRefused] = useState<string | null>(null);
  const others = fields.map(([other]) => other).filter((other) => other !== field?.[0]);
  const submit = async () => {
    const value = valueOf(kind, typed);
    const problem =
      wordsOf(fieldProblem(others, name.trim(), typed)) ?? (value === null ? t(`customer.none.${kind}`) : null);
    if (problem !== null || value === null) return setRefused(problem);
    const entry: Fields[number] = [name.trim(), value];
    const next = field ? fields.map((one) => (one[0] === field[0] ? entry : one)) : [...fields, entry];
    const words = await save({ customFields: Object.fromEntries(next) });
    if (words === null) onDone();
    else setRefused(words);
  };
  const input = { number: 'number', date: 'date', link: 'url', text: 'text' } as const;
  return (
    <form
      className="stack fact-editor"
      // The browser's own words for a number or an address would come in the language of the browser.
      noValidate
      onKeyDown={(event) => event.key === 'Escape' && (event.stopPropagation(), onDone())}
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving) void submit();
      }}
    >
      {!field && unset.length > 0 && (
        <SelectField
          label={t('contacts.field')}
          autoFocus
          value={own?.key ?? ''}
          onChange={(event) => {
            setName(event.target.value);
            setTyped(defined.find(({ key }) => key === event.target.value)?.kind === 'YES_NO' ? 'yes' : '');
            setRefused(null);
          }}
        >
          <option value="">{t('customer.otherField')}</option>
          {unset.map((one) => (
            <option key={one.key} value={one.key}>
              {one.name}
            </option>
          ))}
        </SelectField>
      )}
      {!own && (
        <TextField
          label={t('customer.fieldName')}
          dir="auto"
          autoFocus={!field && unset.length === 0}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      {!own && (
        <SelectField
          label={t('customer.fieldKind')}
          value={kind}
          onChange={(event) => {
            setKind(event.target.value as FieldKind);
            setTyped(event.target.value === 'yesNo' ? 'yes' : '');
          }}
        >
          {fieldKinds.map((one) => (
            <option key={one} value={one}>
              {t(`customer.kind.${one}`)}
            </option>
          ))}
        </SelectField>
      )}
      {own?.kind === 'CHOICE' ? (
        <SelectField
          label={t('customer.fieldValue')}
          value={typed}
          error={refused ?? undefined}
          onChange={(event) => setTyped(event.target.value)}
        >
          <option value="">{t('contacts.choose')}</option>
          {[...new Set([...own.choices, ...(field ? [typedOf(field[1])] : [])])].map((one) => (
            <option key={one} value={one}>
              {one}
            </option>
          ))}
        </SelectField>
      ) : kind === 'yesNo' ? (
        <SelectField
          label={t('customer.fieldValue')}
          value={typed}
          error={refused ?? undefined}
          onChange={(event) => setTyped(event.target.value)}
        >
          <option value="yes">{t('customer.yes')}</option>
          <option value="no">{t('customer.no')}</option>
        </SelectField>
      ) : (
        <TextField
          label={t('customer.fieldValue')}
          type={input[kind]}
          step={kind === 'number' ? 'any' : undefined}
          dir={kind === 'link' ? 'ltr' : 'auto'}
          autoFocus={field !== null}
          value={typed}
          error={refused ?? undefined}
          onChange={(event) => {
            setTyped(event.target.value);
            setRefused(null);
          }}
        />
      )}
      <EditButtons saving={saving} onCancel={onDone} />
    </form>
  );
}
