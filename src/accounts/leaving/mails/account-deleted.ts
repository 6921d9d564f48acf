import type { MailTemplate } from '../../../platform/mail/index.js';

/** To whoever deleted their account: that it is done, with the receipt. `deleted`: workspaces of theirs that go with it. */
export const accountDeleted: MailTemplate<{ receipt: string; deleted: string }> = {
  name: 'account-deleted',
  hours: 72,
  texts: {
    en: ({ receipt, deleted }, kit) => ({
      subject: 'Your account was deleted',
      parts: [
        'Your account and your profile are gone, and you are signed out everywhere. What you wrote in workspaces of others stays there without your name.',
        ...(receipt === ''
          ? []
          : [
              'This is the signed receipt. It says what was erased in numbers, and nothing of you. Keep it if you want to be able to prove the deletion:',
              { note: receipt },
              { label: 'Check the receipt', url: kit.publicLink('/privacy/verify') },
            ]),
        {
          note:
            deleted === '0'
              ? 'This is the last mail that we send to this address.'
              : 'The workspaces that only you owned are deleted too. When they are gone you get a receipt of each; until then we keep this address, encrypted, and after that nowhere.',
        },
      ],
    }),
    tr: ({ receipt, deleted }, kit) => ({
      subject: 'Hesabınız silindi',
      parts: [
        'Hesabınız ve profiliniz silindi, her yerde oturumunuz kapatıldı. Başkalarının çalışma alanlarında yazdıklarınız orada adınız olmadan kalır.',
        ...(receipt === ''
          ? []
          : [
              'İmzalı makbuz aşağıdadır. Nelerin silindiğini sayılarla söyler, sizin hakkınızda hiçbir şey içermez. Silmeyi kanıtlamak isterseniz saklayın:',
              { note: receipt },
              { label: 'Makbuzu doğrulayın', url: kit.publicLink('/privacy/verify') },
            ]),
        {
          note:
            deleted === '0'
              ? 'Bu adrese gönderdiğimiz son e-posta budur.'
              : 'Tek sahibi olduğunuz çalışma alanları da siliniyor. Silinmeleri bitince her biri için bir makbuz alırsınız; o zamana kadar bu adresi şifreli olarak saklarız, sonra hiçbir yerde saklamayız.',
        },
      ],
    }),
  },
};
