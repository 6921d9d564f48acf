import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { tagProblem, type Problem } from '../contacts/contact-rules.js';
import { useWorkspace } from '../session/workspace.js';
import { tagsOf } from '../thread/tags.js';
import { Button, IconButton } from '../ui/button.js';
import { useChangeLead } from './change-lead.js';
import type { OpenLead } from './lead-pane.js';

/** The labels of a lead: taken off and put on one by one. */
export function LeadTags({ lead }: { lead: OpenLead }) {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const { change, changeOrTell } = useChangeLead();
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<string | null>(null);
  const problemId = useId();
  const { tags } = lead;
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
                  changeOrTell(lead, { tags: tags.filter((other) => other !== tag) }, t('customer.tagRemoved', { tag }))
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
            if (added.length === 0 || problem) return;
            setText('');
            void change(lead, { tags: wanted }, t('done.tagged')).then((words) => {
              setRefused(words);
              if (words !== null) setText(text);
            });
          }}
        >
          <input
            aria-label={t('customer.newTag')}
            placeholder={t('customer.newTag')}
            aria-describedby={problem ? problemId : undefined}
            aria-invalid={problem ? true : undefined}
            dir="auto"
            value={text}
            onChange={(event) => {
              setText(event.target.value);
              setRefused(null);
            }}
          />
          <Button type="submit" size="small" icon="plus" disabled={added.length === 0}>
            {t('customer.addTag')}
          </Button>
          {problem && (
            <p className="field-error" id={problemId} role="alert">
              {problem}
            </p>
          )}
        </form>
      )}
    </section>
  );
}
