import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ContactTagsDocument } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { tagsOf } from '../thread/tags.js';
import { Button, IconButton } from '../ui/button.js';
import type { OpenContact } from './contact-details.js';
import { tagProblem } from './contact-rules.js';
import { useSaveContact } from './save-contact.js';

/** The labels of a contact: taken off and put on one by one, those in use suggested. */
export function ContactTags({ contact }: { contact: OpenContact }) {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const { save, saving, saveOrTell, wordsOf } = useSaveContact(contact.id);
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const [{ data }] = useQuery({ query: ContactTagsDocument, pause: !mayWrite, requestPolicy: 'cache-and-network' });
  const listId = useId();
  const { tags } = contact;
  const added = tagsOf(text).map((tag) => tag.replace(/\s+/gu, ' '));
  const wanted = [...new Set([...tags, ...added])];
  const problem =
    added
      .map((tag) =>
        wordsOf(
          tagProblem(
            wanted.filter((other) => other !== tag),
            tag,
          ),
        ),
      )
      .find(Boolean) ?? refused;
  return (
    <section>
      <h3>{t('customer.tags')}</h3>
      {tags.length === 0 && <p className="hint">{t('customer.noTags')}</p>}
      <ul className="tag-list">
        {tags.map((tag) => (
          <li key={tag} className="chip tag">
            <span dir="auto">{tag}</span>
            {mayWrite && (
              <IconButton
                icon="close"
                label={t('customer.removeTag', { tag })}
                onClick={() =>
                  void saveOrTell({ tags: tags.filter((other) => other !== tag) }, t('customer.tagRemoved', { tag }), {
                    tags,
                  })
                }
              />
            )}
          </li>
        ))}
      </ul>
      {mayWrite && (
        <form
          className="add-line"
          onSubmit={(event) => {
            event.preventDefault();
            if (added.length === 0 || problem || saving) return;
            void save({ tags: wanted }).then((words) => (words === null ? setText('') : setRefused(words)));
          }}
        >
          <input
            aria-label={t('customer.newTag')}
            placeholder={t('customer.newTag')}
            aria-describedby={problem ? `${listId}-problem` : undefined}
            aria-invalid={problem ? true : undefined}
            list={listId}
            dir="auto"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setRefused(null);
            }}
          />
          <datalist id={listId}>
            {(data?.contactTags ?? [])
              .filter((tag) => !tags.includes(tag))
              .map((tag) => (
                <option key={tag} value={tag} />
              ))}
          </datalist>
          <Button type="submit" size="small" icon="plus" busy={saving} disabled={added.length === 0}>
            {t('customer.addTag')}
          </Button>
          {problem && (
            <p className="field-error" id={`${listId}-problem`} role="alert">
              {problem}
            </p>
          )}
        </form>
      )}
    </section>
  );
}
