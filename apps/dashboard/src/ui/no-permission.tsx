import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { EmptyState } from './states.js';

/** What somebody can do who may not do the thing itself: find out whom to ask. */
export function WhoMay() {
  const { t } = useTranslation();
  return (
    <Link href="/settings/members" className="button plain medium">
      {t('state.whoMay')}
    </Link>
  );
}

/** In the place of a page that this person's role does not open: whom to ask. */
export function NoPermission({ title }: { title: string }) {
  const { t } = useTranslation();
  return (
    <>
      <h1>{title}</h1>
      <EmptyState icon="lock" title={t('state.noPermission')} text={t('state.noPermissionHint')} action={<WhoMay />} />
    </>
  );
}
