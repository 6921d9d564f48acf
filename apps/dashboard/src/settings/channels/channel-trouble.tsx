import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { ChannelPartsFragment } from '../../api/documents.js';
import { useWorkspace } from '../../session/workspace.js';
import { Icon } from '../../ui/icon.js';
import { connectPath } from './connect-path.js';
import { troubleWords } from './trouble-words.js';

/** What is wrong with a channel: the exact cause, what it means for messages, and the one thing to do. */
export function ChannelTrouble({ channel }: { channel: ChannelPartsFragment & { heldMessages: number } }) {
  const { t } = useTranslation();
  const { mayAdminister } = useWorkspace();
  const { status } = channel;
  const cause = troubleWords(channel, t);
  if (status === 'CONNECTED' && cause === null) return null;
  // That is mended by its own form, not by another consent.
  const path = channel.whatsApp?.registered === false ? null : connectPath(channel.kind);
  return (
    <div className={status === 'EXPIRED' || status === 'ERROR' ? 'trouble bad' : 'trouble'} role="status">
      <Icon name={status === 'DISCONNECTED' ? 'plug' : 'alert'} />
      <div>
        <p>
          <strong>{t(`trouble.${status}`)}</strong>
        </p>
        {cause !== null && <p dir="auto">{cause}</p>}
        <p>{t(`troubleMeans.${status}`)}</p>
        {channel.heldMessages > 0 && <p>{t('trouble.held', { count: channel.heldMessages })}</p>}
      </div>
      {mayAdminister && path && status !== 'CONNECTED' && (
        <Link href={path} className="button primary medium">
          {t('trouble.reconnect')}
        </Link>
      )}
      {!mayAdminister && <p className="hint">{t('channels.adminsOnly')}</p>}
    </div>
  );
}
