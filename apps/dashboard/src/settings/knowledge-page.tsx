import { useRef, useState, type RefObject } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { AddKnowledgeDocument, DeleteKnowledgeDocument, KnowledgeDocument, toApiFailure } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button, IconButton } from '../ui/button.js';
import { CheckField, TextArea, TextField } from '../ui/field.js';
import { failureSentence } from '../ui/failure-words.js';
import { WhoMay } from '../ui/no-permission.js';
import { notify } from '../ui/notices.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { fullTime } from '../ui/time.js';
import { ToForm } from '../ui/to-form.js';
import { QuotedNote } from './quoted-note.js';

/** What answers may be drawn from. */
export function KnowledgePage() {
  const { t, i18n } = useTranslation();
  const { mayWrite } = useWorkspace();
  const form = useRef<HTMLFormElement>(null);
  const [after, setAfter] = useState<string | null>(null);
  const [{ data, error, fetching }, reload] = useQuery({
    query: KnowledgeDocument,
    variables: { first: 50, after },
    requestPolicy: 'cache-and-network',
  });
  const [, remove] = useMutation(DeleteKnowledgeDocument);
  const sources = data?.knowledge.nodes ?? [];
  const next = data?.knowledge.pageInfo;
  return (
    <>
      <h1>{t('settings.knowledge')}</h1>
      <p className="lead">{t('knowledge.lead')}</p>
      <QuotedNote />
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && sources.length === 0 && (
        <EmptyState
          icon="book"
          title={t('knowledge.empty')}
          text={t('knowledge.emptyHint')}
          action={mayWrite ? <ToForm label={t('knowledge.first')} form={form} /> : <WhoMay />}
        />
      )}
      <ul className="cards">
        {sources.map((source) => (
          <li key={source.id} className="card">
            <div className="card-head">
              <strong dir="auto">{source.title}</strong>
              <span className="chip">{t(`knowledgeKind.${source.kind}`)}</span>
              <span className={`chip status-${source.status.toLowerCase()}`}>
                {t(`knowledgeStatus.${source.status}`)}
              </span>
              {source.internal && <span className="chip warn">{t('knowledge.internal')}</span>}
              {mayWrite && (
                <IconButton
                  className="push-end"
                  icon="close"
                  label={t('knowledge.delete', { title: source.title })}
                  onClick={() =>
                    void remove({ id: source.id }).then(
                      (result) => result.error && notify(failureSentence(toApiFailure(result.error), t), 'error'),
                    )
                  }
                />
              )}
            </div>
            <p className="hint">
              {t('knowledge.passages', { count: source.passages })} · {fullTime(source.updatedAt, i18n.language)}
            </p>
            {source.error && (
              <p className="field-error" dir="auto">
                {source.error}
              </p>
            )}
          </li>
        ))}
      </ul>
      {next?.hasNextPage && (
        <Button busy={fetching} onClick={() => setAfter(next.endCursor)}>
          {t('action.more')}
        </Button>
      )}
      {mayWrite && <AddKnowledge form={form} />}
    </>
  );
}

interface Pair {
  question: string;
  answer: string;
}
const emptyPair: Pair = { question: '', answer: '' };

function AddKnowledge({ form }: { form: RefObject<HTMLFormElement | null> }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<'TEXT' | 'FAQ'>('TEXT');
  const [title, setTitle] = useState('');
  const [text, setText] = useState('');
  const [faq, setFaq] = useState<Pair[]>([emptyPair]);
  const [internal, setInternal] = useState(false);
  const [{ fetching, error }, add] = useMutation(AddKnowledgeDocument);
  const failure = error ? toApiFailure(error) : null;
  const errorOf = (field: string) => (failure?.field === field ? failureSentence(failure, t) : undefined);
  const pairs = faq.filter((pair) => pair.question.trim() && pair.answer.trim());
  const ready = title.trim() !== '' && (kind === 'TEXT' ? text.trim() !== '' : pairs.length > 0);
  const change = (index: number, part: Partial<Pair>) =>
    setFaq(faq.map((pair, place) => (place === index ? { ...pair, ...part } : pair)));
  const submit = () => {
    if (!ready || fetching) return;
    const input = {
      kind,
      title: title.trim(),
      internal,
      ...(kind === 'TEXT' ? { text: text.trim() } : { faq: pairs }),
    };
    void add({ input }).then((result) => {
      if (result.error) return;
      setTitle('');
      setText('');
      setFaq([emptyPair]);
      notify(t('knowledge.added'));
    });
  };
  return (
    <section>
      <h2>{t('knowledge.add')}</h2>
      <div className="segments" role="group" aria-label={t('knowledge.kind')}>
        {(['TEXT', 'FAQ'] as const).map((value) => (
          <button key={value} type="button" aria-pressed={kind === value} onClick={() => setKind(value)}>
            {t(`knowledgeKind.${value}`)}
          </button>
        ))}
      </div>
      <form
        ref={form}
        className="narrow-form"
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {failure && !['title', 'text'].includes(failure.field ?? '') && <FailureNote failure={failure} />}
        <TextField
          label={t('knowledge.title')}
          dir="auto"
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          error={errorOf('title')}
        />
        {kind === 'TEXT' ? (
          <TextArea
            label={t('knowledge.text')}
            hint={t('knowledge.textHint')}
            dir="auto"
            rows={8}
            value={text}
            onChange={(event) => setText(event.target.value)}
            error={errorOf('text')}
          />
        ) : (
          <>
            {faq.map((pair, index) => (
              <fieldset key={index} className="pair">
                <legend>{t('knowledge.pair', { number: index + 1 })}</legend>
                <TextField
                  label={t('knowledge.question')}
                  dir="auto"
                  value={pair.question}
                  onChange={(event) => change(index, { question: event.target.value })}
                />
                <TextArea
                  label={t('knowledge.answer')}
                  dir="auto"
                  rows={3}
                  value={pair.answer}
                  onChange={(event) => change(index, { answer: event.target.value })}
                />
                {faq.length > 1 && (
                  <Button size="small" tone="quiet" onClick={() => setFaq(faq.filter((_, place) => place !== index))}>
                    {t('knowledge.removePair')}
                  </Button>
                )}
              </fieldset>
            ))}
            <Button size="small" icon="plus" onClick={() => setFaq([...faq, emptyPair])}>
              {t('knowledge.addPair')}
            </Button>
          </>
        )}
        <CheckField
          label={t('knowledge.internalHint')}
          checked={internal}
          onChange={(event) => setInternal(event.target.checked)}
        />
        <Button type="submit" tone="primary" busy={fetching} disabled={!ready}>
          {t('knowledge.add')}
        </Button>
      </form>
    </section>
  );
}
