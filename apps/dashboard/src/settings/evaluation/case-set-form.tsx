import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import {
  DeleteEvaluationSetDocument,
  SaveEvaluationSetDocument,
  TakeEvaluationCasesDocument,
  type EvaluationSetPartsFragment,
} from '../../api/documents.js';
import { useAsk } from '../../ui/ask.js';
import { Button } from '../../ui/button.js';
import { TextArea, TextField } from '../../ui/field.js';
import { formWords } from '../../ui/form-words.js';
import { notify } from '../../ui/notices.js';
import { FailureNote } from '../../ui/states.js';

interface WrittenCase {
  readonly id: string | null;
  readonly question: string;
  readonly expected: string;
  readonly knowledgeId: string | null;
}
const emptyCase: WrittenCase = { id: null, question: '', expected: '', knowledgeId: null };

/** Cases that are kept: what a customer would ask, and what a good answer says. */
export function CaseSetForm({ set, onDone }: { set: EvaluationSetPartsFragment | null; onDone: () => void }) {
  const { t } = useTranslation();
  const [cases, setCases] = useState<readonly WrittenCase[]>(() => set?.cases ?? [emptyCase]);
  const [, save] = useMutation(SaveEvaluationSetDocument);
  const [, remove] = useMutation(DeleteEvaluationSetDocument);
  const [, take] = useMutation(TakeEvaluationCasesDocument);
  const { ask, busy, failure, errorOf } = useAsk('name', 'cases');
  const change = (place: number, part: Partial<WrittenCase>) =>
    setCases(cases.map((one, index) => (index === place ? { ...one, ...part } : one)));
  const ended = (words: string) => (result: unknown) => {
    if (!result) return;
    notify(words);
    onDone();
  };
  return (
    <>
      <h1>{t(set ? 'cases.changeSet' : 'cases.newSet')}</h1>
      <p className="lead">{t('cases.setLead')}</p>
      <form
        className="narrow-form"
        onSubmit={(event) => {
          event.preventDefault();
          const name = formWords(event.currentTarget)('name');
          const written = cases
            .filter(({ question }) => question.trim() !== '')
            .map(({ id, question, expected, knowledgeId }) => ({ id, question, expected, knowledgeId }));
          void ask(() => save({ id: set?.id ?? null, name, cases: written })).then(ended(t('action.saved')));
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextField
          label={t('cases.name')}
          name="name"
          dir="auto"
          required
          maxLength={100}
          defaultValue={set?.name ?? ''}
          error={errorOf('name')}
        />
        {cases.map(({ question, expected }, place) => (
          <fieldset key={place} className="pair">
            <legend>{t('cases.case', { number: place + 1 })}</legend>
            <TextField
              label={t('knowledge.question')}
              dir="auto"
              value={question}
              onChange={(event) => change(place, { question: event.target.value })}
              error={place === 0 ? errorOf('cases') : undefined}
            />
            <TextArea
              label={t('cases.expected')}
              hint={t('cases.expectedHint')}
              dir="auto"
              rows={2}
              value={expected}
              onChange={(event) => change(place, { expected: event.target.value })}
            />
            {cases.length > 1 && (
              <Button size="small" tone="quiet" onClick={() => setCases(cases.filter((_, index) => index !== place))}>
                {t('cases.removeCase')}
              </Button>
            )}
          </fieldset>
        ))}
        <Button size="small" icon="plus" onClick={() => setCases([...cases, emptyCase])}>
          {t('cases.addCase')}
        </Button>
        <div className="button-row">
          <Button type="submit" tone="primary" busy={busy}>
            {t('action.save')}
          </Button>
          {set && (
            <>
              <Button busy={busy} onClick={() => void ask(() => take({ setId: set.id })).then(ended(t('cases.taken')))}>
                {t('cases.take')}
              </Button>
              <Button
                tone="danger"
                busy={busy}
                onClick={() => void ask(() => remove({ id: set.id })).then(ended(t('cases.removed')))}
              >
                {t('cases.removeSet')}
              </Button>
            </>
          )}
          <Button onClick={onDone}>{t('action.cancel')}</Button>
        </div>
      </form>
    </>
  );
}
