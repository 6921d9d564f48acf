import type { MailTemplate } from '../../../platform/mail/index.js';

/** To those who run the deployment: requests wait on their desk. */
export const operatorReminded: MailTemplate<{ dueSoon: string; overdue: string }> = {
  name: 'privacy-operator-reminded',
  hours: 24,
  texts: {
    en: ({ dueSoon, overdue }, kit) => ({
      subject: 'Privacy requests wait on your desk',
      parts: [
        `Requests that no workspace owns and that are due within five days: ${dueSoon}. Of these the day has passed for ${overdue}.`,
        'Give each to the workspace that it is about, answer it, or take longer in writing.',
        { label: 'Open the desk', url: kit.publicLink('/instance/privacy') },
      ],
    }),
    tr: ({ dueSoon, overdue }, kit) => ({
      subject: 'Masanızda bekleyen gizlilik talepleri var',
      parts: [
        `Hiçbir çalışma alanına ait olmayan ve süresi beş gün içinde dolan talepler: ${dueSoon}. Bunlardan süresi geçenler: ${overdue}.`,
        'Her birini ilgili çalışma alanına verin, yanıtlayın ya da yazılı olarak süre uzatın.',
        { label: 'Masayı aç', url: kit.publicLink('/instance/privacy') },
      ],
    }),
  },
};
