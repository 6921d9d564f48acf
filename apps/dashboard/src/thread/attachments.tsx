import { Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient } from 'urql';
import { MessagesDocument } from '../api/documents.js';
import type { MessagePartsFragment } from '../inbox/types.js';
import { withWords } from '../i18n/index.js';
import { kindWord } from '../inbox/words.js';
import { Icon } from '../ui/icon.js';
import { OutsideLink } from '../ui/customer-text.js';
import { fileHref, shownHref } from './file-address.js';
import { Lightbox } from './lightbox.js';
import { sizeWords } from './size-words.js';
import { part } from '../ui/part.js';

const AttachmentTrouble = part(() => withWords(import('../contacts/attachment-trouble.js'), 'customer'));

type Attachment = MessagePartsFragment['attachments'][number];

/** What came with a message, by what is known of it: an image is shown, the rest is a link or a sentence. */
export function Attachments({ message }: { message: MessagePartsFragment }) {
  if (message.attachments.length === 0) return null;
  return (
    <ul className="attachments">
      {message.attachments.map((attachment) => (
        <li key={attachment.id}>
          <OneAttachment attachment={attachment} conversationId={message.conversation.id} />
        </li>
      ))}
    </ul>
  );
}

function OneAttachment({ attachment, conversationId }: { attachment: Attachment; conversationId: string }) {
  const { t, i18n } = useTranslation();
  const name = attachment.name ?? kindWord(attachment.kind, t);
  if (attachment.status === 'REFERENCE') {
    return (
      <span className="attachment">
        <Icon name="link" size={16} /> <OutsideLink href={attachment.url}>{name}</OutsideLink>
      </span>
    );
  }
  const href = attachment.status === 'READY' ? fileHref(attachment.url) : null;
  if (!href) {
    return (
      <span className="attachment muted">
        <Icon name="file" size={16} /> <bdi>{name}</bdi> ·{' '}
        {attachment.trouble ? (
          <Suspense fallback={null}>
            <AttachmentTrouble trouble={attachment.trouble} />
          </Suspense>
        ) : (
          t(`attachment.${attachment.status === 'READY' ? 'GONE' : attachment.status}`)
        )}
      </span>
    );
  }
  // Files lie on this server; of any other they are links, which the page asks for nothing by itself.
  const own = shownHref(href) !== null;
  // Without a small picture it is of a kind that few browsers show.
  const shows = attachment.thumbnailUrl !== null || attachment.contentType !== 'image/heic';
  if (own && shows && (attachment.kind === 'IMAGE' || attachment.kind === 'STICKER')) {
    return (
      <Picture
        href={href}
        src={shownHref(attachment.thumbnailUrl) ?? href}
        name={name}
        conversationId={conversationId}
      />
    );
  }
  if (own && attachment.contentType?.startsWith('audio/'))
    return <audio controls preload="none" src={href} aria-label={name} />;
  if (own && attachment.contentType?.startsWith('video/'))
    return <video className="film" controls preload="metadata" src={href} aria-label={name} />;
  return (
    <a className="attachment" href={href} target="_blank" rel="noopener nofollow">
      <Icon name="file" size={16} /> <bdi>{name}</bdi>
      {attachment.size !== null && <span className="hint"> {sizeWords(attachment.size, i18n.language)}</span>}
    </a>
  );
}

/** Signed links run out: a picture that fails asks once for a new one. */
function Picture({
  href,
  src,
  name,
  conversationId,
}: {
  href: string;
  src: string;
  name: string;
  conversationId: string;
}) {
  const { t } = useTranslation();
  const client = useClient();
  const [failed, setFailed] = useState<string | null>(null);
  const [open, setOpen] = useState(false);
  const renew = () => {
    setFailed(src);
    if (failed === null)
      void client
        .query(MessagesDocument, { id: conversationId, first: 50, after: null }, { requestPolicy: 'network-only' })
        .toPromise();
  };
  if (failed === src) {
    return (
      <a className="attachment" href={href} target="_blank" rel="noopener nofollow">
        <Icon name="file" size={16} /> <bdi>{name}</bdi>
      </a>
    );
  }
  return (
    <>
      <button type="button" className="picture" onClick={() => setOpen(true)}>
        <img src={src} alt={t('attachment.picture', { name })} loading="lazy" onError={renew} />
      </button>
      {open && <Lightbox href={href} name={name} onClose={() => setOpen(false)} />}
    </>
  );
}
