import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useActions } from '../actions/use-actions.js';
import { ChannelBadge } from '../inbox/channel-badge.js';
import { withWords } from '../i18n/index.js';
import { usePlace } from '../inbox/place.js';
import { contactName } from '../inbox/words.js';
import { useWorkspace } from '../session/workspace.js';
import { Avatar } from '../ui/avatar.js';
import { Button, IconButton } from '../ui/button.js';
import { DownloadLink } from '../ui/download-link.js';
import { Icon } from '../ui/icon.js';
import { ChoiceMenu } from '../ui/menu.js';
import { fullTime } from '../ui/time.js';
import { isAiOff } from './ai-off.js';
import { useConversationActions } from './conversation-actions.js';
import { snoozeChoices } from './snooze.js';
import type { OpenConversation } from './thread.js';
import { usePresence } from './viewing.js';
import { part } from '../ui/part.js';

// Fetched when somebody asks for them.
const SnoozeDialog = part(() => import('./snooze-dialog.js').then((module) => ({ default: module.SnoozeDialog })));
const TagsDialog = part(() => import('./tags-dialog.js').then((module) => ({ default: module.TagsDialog })));
const DeleteConversation = part(() => withWords(import('./delete-conversation.js'), 'customer'));

const priorities = ['NONE', 'LOW', 'MEDIUM', 'HIGH', 'URGENT'] as const;
const statuses = ['OPEN', 'PENDING', 'RESOLVED'] as const;

/** Who this is, who else is here, and everything that can be decided about the conversation. */
export function ThreadHeader({ conversation }: { conversation: OpenConversation }) {
  const { t, i18n } = useTranslation();
  const { to } = usePlace();
  const { workspace, me, mayWrite, mayAdminister } = useWorkspace();
  const [open, setOpen] = useState<'priority' | 'assign' | 'status' | 'snooze' | 'tags' | 'erase' | null>(null);
  const actions = useConversationActions(conversation);
  const name = contactName(conversation.contact, t);
  const aiOff = conversation.aiMode === 'OFF' || isAiOff(conversation.contact);
  const resolved = conversation.status === 'RESOLVED';
  const when = (which: typeof open) => ({
    open: open === which,
    onOpenChange: (now: boolean) => setOpen(now ? which : null),
  });
  const assignees = [
    { value: '', label: t('thread.nobody') },
    ...workspace.members.map(({ id, online, user }) => ({
      value: id,
      label: user.name,
      hint: t(online ? 'presence.online' : 'presence.away'),
      online,
    })),
  ];
  useActions(
    mayWrite
      ? {
          resolve: () => actions.setStatus('RESOLVED'),
          reopen: () => actions.setStatus('OPEN'),
          snooze: {
            run: () => setOpen('snooze'),
            choices: snoozeChoices(new Date()).map(({ name: when, until }) => ({
              label: t(`snooze.${when}`),
              run: () => actions.setStatus('SNOOZED', until.toISOString()),
            })),
          },
          priority: {
            run: () => setOpen('priority'),
            choices: priorities.map((value) => ({
              label: t(`priority.${value}`),
              run: () => actions.setPriority(value),
            })),
          },
          assign: {
            run: () => setOpen('assign'),
            choices: assignees.map(({ value, label }) => ({ label, run: () => actions.assign(value || null) })),
          },
          assignToMe: () => actions.assign(me?.id ?? null),
          tags: () => setOpen('tags'),
          status: {
            run: () => setOpen('status'),
            choices: statuses.map((value) => ({ label: t(`status.${value}`), run: () => actions.setStatus(value) })),
          },
          ...(aiOff ? {} : { pauseBot: actions.toggleAi }),
        }
      : {},
  );
  return (
    <header className="thread-head">
      <div className="thread-title">
        <Link href={to()} className="icon-button only-narrow" aria-label={t('thread.back')}>
          <Icon name="back" />
        </Link>
        <Avatar name={name} size="small" />
        <div className="thread-who">
          <h2 dir="auto">{name}</h2>
          <p className="hint">
            <ChannelBadge kind={conversation.channel.kind} /> <span dir="auto">{conversation.channel.name}</span>
            {conversation.status === 'SNOOZED' && conversation.snoozedUntil && (
              <> · {t('thread.snoozedUntil', { time: fullTime(conversation.snoozedUntil, i18n.language) })}</>
            )}
          </p>
        </div>
        <Others conversationId={conversation.id} />
        <Link
          href={to(conversation.id, 'details')}
          className="icon-button not-wide"
          aria-label={t('thread.details')}
          title={t('thread.details')}
        >
          <Icon name="user" />
        </Link>
      </div>
      {mayWrite && (
        <div className="thread-actions" role="group" aria-label={t('thread.actions')}>
          <Button
            size="small"
            tone={resolved ? 'plain' : 'primary'}
            icon={resolved ? 'reply' : 'check'}
            onClick={() => actions.setStatus(resolved ? 'OPEN' : 'RESOLVED')}
          >
            {t(resolved ? 'thread.reopen' : 'thread.resolve')}
          </Button>
          <ChoiceMenu
            {...when('status')}
            label={t('thread.status')}
            value={conversation.status}
            choices={statuses.map((value) => ({ value, label: t(`status.${value}`) }))}
            onChoose={(value) => actions.setStatus(value as (typeof statuses)[number])}
            trigger={<Button size="small">{t(`status.${conversation.status}`)}</Button>}
          />
          <Button size="small" icon="clock" onClick={() => setOpen('snooze')}>
            {t('thread.snooze')}
          </Button>
          <ChoiceMenu
            {...when('priority')}
            label={t('thread.priority')}
            value={conversation.priority}
            choices={priorities.map((value) => ({ value, label: t(`priority.${value}`) }))}
            onChoose={(value) => actions.setPriority(value as (typeof priorities)[number])}
            trigger={
              <Button size="small" icon="flag">
                {conversation.priority === 'NONE' ? t('thread.priority') : t(`priority.${conversation.priority}`)}
              </Button>
            }
          />
          <ChoiceMenu
            {...when('assign')}
            label={t('thread.assign')}
            value={conversation.assignee?.id ?? ''}
            choices={assignees}
            onChoose={(value) => actions.assign(value || null)}
            trigger={
              <Button size="small" icon="user">
                <span dir="auto">{conversation.assignee?.user.name ?? t('thread.assign')}</span>
              </Button>
            }
          />
          <Button size="small" icon="tag" onClick={() => setOpen('tags')}>
            {conversation.tags.length ? t('thread.tagsCount', { count: conversation.tags.length }) : t('thread.tags')}
          </Button>
          {!aiOff && (
            <Button
              size="small"
              icon={conversation.aiPaused ? 'play' : 'pause'}
              onClick={actions.toggleAi}
              aria-pressed={conversation.aiPaused}
            >
              {t(conversation.aiPaused ? 'thread.resumeAi' : 'thread.pauseAi')}
            </Button>
          )}
          <DownloadLink
            href={`/exports/conversations/${conversation.id}.json?workspace=${workspace.id}`}
            className="icon-button"
            aria-label={t('thread.export')}
            title={t('thread.export')}
          >
            <Icon name="download" />
          </DownloadLink>
          {mayAdminister && <IconButton icon="bin" label={t('thread.erase')} onClick={() => setOpen('erase')} />}
        </div>
      )}
      <Suspense fallback={null}>
        {open === 'snooze' && (
          <SnoozeDialog onClose={() => setOpen(null)} onChoose={(until) => actions.setStatus('SNOOZED', until)} />
        )}
        {open === 'tags' && (
          <TagsDialog tags={conversation.tags} onClose={() => setOpen(null)} onSave={actions.setTags} />
        )}
        {open === 'erase' && <DeleteConversation conversationId={conversation.id} onClose={() => setOpen(null)} />}
      </Suspense>
    </header>
  );
}

function Others({ conversationId }: { conversationId: string }) {
  const { t } = useTranslation();
  const { viewers, typists } = usePresence(conversationId);
  const words = typists.length
    ? t('presence.replying', { names: typists.join(', ') })
    : viewers.length
      ? t('presence.viewing', { names: viewers.join(', ') })
      : '';
  return (
    <div className="others" role="status">
      {viewers.slice(0, 3).map((name) => (
        <Avatar key={name} name={name} size="small" />
      ))}
      {words && (
        <span className="hint" dir="auto">
          {words}
        </span>
      )}
    </div>
  );
}
