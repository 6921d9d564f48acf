import type { MailTemplate } from '../../../platform/mail/index.js';

/** To every owner: the workspace is gone, and where that can be followed. */
export const workspaceDeleted: MailTemplate<{ workspace: string; code: string }> = {
  name: 'workspace-deleted',
  hours: 72,
  texts: {
    en: ({ workspace, code }, kit) => ({
      subject: 'Your workspace was deleted',
      parts: [
        `The workspace ${kit.named(workspace)} was deleted by one of its owners. Nothing of it can be read any more; its rows are being erased now, and linked platforms are told within 24 hours.`,
        { label: 'Follow the deletion', url: kit.publicLink(`/privacy/requests/${code}`) },
        'If nobody of you meant to do that, write to us at once: a deletion cannot be taken back, but who did it can be found out.',
      ],
    }),
    tr: ({ workspace, code }, kit) => ({
      subject: 'Çalışma alanınız silindi',
      parts: [
        `${kit.named(workspace)} çalışma alanı sahiplerinden biri tarafından silindi. Artık hiçbir şeyi okunamaz; satırları şimdi siliniyor, bağlı platformlara 24 saat içinde bildiriliyor.`,
        { label: 'Silmeyi izleyin', url: kit.publicLink(`/privacy/requests/${code}`) },
        'Bunu hiçbiriniz istemediyse bize hemen yazın: silme geri alınamaz, ancak kimin yaptığı bulunabilir.',
      ],
    }),
  },
};
