import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../session/workspace.js';
import { tagsOf } from '../thread/tags.js';
import { Button, IconButton } from '../ui/button.js';
import { tagProblem, type Problem } from './contact-rules.js';

interface Props {
  tags: readonly string[];
  /** Offered while one is typed. */
  inUse?: readonly string[] | undefined;
  saving?: boolean;
  onRemove: (tag: string, others: string[]) => void;
  /** Gives null where it is done, else why not, as a sentence. */
  onAdd: (wanted: string[]) => Promise<string | null>;
}

/** Labels, taken off and put on one by one. */
export function TagList({ tags, inUse = [], saving = false, onRemove, onAdd }: Props) {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const listId = useId();
  const added = tagsOf(text).map((tag) => tag.replace(/\s+/gu, ' '));
  const wanted = [...new Set([...tags, ...added])];
  const wordsOf = (problem: Problem) => problem && t(`customer.problem.${problem.key}`, problem.values ?? {});
  const others = (tag: string) => wanted.filter((other) => other !== tag);
  const problem = added.map((tag) => wordsOf(tagProblem(others(tag), tag))).find(Boolean) ?? refused;
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
                  onRemove(
                    tag,
                    tags.filter((other) => other !== tag),
                  )
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
            setText('');
            void onAdd(wanted).then((words) => {
              setRefused(words);
              if (words !== null) setText(text);
            });
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
            {inUse
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
