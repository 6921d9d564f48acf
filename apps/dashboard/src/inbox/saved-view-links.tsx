import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { Link } from 'wouter';
import { SavedViewsDocument, type SavedViewPartsFragment } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { IconButton } from '../ui/button.js';
import { Icon } from '../ui/icon.js';
import { filtersFrom, writeFilters } from './filters.js';
import { usePlace } from './place.js';

/** The address of a saved view: all of it stands there, so that it can be narrowed further and passed on. */
export function pathOfView({ filter, order }: SavedViewPartsFragment, ownMemberId: string | null): string {
  return `/inbox/all?${writeFilters(filtersFrom(filter, ownMemberId), order)}`;
}

/** The ways to the saved views. */
export function SavedViewLinks({ onManage }: { onManage: () => void }) {
  const { t } = useTranslation();
  const { me } = useWorkspace();
  const { view, search } = usePlace();
  const [{ data }] = useQuery({ query: SavedViewsDocument });
  const views = data?.savedViews ?? [];
  if (views.length === 0) return null;
  const here = `/inbox/${view}?${search}`;
  return (
    <nav className="view-line" aria-label={t('savedViews.title')}>
      <div className="view-links">
        {views.map((saved) => {
          const path = pathOfView(saved, me?.id ?? null);
          return (
            <Link key={saved.id} href={path} aria-current={path === here ? 'page' : undefined}>
              <bdi>{saved.name}</bdi>
              {saved.shared && (
                <>
                  <Icon name="people" size={14} />
                  <span className="visually-hidden">{t('savedViews.sharedMark')}</span>
                </>
              )}
            </Link>
          );
        })}
      </div>
      <IconButton icon="more" label={t('savedViews.manage')} onClick={onManage} />
    </nav>
  );
}
