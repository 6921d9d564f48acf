import { escapeHtml } from '../../accounts/index.js';
import { type PrivacyRequestKind, PrivacyRequestStatus } from './enums.js';

interface StateWords {
  readonly title: string;
  readonly deletion: { readonly title: string; readonly going: string; readonly done: string };
  readonly status: Readonly<Record<PrivacyRequestStatus, string>>;
  readonly kind: Readonly<Record<`${PrivacyRequestKind}`, string>>;
  readonly labels: Readonly<Record<'asked' | 'received' | 'due' | 'extended' | 'done', string>>;
  readonly complain: string;
  /** What there is of an erasure to take along. */
  readonly receipt: Readonly<Record<'file' | 'check', string>>;
  readonly unknown: Readonly<Record<'title' | 'text', string>>;
  readonly notPassed: { readonly title: string; readonly why: (privacyEmail: string) => string };
  readonly proof: Readonly<Record<'title' | 'ask' | 'button' | 'done' | 'wrong', string>>;
}

/** What the pages about a request say. */
export const stateWords: Readonly<Record<'en' | 'tr', StateWords>> = {
  en: {
    title: 'State of your request',
    deletion: {
      title: 'State of the deletion',
      going: 'The workspace cannot be read any more. Its rows are being erased.',
      done: 'Everything was erased.',
    },
    status: {
      [PrivacyRequestStatus.RECEIVED]: 'Your request has come.',
      [PrivacyRequestStatus.VERIFYING]: 'Who asks has still to be shown. Where you left an address, look for our mail.',
      [PrivacyRequestStatus.IN_PROGRESS]: 'Your request is being worked on.',
      [PrivacyRequestStatus.ON_HOLD]:
        'The law obliges us to keep the data for now. It is erased once that ends; you are told.',
      [PrivacyRequestStatus.COMPLETED]: 'Done.',
      [PrivacyRequestStatus.REJECTED]: 'Your request was refused. The reason was sent to the address that you left.',
    },
    kind: {
      ACCESS: 'a copy of your data',
      RECTIFY: 'correction',
      ERASE: 'erasure',
      RESTRICT: 'keeping your data without using it',
      PORT: 'your data to take along',
      OBJECT: 'objection',
      OBJECT_AUTOMATED: 'objection to automatic answers',
    },
    labels: { asked: 'Asked for', received: 'Received', due: 'Done by', extended: 'Done by, later', done: 'Settled' },
    complain:
      'You may complain to a supervisory authority at any time: <a href="/privacy">the help page</a> says which.',
    receipt: { file: 'Receipt of the erasure', check: 'Check a receipt' },
    unknown: {
      title: 'No request has this code',
      text: 'Take the whole link from our answer. If you have lost it, <a href="/privacy">the help page</a> says whom to write to.',
    },
    notPassed: {
      title: 'Your request was not taken',
      why: (privacyEmail) =>
        `The check against spam did not pass. Go back, load the page again and try once more, or write to ${mail(privacyEmail)}: a plain mail is enough.`,
    },
    proof: {
      title: 'Confirm your address',
      ask: 'With this you confirm that the address to which we wrote is yours, and that you asked for this.',
      button: 'It is my address',
      done: 'Thank you: the address is confirmed.',
      wrong: 'This link is over, or was used already.',
    },
  },
  tr: {
    title: 'Talebinizin durumu',
    deletion: {
      title: 'Silmenin durumu',
      going: 'Çalışma alanı artık okunamaz. Satırları siliniyor.',
      done: 'Her şey silindi.',
    },
    status: {
      [PrivacyRequestStatus.RECEIVED]: 'Talebiniz bize ulaştı.',
      [PrivacyRequestStatus.VERIFYING]:
        'Kimin başvurduğunun gösterilmesi gerekiyor. Bir adres bıraktıysanız e-postamıza bakın.',
      [PrivacyRequestStatus.IN_PROGRESS]: 'Talebiniz üzerinde çalışılıyor.',
      [PrivacyRequestStatus.ON_HOLD]:
        'Yasa verileri şimdilik saklamamızı zorunlu kılıyor. Bu sona erince silinir; size bildirilir.',
      [PrivacyRequestStatus.COMPLETED]: 'Tamamlandı.',
      [PrivacyRequestStatus.REJECTED]: 'Talebiniz reddedildi. Gerekçe bıraktığınız adrese gönderildi.',
    },
    kind: {
      ACCESS: 'verilerinizin bir kopyası',
      RECTIFY: 'düzeltme',
      ERASE: 'silme',
      RESTRICT: 'verilerinizin kullanılmadan saklanması',
      PORT: 'verilerinizin taşınması',
      OBJECT: 'itiraz',
      OBJECT_AUTOMATED: 'otomatik yanıtlara itiraz',
    },
    labels: { asked: 'İstenen', received: 'Alındı', due: 'En geç', extended: 'Yeni son tarih', done: 'Sonuçlandı' },
    complain:
      'İstediğiniz zaman bir denetim makamına şikâyette bulunabilirsiniz: hangisine olduğunu <a href="/privacy">yardım sayfası</a> söyler.',
    receipt: { file: 'Silme makbuzu', check: 'Makbuz doğrula' },
    unknown: {
      title: 'Bu koda ait bir talep yok',
      text: 'Yanıtımızdaki bağlantıyı eksiksiz kullanın. Kaybettiyseniz kime yazacağınızı <a href="/privacy">yardım sayfası</a> söyler.',
    },
    notPassed: {
      title: 'Talebiniz alınmadı',
      why: (privacyEmail) =>
        `İstenmeyen gönderilere karşı denetim geçilemedi. Geri dönüp sayfayı yeniden yükleyin ve bir kez daha deneyin ya da ${mail(privacyEmail)} adresine yazın: sade bir e-posta yeterlidir.`,
    },
    proof: {
      title: 'Adresinizi onaylayın',
      ask: 'Bununla, yazdığımız adresin size ait olduğunu ve bunu sizin istediğinizi onaylarsınız.',
      button: 'Bu benim adresim',
      done: 'Teşekkürler: adres onaylandı.',
      wrong: 'Bu bağlantının süresi doldu ya da daha önce kullanıldı.',
    },
  },
};

function mail(address: string): string {
  const text = escapeHtml(address);
  return `<a href="mailto:${text}">${text}</a>`;
}
