import type { MailTemplate } from '../../../platform/mail/index.js';

/** To every owner of a deleted workspace: the last row is gone, and this is the receipt. */
export const workspaceErased: MailTemplate<{ receipt: string }> = {
  name: 'workspace-erased',
  hours: 72,
  texts: {
    en: ({ receipt }, kit) => ({
      subject: 'The receipt of your deleted workspace',
      parts: [
        'All rows and files of the workspace that you owned are erased, and linked platforms were told. This is the signed receipt. It says what was erased in numbers, and nothing of anybody:',
        { note: receipt },
        { label: 'Check the receipt', url: kit.publicLink('/privacy/verify') },
      ],
    }),
    tr: ({ receipt }, kit) => ({
      subject: 'Silinen çalışma alanınızın makbuzu',
      parts: [
        'Sahibi olduğunuz çalışma alanının bütün satırları ve dosyaları silindi, bağlı platformlara bildirildi. İmzalı makbuz aşağıdadır. Nelerin silindiğini sayılarla söyler, kimse hakkında hiçbir şey içermez:',
        { note: receipt },
        { label: 'Makbuzu doğrulayın', url: kit.publicLink('/privacy/verify') },
      ],
    }),
  },
};
