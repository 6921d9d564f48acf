import type { TFunction } from 'i18next';
import type { ContactIdentity, MessageKind, MessagePreviewFragment } from './types.js';

/** The best name that is known: the contact's own, else a handle, else a stand-in. */
export function contactName(
  contact: { name: string | null; identities: readonly ContactIdentity[] },
  t: TFunction,
): string {
  const identity = contact.identities[0];
  return (
    contact.name ||
    identity?.handle ||
    (identity ? t('contact.unnamedWithId', { id: shortId(identity.externalId) }) : t('contact.unnamed'))
  );
}

/** One line that stands for a message in lists and announcements. */
export function previewText(
  message: Pick<MessagePreviewFragment, 'text' | 'kind' | 'deletedAt'>,
  t: TFunction,
): string {
  if (message.deletedAt) return t('message.unsent');
  const text = message.text?.replace(/\s+/gu, ' ').trim();
  return text || kindWord(message.kind, t);
}

export function kindWord(kind: MessageKind, t: TFunction): string {
  return t(`kind.${kind}`, { defaultValue: t('kind.UNSUPPORTED') });
}

function shortId(externalId: string): string {
  return externalId.length > 6 ? `…${externalId.slice(-6)}` : externalId;
}
