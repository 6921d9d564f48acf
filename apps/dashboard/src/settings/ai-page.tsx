import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { Link } from 'wouter';
import {
  AiRunsDocument,
  AiSettingsDocument,
  UpdateAiSettingsDocument,
  toApiFailure,
  type AiSettingsQuery,
} from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { OutsideLink } from '../ui/customer-text.js';
import { CheckField, TextField } from '../ui/field.js';
import { failureSentence } from '../ui/failure-words.js';
import { formWords } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';
import { EmptyState, FailureNote, Loading } from '../ui/states.js';
import { fullTime } from '../ui/time.js';
import { runErrorWords } from '../thread/draft-words.js';
import { useInstance } from './instance.js';
import { BudgetForm } from './budget-form.js';
import { QuotedNote } from './quoted-note.js';
import { TrialsForm } from './trials-form.js';

/** Whether anything may go to a model, to which, and what went there lately. */
export function AiPage() {
  const { t } = useTranslation();
  const { model } = useInstance();
  const [{ data, error, fetching }, reload] = useQuery({
    query: AiSettingsDocument,
    requestPolicy: 'cache-and-network',
  });
  return (
    <>
      <h1>{t('settings.ai')}</h1>
      <p className="lead">{t('ai.lead')}</p>
      <QuotedNote here />
      <p className="hint">{t(model ? 'ai.serverModel' : 'ai.noServerModel')}</p>
      {error && <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />}
      {!data && fetching && <Loading />}
      {data && <SettingsForm settings={data.aiSettings} />}
      {data && <BudgetForm settings={data.aiSettings} />}
      {data && <TrialsForm settings={data.aiSettings} />}
      <Runs />
    </>
  );
}

function SettingsForm({ settings }: { settings: AiSettingsQuery['aiSettings'] }) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const [{ fetching, error }, update] = useMutation(UpdateAiSettingsDocument);
  const failure = error ? toApiFailure(error) : null;
  const errorOf = (field: string) => (failure?.field === field ? failureSentence(failure, t) : undefined);
  const submit = (event: SyntheticEvent<HTMLFormElement>) => {
    event.preventDefault();
    const word = formWords(event.currentTarget);
    const key = word('apiKey');
    const input = {
      enabled: word('enabled') === 'on',
      maskDetails: word('maskDetails') === 'on',
      model: word('model'),
      embeddingModel: word('embeddingModel'),
      baseUrl: word('baseUrl'),
      // Left empty, the kept key stays; it is shown to nobody, so it cannot stand in the field.
      ...(key ? { apiKey: key } : {}),
    };
    const target = event.currentTarget;
    void update({ input }).then((result) => {
      if (result.error) return;
      const secret = target.querySelector<HTMLInputElement>('[name=apiKey]');
      if (secret) secret.value = '';
      notify(t('ai.saved'));
    });
  };
  return (
    <form className="narrow-form" onSubmit={submit}>
      {failure && !['model', 'embeddingModel', 'baseUrl', 'apiKey'].includes(failure.field ?? '') && (
        <FailureNote failure={failure} />
      )}
      <fieldset className="plain" disabled={!mayAdminister}>
        <CheckField label={t('ai.enabled')} name="enabled" defaultChecked={settings.enabled} />
        <TextField
          label={t('ai.model')}
          hint={t('ai.modelHint')}
          name="model"
          defaultValue={settings.model ?? ''}
          error={errorOf('model')}
        />
        <TextField
          label={t('ai.embeddingModel')}
          hint={t('ai.embeddingModelHint')}
          name="embeddingModel"
          defaultValue={settings.embeddingModel ?? ''}
          error={errorOf('embeddingModel')}
        />
        <TextField
          label={t('ai.baseUrl')}
          hint={t('ai.baseUrlHint')}
          name="baseUrl"
          type="url"
          defaultValue={settings.baseUrl ?? ''}
          error={errorOf('baseUrl')}
        />
        <TextField
          label={t('ai.apiKey')}
          hint={t(settings.hasKey ? 'ai.hasKey' : 'ai.noKey')}
          name="apiKey"
          type="password"
          autoComplete="off"
          error={errorOf('apiKey')}
        />
        <CheckField label={t('ai.maskDetails')} name="maskDetails" defaultChecked={settings.maskDetails} />
        {settings.policyUrl && (
          <p className="hint">
            {t('ai.policy')} <OutsideLink href={settings.policyUrl}>{settings.policyUrl}</OutsideLink>
          </p>
        )}
        {mayAdminister ? (
          <Button type="submit" tone="primary" busy={fetching}>
            {t('action.save')}
          </Button>
        ) : (
          <p className="hint">{t('channels.adminsOnly')}</p>
        )}
      </fieldset>
    </form>
  );
}

function Runs() {
  const { t, i18n } = useTranslation();
  const [{ data, error, fetching }, reload] = useQuery({
    query: AiRunsDocument,
    variables: { first: 25, after: null },
    requestPolicy: 'cache-and-network',
  });
  if (error && !data)
    return <FailureNote failure={toApiFailure(error)} onRetry={() => reload({ requestPolicy: 'network-only' })} />;
  if (!data && fetching) return <Loading />;
  const runs = data?.aiRuns.nodes ?? [];
  return (
    <section>
      <h2>{t('ai.runs')}</h2>
      {runs.length === 0 ? (
        <EmptyState
          icon="spark"
          title={t('ai.noRuns')}
          text={t('ai.noRunsHint')}
          action={
            <Link href="/settings/bots" className="button plain medium">
              {t('settings.bots')}
            </Link>
          }
        />
      ) : (
        <div className="table-frame" tabIndex={0} role="region" aria-label={t('ai.runs')}>
          <table>
            <thead>
              <tr>
                <th scope="col">{t('ai.when')}</th>
                <th scope="col">{t('ai.purpose')}</th>
                <th scope="col">{t('ai.by')}</th>
                <th scope="col">{t('ai.outcome')}</th>
              </tr>
            </thead>
            <tbody>
              {runs.map((run) => (
                <tr key={run.id}>
                  <td>
                    {run.conversationId ? (
                      <Link href={`/inbox/all/${run.conversationId}`}>{fullTime(run.at, i18n.language)}</Link>
                    ) : (
                      fullTime(run.at, i18n.language)
                    )}
                  </td>
                  <td>{t(`aiPurpose.${run.purpose}`, { defaultValue: run.purpose })}</td>
                  <td>
                    <bdi>{[run.provider, run.model].filter(Boolean).join(' · ')}</bdi>
                  </td>
                  <td>
                    {t(`aiOutcome.${run.outcome}`, { defaultValue: run.outcome })}{' '}
                    {run.error && <bdi className="hint">{runErrorWords(run, t)}</bdi>}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
