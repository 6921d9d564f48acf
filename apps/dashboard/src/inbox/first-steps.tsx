import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import { Link } from 'wouter';
import {
  BotsDocument,
  ChannelsDocument,
  ConversationsDocument,
  FirstStepsHiddenDocument,
  HideFirstStepsDocument,
  InboxReportDocument,
  KnowledgeDocument,
  toApiFailure,
} from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { SandboxLink } from '../settings/sandbox-link.js';
import { useInstance } from '../settings/instance.js';
import { Button } from '../ui/button.js';
import { failureSentence } from '../ui/failure-words.js';
import { notify } from '../ui/notices.js';
import { regionOf } from '../ui/time.js';
import { EmptyState, Loading } from '../ui/states.js';
import { Icon } from '../ui/icon.js';

/** The steps to the first reply; `otherwise` once they are done, hidden, or not for this person. */
export function FirstSteps({ otherwise }: { otherwise: ReactNode }) {
  const { t, i18n } = useTranslation();
  const title = useId();
  const { workspace, mayWrite, mayAdminister } = useWorkspace();
  const { sandboxUrl } = useInstance();
  const { hidden, hide } = useHiding(!mayWrite);
  const steps = useSteps(!mayWrite || hidden === true);
  const names = new Intl.ListFormat(regionOf(i18n.language)).format(
    workspace.members.filter(({ role }) => role === 'OWNER' || role === 'ADMIN').map(({ user }) => user.name),
  );
  if (!mayWrite && otherwise !== null)
    return <EmptyState icon="inbox" title={t('inbox.nothingChosen')} text={t('steps.viewer', { names })} />;
  if (steps === 'loading' || hidden === 'loading') return <Loading />;
  // The way is to the first reply: once that is written, nobody is led any more.
  if (steps === null || steps.some(({ name, done }) => name === 'answer' && done)) return otherwise;
  const blocked = (step: Step) => step.name === 'channel' && !mayAdminister;
  const next = steps.find((step) => !step.done && !blocked(step));
  const done = steps.filter((step) => step.done).length;
  return (
    <section className="first-steps" aria-labelledby={title}>
      <h2 id={title}>{t('steps.title')}</h2>
      <p className="hint" role="status">
        {t('steps.progress', { count: done, total: steps.length })}
      </p>
      <ol>
        {steps.map((step) => (
          <li key={step.name} className={step.done ? 'done' : ''} aria-current={step === next ? 'step' : undefined}>
            <span className="step-mark">{step.done && <Icon name="check" size={16} />}</span>
            <div>
              {step.done || step.to === null || blocked(step) ? (
                <strong>{t(`steps.${step.name}`)}</strong>
              ) : (
                <Link href={step.to}>{t(`steps.${step.name}`)}</Link>
              )}
              {step.done && <span className="visually-hidden"> {t('steps.done')}</span>}
              {step.optional && !step.done && <span className="chip">{t('steps.optional')}</span>}
              <p className="hint">
                {!step.done && blocked(step) ? t('steps.channelByOthers', { names }) : t(`steps.${step.name}Hint`)}
              </p>
            </div>
          </li>
        ))}
      </ol>
      {sandboxUrl && (
        <div className="callout">
          <p>{t('steps.sandbox')}</p>
          <SandboxLink />
        </div>
      )}
      <Button size="small" tone="quiet" onClick={hide}>
        {t('steps.hide')}
      </Button>
    </section>
  );
}

/** Whether this member is done with them, which goes where they go. */
function useHiding(pause: boolean) {
  const { t } = useTranslation();
  const [{ data, error }, ask] = useQuery({ query: FirstStepsHiddenDocument, pause });
  const [, change] = useMutation(HideFirstStepsDocument);
  const hide = () =>
    void change({}).then((result) => {
      if (result.error) notify(failureSentence(toApiFailure(result.error), t), 'error');
      else ask({ requestPolicy: 'network-only' });
    });
  const hidden = data?.firstStepsHidden ?? (pause || error ? false : ('loading' as const));
  return { hidden, hide };
}

interface Step {
  name: 'channel' | 'knowledge' | 'bot' | 'answer';
  to: string | null;
  done: boolean;
  /** A first reply can be written without it. */
  optional?: true;
}

/** How far the workspace has come, from what is in it; null where nobody has to know. */
function useSteps(pause: boolean): Step[] | 'loading' | null {
  const [channels] = useQuery({ query: ChannelsDocument, pause });
  const [knowledge] = useQuery({ query: KnowledgeDocument, variables: { first: 50, after: null }, pause });
  const [bots] = useQuery({ query: BotsDocument, pause });
  const [conversations] = useQuery({
    query: ConversationsDocument,
    variables: { filter: {}, order: 'LAST_ACTIVITY', first: 40, after: null },
    pause,
  });
  const rows = conversations.data?.conversations.nodes ?? [];
  const answeredLately = rows.some(({ lastMessage }) => lastMessage?.direction === 'OUTBOUND');
  // Where customers had the last word everywhere, only the counts know of an answer before it.
  const [days] = useState(lastDays);
  const [report] = useQuery({
    query: InboxReportDocument,
    variables: days,
    pause: pause || rows.length === 0 || answeredLately,
    requestPolicy: 'cache-and-network',
  });
  if (pause) return null;
  if (!channels.data || !knowledge.data || !bots.data || !conversations.data) {
    return [channels, knowledge, bots, conversations].some(({ error }) => error) ? null : 'loading';
  }
  if (report.fetching && !report.data) return 'loading';
  return [
    {
      name: 'channel',
      to: '/settings/channels',
      done: channels.data.channels.some(({ status }) => status !== 'DISCONNECTED'),
    },
    {
      name: 'knowledge',
      to: '/settings/knowledge',
      done: knowledge.data.knowledge.nodes.length > 0,
      optional: true,
    },
    { name: 'bot', to: '/settings/bots', done: bots.data.bots.some(({ mode }) => mode !== 'OFF'), optional: true },
    {
      name: 'answer',
      to: rows[0] ? `/inbox/all/${rows[0].id}` : null,
      done: answeredLately || (report.data?.inboxReport.total.messagesOut ?? 0) > 0,
    },
  ];
}

const dayMilliseconds = 86_400_000;

/** As far back as the counts go in one question. */
function lastDays() {
  const to = Math.ceil(Date.now() / dayMilliseconds) * dayMilliseconds + dayMilliseconds;
  const from = to - 399 * dayMilliseconds;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString(), groupBy: 'CHANNEL' as const };
}
