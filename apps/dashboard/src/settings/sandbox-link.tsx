import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icon.js';
import { useInstance } from './instance.js';

/** The way to the pretend platforms, where this server runs them. */
export function SandboxLink() {
  const { t } = useTranslation();
  const { sandboxUrl } = useInstance();
  if (!sandboxUrl) return null;
  return (
    <a href={sandboxUrl} target="_blank" rel="noopener" className="button plain medium">
      <Icon name="link" size={16} />
      {t('sandbox.open')}
    </a>
  );
}
