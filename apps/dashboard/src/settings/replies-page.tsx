import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  CannedResponsesDocument,
  DeleteCannedResponseDocument,
  SaveCannedResponseDocument,
  toApiFailure,
} from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { matchCanned } from '../thread/canned-match.js';
import { Button } from '../ui/button.js';
import { CustomerText } from '../ui/customer-text.js';
import { TextArea, TextField } from '../ui/field.js';
import { failureSentence } from '../ui/failure-words.js';
import { WhoMay } from '../ui/no-permission.js';
import { notify } from '../ui/notices.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { ToForm } from '../ui/to-form.js';

interface Edited {
  id: string | null;
  shortcut: string;
  text: string;
}
const fresh: Edited = { id: null, shortcut: '', text: '' };

/** So many are shown at a time, of thousands that there may be; with so few nobody needs to look for one. */
const pageSize = 50;
const fewEnough = 10;

/** Replies that are written once and used by a slash. */
export function RepliesPage() {
  const form = useRef<HTMLFormElement>(null);
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [edited, setEdited] = useState<Edited>(fresh);
  const [{ data, error, fetching }, reload] = useQuery({ query: CannedResponsesDocument });
  const all = data?.cannedResponses ?? [];
  const [wanted, setWanted] = useState('');
  const [shown, setShown] = useState(pageSize);
  const found = wanted.trim() === '' ? all : matchCanned(all, wanted.trim().replace(/^\//u, ''), all.length);
  const [saving, save] = useMutation(SaveCannedResponseDocument);
  const [, remove] = useMutation(DeleteCannedResponseDocument);
  const failure = saving.error ? toApiFailure(saving.error) : null;
  const errorOf = (field: string) => (failure?.field === field ? failureSentence(failure, t) : undefined);
  const shortcut = edited.shortcut.trim().replace(/^\//u, '');
  const ready = shortcut !== '' && !/\s/u.test(shortcut) && edited.text.trim() !== '';
  const submit = () => {
    if (!ready || saving.fetching) return;
    void save({ id: edited.id, shortcut, text: edited.text.trim() }).then((result) => result.error || setEdited(fresh));
  };
  return (
    <>
      <h1>{t('settings.replies')}</h1>
      <p className="lead">{t('replies.lead')}</p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && all.length === 0 && (
        <EmptyState
          icon="bolt"
          title={t('replies.empty')}
          text={t('replies.emptyHint')}
          action={mayWrite ? <ToForm label={t('replies.add')} form={form} /> : <WhoMay />}
        />
      )}
      {all.length > fewEnough && (
        <TextField
          type="search"
          label={t('nav.search')}
          dir="auto"
          value={wanted}
          onChange={(event) => {
            setWanted(event.target.value);
            setShown(pageSize);
          }}
        />
      )}
      {all.length > 0 && found.length === 0 && <p className="hint">{t('canned.noMatch')}</p>}
      <ul className="cards">
        {found.slice(0, shown).map((canned) => (
          <li key={canned.id} className="card">
            <div className="card-head">
              <kbd>/{canned.shortcut.replace(/^\//u, '')}</kbd>
              {mayWrite && (
                <span className="button-row push-end">
                  <Button size="small" onClick={() => setEdited(canned)}>
                    {t('action.edit')}
                  </Button>
                  <Button
                    size="small"
                    tone="danger"
                    onClick={() =>
                      void remove({ id: canned.id }).then(
                        (result) => result.error && notify(failureSentence(toApiFailure(result.error), t), 'error'),
                      )
                    }
                  >
                    {t('action.delete')}
                  </Button>
                </span>
              )}
            </div>
            <CustomerText text={canned.text} />
          </li>
        ))}
      </ul>
      {found.length > shown && <Button onClick={() => setShown(shown + pageSize)}>{t('action.more')}</Button>}
      {mayWrite && (
        <section>
          <h2>{t(edited.id ? 'replies.edit' : 'replies.add')}</h2>
          <form
            ref={form}
            className="narrow-form"
            onSubmit={(event) => {
              event.preventDefault();
              submit();
            }}
          >
            {failure && !['shortcut', 'text'].includes(failure.field ?? '') && <FailureNote failure={failure} />}
            <TextField
              label={t('replies.shortcut')}
              hint={t('replies.shortcutHint')}
              value={edited.shortcut}
              onChange={(event) => setEdited({ ...edited, shortcut: event.target.value })}
              error={errorOf('shortcut')}
            />
            <TextArea
              label={t('replies.text')}
              dir="auto"
              rows={4}
              value={edited.text}
              onChange={(event) => setEdited({ ...edited, text: event.target.value })}
              error={errorOf('text')}
            />
            <div className="button-row">
              <Button type="submit" tone="primary" disabled={!ready} busy={saving.fetching}>
                {t('action.save')}
              </Button>
              {edited.id && <Button onClick={() => setEdited(fresh)}>{t('action.cancel')}</Button>}
            </div>
          </form>
        </section>
      )}
    </>
  );
}
