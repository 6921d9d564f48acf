import { useTranslation } from 'react-i18next';
import { Dialog } from '../ui/dialog.js';

/** A picture as large as the window allows, and the way to keep it. */
export function Lightbox({ href, name, onClose }: { href: string; name: string; onClose: () => void }) {
  const { t } = useTranslation();
  return (
    <Dialog title={name} onClose={onClose} wide>
      <div className="lightbox">
        <img src={href} alt={t('attachment.picture', { name })} />
        <a className="button plain medium" href={href} rel="noopener nofollow">
          {t('attachment.download')}
        </a>
      </div>
    </Dialog>
  );
}
