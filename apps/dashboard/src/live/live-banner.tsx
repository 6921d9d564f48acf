import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../session/workspace.js';
import { Button } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { useStore } from '../ui/store.js';

/** Says that what is on the screen may be old, as soon as the live connection is gone. */
export function LiveBanner() {
  const { t } = useTranslation();
  const { feedState, reconnect } = useWorkspace();
  const state = useStore(feedState);
  return (
    <div role="status">
      {state === 'lost' && (
        <div className="live-banner">
          <Icon name="bolt" size={16} />
          <span>{t('live.lost')}</span>
          <Button size="small" onClick={reconnect}>
            {t('live.reconnect')}
          </Button>
        </div>
      )}
    </div>
  );
}
