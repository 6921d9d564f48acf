import { useTranslation } from 'react-i18next';
import type { SourcePartsFragment } from '../inbox/types.js';
import { CustomerText, OutsideLink } from '../ui/customer-text.js';
import { Icon } from '../ui/icon.js';

/** Where an answer comes from: the title first, the very passage on demand. */
export function Sources({ sources }: { sources: readonly SourcePartsFragment[] }) {
  const { t } = useTranslation();
  if (sources.length === 0) return null;
  return (
    <div className="sources">
      <p className="hint">{t('draft.sources')}</p>
      {sources.map((source, index) => (
        <details key={index} className="source">
          <summary>
            <Icon name="book" size={14} /> <bdi>{source.title}</bdi>
          </summary>
          <CustomerText text={source.passage} />
          {source.url && <OutsideLink href={source.url}>{source.url}</OutsideLink>}
        </details>
      ))}
    </div>
  );
}
