import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { BotsDocument, ChannelsDocument, KnowledgeDocument } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { EmptyState, Loading } from '../ui/states.js';
import { Icon } from '../ui/icon.js';
import { useInboxCounts } from './inbox-counts.js';

/** What stands beside the list while no conversation is chosen: the steps to the first reply, as far as they are not done. */
export function FirstSteps() {
  const { t } = useTranslation();
  const { mayWrite } = useWorkspace();
  const counts = useInboxCounts();
  const pause = !mayWrite;
  const [channels] = useQuery({ query: ChannelsDocument, pause });
  const [knowledge] = useQuery({ query: KnowledgeDocument, variables: { first: 50, after: null }, pause });
  const [bots] = useQuery({ query: BotsDocument, pause });
  if (channels.fetching || knowledge.fetching || bots.fetching) return <Loading />;
  const steps = [
    {
      name: 'channel',
      to: '/settings/channels',
      done: channels.data?.channels.some(({ status }) => status !== 'DISCONNECTED'),
    },
    { name: 'knowledge', to: '/settings/knowledge', done: (knowledge.data?.knowledge.nodes.length ?? 0) > 0 },
    { name: 'bot', to: '/settings/bots', done: bots.data?.bots.some(({ mode }) => mode !== 'OFF') },
  ];
  if (!mayWrite || !counts || steps.every(({ done }) => done)) {
    return <EmptyState icon="inbox" title={t('inbox.nothingChosen')} text={t('inbox.nothingChosenHint')} />;
  }
  return (
    <section className="first-steps" aria-labelledby="first-steps">
      <h2 id="first-steps">{t('steps.title')}</h2>
      <ol>
        {steps.map(({ name, to, done }) => (
          <li key={name} className={done ? 'done' : ''}>
            <span className="step-mark">{done && <Icon name="check" size={16} />}</span>
            <div>
              {done ? <strong>{t(`steps.${name}`)}</strong> : <Link href={to}>{t(`steps.${name}`)}</Link>}
              {done && <span className="visually-hidden"> {t('steps.done')}</span>}
              <p className="hint">{t(`steps.${name}Hint`)}</p>
            </div>
          </li>
        ))}
      </ol>
    </section>
  );
}
