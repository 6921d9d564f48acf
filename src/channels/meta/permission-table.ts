import { refusalSentence } from '../connect/refusal.js';
import { ChannelKind } from '../enums.js';

/** Where Meta asks a person for a permission. */
export type Dialog = 'facebook-login' | 'instagram-login' | 'embedded-signup';

/** A permission that is asked for at Meta, and the one thing that it is used for. */
export interface MetaPermission {
  readonly name: string;
  readonly dialog: Dialog;
  /** The kinds of channel that cannot work without it; none where it only helps to find accounts. */
  readonly neededFor: readonly ChannelKind[];
  readonly purpose: { readonly en: string; readonly tr: string };
}

/**
 * Every permission that this server asks for at Meta. The dialogs ask for exactly these, whoever connects is shown them, and
 * docs/permissions-at-meta.md and the public page are printed from them: what has no row here is never asked for.
 */
export const metaPermissions: readonly MetaPermission[] = [
  {
    name: 'pages_show_list',
    dialog: 'facebook-login',
    neededFor: [ChannelKind.MESSENGER, ChannelKind.INSTAGRAM],
    purpose: {
      en: 'Lists the Pages that you manage, so that you can choose which to connect.',
      tr: 'Yönettiğiniz Sayfaları listeler; hangisini bağlayacağınızı seçebilirsiniz.',
    },
  },
  {
    name: 'pages_manage_metadata',
    dialog: 'facebook-login',
    neededFor: [ChannelKind.MESSENGER, ChannelKind.INSTAGRAM],
    purpose: {
      en: 'Switches the delivery of new messages on for the connected Page, and off when you disconnect it.',
      tr: 'Bağlanan Sayfa için yeni mesajların iletilmesini açar, bağlantıyı kestiğinizde kapatır.',
    },
  },
  {
    name: 'pages_read_engagement',
    dialog: 'facebook-login',
    neededFor: [ChannelKind.MESSENGER, ChannelKind.INSTAGRAM],
    purpose: {
      en: 'Reads the name of the Page and of the Instagram account that is linked to it.',
      tr: 'Sayfanın ve ona bağlı Instagram hesabının adını okur.',
    },
  },
  {
    name: 'pages_messaging',
    dialog: 'facebook-login',
    neededFor: [ChannelKind.MESSENGER],
    purpose: {
      en: 'Receives what people write to the Page in Messenger, and sends your replies to them.',
      tr: 'Kişilerin Sayfaya Messenger’dan yazdıklarını alır ve yanıtlarınızı onlara gönderir.',
    },
  },
  {
    name: 'instagram_basic',
    dialog: 'facebook-login',
    neededFor: [ChannelKind.INSTAGRAM],
    purpose: {
      en: 'Finds the Instagram professional account that is linked to the Page.',
      tr: 'Sayfaya bağlı profesyonel Instagram hesabını bulur.',
    },
  },
  {
    name: 'instagram_manage_messages',
    dialog: 'facebook-login',
    neededFor: [ChannelKind.INSTAGRAM],
    purpose: {
      en: 'Receives what people write to that Instagram account, and sends your replies to them.',
      tr: 'Kişilerin o Instagram hesabına yazdıklarını alır ve yanıtlarınızı onlara gönderir.',
    },
  },
  {
    name: 'business_management',
    dialog: 'facebook-login',
    neededFor: [],
    purpose: {
      en: 'Lists also those Pages that belong to a business portfolio.',
      tr: 'Bir işletme portföyüne ait Sayfaları da listeler.',
    },
  },
  {
    name: 'instagram_business_basic',
    dialog: 'instagram-login',
    neededFor: [ChannelKind.INSTAGRAM],
    purpose: {
      en: 'Reads the id and the name of the Instagram account that signs in.',
      tr: 'Oturum açan Instagram hesabının kimliğini ve adını okur.',
    },
  },
  {
    name: 'instagram_business_manage_messages',
    dialog: 'instagram-login',
    neededFor: [ChannelKind.INSTAGRAM],
    purpose: {
      en: 'Receives what people write to the Instagram account, and sends your replies to them.',
      tr: 'Kişilerin Instagram hesabına yazdıklarını alır ve yanıtlarınızı onlara gönderir.',
    },
  },
  {
    name: 'whatsapp_business_management',
    dialog: 'embedded-signup',
    neededFor: [ChannelKind.WHATSAPP],
    purpose: {
      en: 'Lists the numbers of the WhatsApp Business account, and switches the delivery of new messages on and off.',
      tr: 'WhatsApp Business hesabının numaralarını listeler; yeni mesajların iletilmesini açar ve kapatır.',
    },
  },
  {
    name: 'whatsapp_business_messaging',
    dialog: 'embedded-signup',
    neededFor: [ChannelKind.WHATSAPP],
    purpose: {
      en: 'Receives what people write to the connected number, and sends your replies to them.',
      tr: 'Kişilerin bağlanan numaraya yazdıklarını alır ve yanıtlarınızı onlara gönderir.',
    },
  },
];

/** What one dialog asks for. */
export function permissionsOf(dialog: Dialog): readonly MetaPermission[] {
  return metaPermissions.filter((permission) => permission.dialog === dialog);
}

/** The same as those who give the consent are shown it. */
export function askedBy(dialog: Dialog): { name: string; purpose: string }[] {
  return permissionsOf(dialog).map(({ name, purpose }) => ({ name, purpose: purpose.en }));
}

/** Whether a kind of channel can work with what was given. */
export function suffices(dialog: Dialog, kind: ChannelKind, granted: readonly string[]): boolean {
  return permissionsOf(dialog).every(({ name, neededFor }) => !neededFor.includes(kind) || granted.includes(name));
}

/** What is missing, in words: nothing of these kinds can be connected with what was given. */
export function missingWords(dialog: Dialog, granted: readonly string[]): string | null {
  const missing = permissionsOf(dialog).filter(
    ({ name, neededFor }) => neededFor.length > 0 && !granted.includes(name),
  );
  if (missing.length === 0) return null;
  const names = missing.map(({ name }) => name).join(', ');
  return refusalSentence('CONSENT_NO_PERMISSION', { names });
}
