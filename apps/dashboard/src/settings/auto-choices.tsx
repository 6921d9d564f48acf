import { useTranslation } from 'react-i18next';
import type { AutoHours } from '../api/documents.js';
import { SelectField } from '../ui/field.js';
import { Picks, type Pickable } from './picks.js';

interface Props {
  /** The channels that the bot has. */
  channels: readonly Pickable[];
  channelIds: readonly string[];
  onChannels: (ids: string[]) => void;
  hours: AutoHours;
  onHours: (hours: AutoHours) => void;
}

/** Where, and when, a bot answers by itself: nothing is chosen until somebody chooses it. */
export function AutoChoices({ channels, channelIds, onChannels, hours, onHours }: Props) {
  const { t } = useTranslation();
  return (
    <>
      <Picks
        legend={t('bots.autoChannels')}
        hint={t('bots.autoChannelsHint')}
        none={t('bots.autoChannelsNone')}
        options={channels}
        chosen={channelIds}
        onChange={onChannels}
      />
      <SelectField
        label={t('bots.autoHours')}
        hint={t('bots.autoHoursHint')}
        value={hours}
        onChange={(event) => onHours(event.target.value as AutoHours)}
      >
        {(['ALWAYS', 'OPEN', 'CLOSED'] as const).map((value) => (
          <option key={value} value={value}>
            {t(`autoHours.${value}`)}
          </option>
        ))}
      </SelectField>
    </>
  );
}
