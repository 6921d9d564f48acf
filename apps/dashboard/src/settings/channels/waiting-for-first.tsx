import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ChannelPartsFragment } from '../../api/documents.js';
import { useEvents } from '../../session/use-news.js';
import { useWorkspace } from '../../session/workspace.js';
import { fullTime } from '../../ui/time.js';
import { TestReply } from './test-reply.js';

/** When a customer last wrote, and until then that we listen; it changes by itself when the message is there. */
export function WaitingForFirst({
  channel,
}: {
  channel: Pick<ChannelPartsFragment, 'id' | 'lastInboundAt' | 'status'>;
}) {
  const { t, i18n } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [first, setFirst] = useState<string | null>(null);
  useEvents((event) => {
    if (event?.__typename !== 'MessageAdded' || event.message.direction !== 'INBOUND') return;
    const { id, channel: of } = event.message.conversation;
    // The first one it is: others that follow do not take the answer to it away.
    if (of.id === channel.id) setFirst((before) => before ?? id);
  });
  if (first !== null) {
    return (
      <div className="stack">
        <p role="status">
          {t('channel.heard')} <Link href={`/inbox/all/${first}`}>{t('channel.open')}</Link>
        </p>
        {mayWrite && <TestReply key={first} conversationId={first} />}
      </div>
    );
  }
  if (channel.lastInboundAt)
    return <p className="hint">{t('channel.lastInbound', { time: fullTime(channel.lastInboundAt, i18n.language) })}</p>;
  if (channel.status !== 'CONNECTED' && channel.status !== 'EXPIRING') return null;
  return (
    <p className="waiting" role="status">
      <span className="waiting-dot" aria-hidden="true" /> {t('channel.waiting')}
    </p>
  );
}
