import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { Button } from '../ui/button.js';
import { EmptyState } from '../ui/states.js';

interface Props {
  /** Null where nothing narrows the list. */
  onClear: (() => void) | null;
  /** Null for those who may only read. */
  onCreate: (() => void) | null;
}

/** No leads: what leads are, where they come from, and the way to the first. */
export function LeadsEmpty({ onClear, onCreate }: Props) {
  const { t } = useTranslation();
  if (onClear)
    return (
      <EmptyState
        icon="search"
        title={t('leads.noMatch')}
        text={t('filter.noMatchHint')}
        action={<Button onClick={onClear}>{t('filter.clear')}</Button>}
      />
    );
  return (
    <EmptyState
      icon="target"
      title={t('leads.empty')}
      text={t('leads.emptyHint')}
      action={
        onCreate ? (
          <Button tone="primary" onClick={onCreate}>
            {t('leads.createFirst')}
          </Button>
        ) : (
          <Link href="/settings/channels" className="button plain medium">
            {t('action.toChannels')}
          </Link>
        )
      }
    />
  );
}
