import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { MailAsWrittenDocument } from '../api/documents.js';
import type { MessagePartsFragment } from '../inbox/types.js';
import { Button } from '../ui/button.js';
import { showLocked } from '../ui/trusted.js';
import { framedMail, type FramedMail } from './framed-mail.js';

type Shown = FramedMail | 'loading' | 'failed' | 'none' | null;

/** What a mail says on its outside, and, when somebody asks for it, the mail as it was written, in a frame that can do nothing. */
export function MailParts({
  mail,
  messageId,
  conversationId,
}: {
  mail: NonNullable<MessagePartsFragment['mail']>;
  messageId: string;
  conversationId: string;
}) {
  const { t } = useTranslation();
  const client = useClient();
  const [shown, setShown] = useState<Shown>(null);
  const load = async () => {
    setShown('loading');
    const { data } = await client
      .query(
        MailAsWrittenDocument,
        { conversation: conversationId, message: messageId },
        { requestPolicy: 'network-only' },
      )
      .toPromise();
    const found = data?.conversation?.messages.nodes.find(({ id }) => id === messageId);
    if (!found) return setShown('failed');
    setShown(found.html ? framedMail(found.html, (alt) => t('mail.picture', { alt })) : 'none');
  };
  const framed = shown !== null && typeof shown === 'object' ? shown : null;
  const show = useCallback(
    (frame: HTMLIFrameElement | null) => {
      if (frame && framed) showLocked(frame, framed.page);
    },
    [framed],
  );
  return (
    <div className="mail-parts">
      <p className="hint" dir="auto">
        {[
          mail.subject && t('mail.subject', { subject: mail.subject }),
          mail.to.length > 0 && t('mail.to', { to: mail.to.join(', ') }),
          mail.cc.length > 0 && t('mail.cc', { cc: mail.cc.join(', ') }),
          mail.automatic && t('mail.automatic'),
          !mail.authenticated && t('mail.unsigned'),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p>
        <Button
          tone="plain"
          size="small"
          busy={shown === 'loading'}
          aria-expanded={framed !== null}
          onClick={() => (framed === null ? void load() : setShown(null))}
        >
          {t(framed === null ? 'mail.original' : 'mail.hide')}
        </Button>
      </p>
      {framed && (
        <>
          {framed.pictures && <p className="hint">{t('mail.pictures')}</p>}
          <iframe
            className="mail-frame"
            title={t('mail.frame')}
            sandbox="allow-popups allow-popups-to-escape-sandbox"
            referrerPolicy="no-referrer"
            ref={show}
          />
        </>
      )}
      <p role="status" className="hint">
        {shown === 'none' && t('mail.none')}
        {shown === 'failed' && t('mail.failed')}
      </p>
    </div>
  );
}
