import { useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { IconButton } from '../ui/button.js';
import { ShareDialog } from './share-dialog.js';

/** Shows what stands in the composer to colleagues. */
export function ShareButton({ conversationId, text }: { conversationId: string; text: string }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <>
      <IconButton
        icon="people"
        label={t('suggestion.shareButton')}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      />
      {open &&
        // Beside the composer, whose form it must not stand in.
        createPortal(
          <ShareDialog conversationId={conversationId} text={text} onClose={() => setOpen(false)} />,
          document.body,
        )}
    </>
  );
}
