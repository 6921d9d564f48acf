import { useTranslation } from 'react-i18next';
import { Button } from './button.js';
import { notify } from './notices.js';

/** Copies a text; says so where the browser does not allow it. */
export function CopyButton({ text }: { text: string }) {
  const { t } = useTranslation();
  return (
    <Button
      onClick={() =>
        void navigator.clipboard?.writeText(text).then(
          () => notify(t('action.copied')),
          () => notify(t('action.copyFailed'), 'error'),
        )
      }
    >
      {t('action.copy')}
    </Button>
  );
}
