import { Suspense, useState } from 'react';
import { createPortal } from 'react-dom';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.js';
import { mayReply } from './may-reply.js';
import type { OpenConversation } from './thread.js';
import { part } from '../ui/part.js';

// Fetched when somebody asks for it: most replies are no templates.
const TemplateDialog = part(() => import('./template-dialog.js'));

/** Opens the templates of a channel that has some; `pressing`: nothing else can be sent now. */
export function TemplateButton({ conversation, pressing }: { conversation: OpenConversation; pressing: boolean }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const reply = mayReply(conversation);
  if (!conversation.channel.capabilities.templates || reply === 'blocked' || reply === 'disconnected') return null;
  return (
    <>
      <Button
        size="small"
        icon="file"
        tone={pressing ? 'primary' : 'quiet'}
        className={pressing ? '' : 'compact'}
        onClick={() => setOpen(true)}
      >
        {t('composer.template')}
      </Button>
      {open &&
        // Beside the composer, whose form it must not stand in.
        createPortal(
          <Suspense fallback={null}>
            <TemplateDialog conversation={conversation} onClose={() => setOpen(false)} />
          </Suspense>,
          document.body,
        )}
    </>
  );
}
