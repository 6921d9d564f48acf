import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { useActions } from '../actions/use-actions.js';
import { SetAvailabilityDocument, toApiFailure } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Avatar } from '../ui/avatar.js';
import { failureSentence } from '../ui/failure-words.js';
import { ChoiceMenu } from '../ui/menu.js';
import { notify } from '../ui/notices.js';
import { PresenceDot } from '../ui/presence-dot.js';

/** Says whether this person takes conversations now. */
export default function AvailabilityMenu() {
  const { t } = useTranslation();
  const { me } = useWorkspace();
  const [, set] = useMutation(SetAvailabilityDocument);
  const available = me?.available ?? true;
  const choose = (next: boolean) =>
    void set({ available: next }).then(({ error }) => {
      if (error) notify(failureSentence(toApiFailure(error), t), 'error');
      else notify(t(next ? 'presence.nowAvailable' : 'presence.nowAway'));
    });
  useActions({ availability: () => choose(!available) });
  const label = t('presence.yours', { state: t(available ? 'presence.available' : 'presence.yourAway') });
  return (
    <ChoiceMenu
      label={t('presence.menu')}
      value={available ? 'available' : 'away'}
      choices={[
        { value: 'available', label: t('presence.available') },
        { value: 'away', label: t('presence.yourAway') },
      ]}
      onChoose={(value) => choose(value === 'available')}
      trigger={
        <button type="button" className="icon-button own-presence" aria-label={label} title={label}>
          <Avatar name={me?.user.name ?? ''} size="small" />
          <PresenceDot online={available} />
          <span className="presence-word">{t(available ? 'presence.available' : 'presence.yourAway')}</span>
        </button>
      }
    />
  );
}
