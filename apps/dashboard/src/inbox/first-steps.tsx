import { useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { BotsDocument, ChannelsDocument, ConversationsDocument, KnowledgeDocument } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { SandboxLink } from '../settings/sandbox-link.js';
import { useInstance } from '../settings/instance.js';
import { Button } from '../ui/button.js';
import { Loading } from '../ui/states.js';
import { Icon } from '../ui/icon.js';

const hiddenName = 'parley.first-steps.';

/** The steps to the first reply; `otherwise` once they are done, hidden, or not for this person. */
export function FirstSteps({ otherwise }: { otherwise: ReactNode }) {
  const { t } = useTranslation();
  const title = useId();
  const { workspace, mayWrite } = useWorkspace();
  const { sandboxUrl } = useInstance();
  const [hidden, setHidden] = useState(() => localStorage.getItem(hiddenName + workspace.id) !== null);
  const steps = useSteps(!mayWrite || hidden);
  if (steps === 'loading') return <Loading />;
  if (steps === null || steps.every(({ done }) => done)) return otherwise;
  const hide = () => {
    localStorage.setItem(hiddenName + workspace.id, 'hidden');
    setHidden(true);
  };
  const next = steps.find(({ done }) => !done);
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
              {step.done || step.to === null ? (
                <strong>{t(`steps.${step.name}`)}</strong>
              ) : (
                <Link href={step.to}>{t(`steps.${step.name}`)}</Link>
              )}
              {step.done && <span className="visually-hidden"> {t('steps.done')}</span>}
              <p className="hint">{t(`steps.${step.name}Hint`)}</p>
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

interface Step {
  name: 'channel' | 'knowledge' | 'bot' | 'answer';
  to: string | null;
  done: boolean;
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
  if (pause) return null;
  if (!channels.data || !knowledge.data || !bots.data || !conversations.data) {
    return [channels, knowledge, bots, conversations].some(({ error }) => error) ? null : 'loading';
  }
  const rows = conversations.data.conversations.nodes;
  return [
    {
      name: 'channel',
      to: '/settings/channels',
      done: channels.data.channels.some(({ status }) => status !== 'DISCONNECTED'),
    },
    { name: 'knowledge', to: '/settings/knowledge', done: knowledge.data.knowledge.nodes.length > 0 },
    { name: 'bot', to: '/settings/bots', done: bots.data.bots.some(({ mode }) => mode !== 'OFF') },
    {
      name: 'answer',
      to: rows[0] ? `/inbox/all/${rows[0].id}` : null,
      done: rows.some(({ lastMessage, status }) => lastMessage?.direction === 'OUTBOUND' || status === 'RESOLVED'),
    },
  ];
}
