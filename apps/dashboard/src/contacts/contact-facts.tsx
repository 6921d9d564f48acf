import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../session/workspace.js';
import { tagsOf } from '../thread/tags.js';
import { SelectField, TextField } from '../ui/field.js';
import { fullTime } from '../ui/time.js';
import type { OpenContact } from './contact-details.js';
import { emailsProblem, nameProblem, phonesProblem } from './contact-rules.js';
import { EditButtons, FactRow } from './fact-row.js';
import { languageChoices, languageName } from './language-names.js';
import { useSaveContact, type ContactChange } from './save-contact.js';

/** Name, addresses and language, each changed where it stands. */
export function ContactFacts({ contact }: { contact: OpenContact }) {
  const { t, i18n } = useTranslation();
  const { mayWrite } = useWorkspace();
  const { wordsOf } = useSaveContact(contact.id);
  const unknown = <span className="hint">{t('customer.unknown')}</span>;
  const lists = [
    { field: 'emails', problem: emailsProblem, type: 'text', href: 'mailto:' },
    { field: 'phones', problem: phonesProblem, type: 'tel', href: 'tel:' },
  ] as const;
  const shown = { contact, wordsOf };
  return (
    <dl className="facts">
      <FactRow
        label={t('customer.name')}
        editor={
          mayWrite
            ? (done) => (
                <LineEditor
                  {...shown}
                  label={t('customer.name')}
                  before={contact.name ?? ''}
                  check={nameProblem}
                  change={(name) => ({ name })}
                  onDone={done}
                />
              )
            : null
        }
      >
        {contact.name ? <span dir="auto">{contact.name}</span> : unknown}
      </FactRow>
      {lists.map(({ field, problem, type, href }) => (
        <FactRow
          key={field}
          label={t(`customer.${field}`)}
          editor={
            mayWrite
              ? (done) => (
                  <LineEditor
                    {...shown}
                    label={t(`customer.${field}`)}
                    hint={t('customer.commas')}
                    type={type}
                    before={contact[field].join(', ')}
                    check={(text) => problem(tagsOf(text))}
                    change={(text) => ({ [field]: tagsOf(text) })}
                    onDone={done}
                  />
                )
              : null
          }
        >
          {contact[field].length === 0
            ? unknown
            : contact[field].map((address) => (
                <a key={address} href={`${href}${address}`} dir="ltr">
                  {address}
                </a>
              ))}
        </FactRow>
      ))}
      <FactRow
        label={t('customer.language')}
        editor={mayWrite ? (done) => <LanguageEditor contact={contact} onDone={done} /> : null}
      >
        {contact.language ? languageName(contact.language, i18n.language) : unknown}
      </FactRow>
      <FactRow label={t('customer.firstSeen')} editor={null}>
        {fullTime(contact.firstSeenAt, i18n.language)}
      </FactRow>
      <FactRow label={t('customer.lastSeen')} editor={null}>
        {fullTime(contact.lastSeenAt, i18n.language)}
      </FactRow>
    </dl>
  );
}

interface LineProps {
  contact: OpenContact;
  label: string;
  hint?: string;
  type?: 'text' | 'tel';
  before: string;
  check: (text: string) => ReturnType<typeof nameProblem>;
  change: (text: string) => ContactChange;
  onDone: () => void;
}

function LineEditor({ contact, label, hint, type = 'text', before, check, change, onDone }: LineProps) {
  const { save, saving, wordsOf } = useSaveContact(contact.id);
  const [text, setText] = useState(before);
  const [refused, setRefused] = useState<string | null>(null);
  const problem = wordsOf(check(text)) ?? refused;
  return (
    <form
      className="stack fact-editor"
      onSubmit={(event) => {
        event.preventDefault();
        if (wordsOf(check(text)) !== null || saving) return;
        void save(change(text.trim())).then((words) => (words === null ? onDone() : setRefused(words)));
      }}
    >
      <TextField
        label={label}
        hint={hint}
        type={type}
        dir="auto"
        autoFocus
        value={text}
        error={problem ?? undefined}
        onChange={(event) => {
          setText(event.target.value);
          setRefused(null);
        }}
      />
      <EditButtons saving={saving} onCancel={onDone} />
    </form>
  );
}

function LanguageEditor({ contact, onDone }: { contact: OpenContact; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const { save, saving } = useSaveContact(contact.id);
  const [code, setCode] = useState(contact.language ?? '');
  const [refused, setRefused] = useState<string | null>(null);
  return (
    <form
      className="stack fact-editor"
      onSubmit={(event) => {
        event.preventDefault();
        void save({ language: code }).then((words) => (words === null ? onDone() : setRefused(words)));
      }}
    >
      <SelectField
        label={t('customer.language')}
        autoFocus
        value={code}
        error={refused ?? undefined}
        onChange={(event) => setCode(event.target.value)}
      >
        <option value="">{t('customer.unknown')}</option>
        {languageChoices(contact.language, i18n.language).map(([value, name]) => (
          <option key={value} value={value}>
            {name}
          </option>
        ))}
      </SelectField>
      <EditButtons saving={saving} onCancel={onDone} />
    </form>
  );
}
