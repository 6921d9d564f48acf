import type { MailKit, MailLocale, MailPart, MailTemplate } from '../../../platform/mail/index.js';

/** What every mail about a request is filled with. */
export interface RequestMailValues extends Readonly<Record<string, string>> {
  /** Who answers: the business, or the operator. */
  readonly business: string;
  readonly code: string;
  /** What a person wrote for it; empty where nobody did. */
  readonly words: string;
  /** The day of the later date, or empty. */
  readonly until: string;
  /** Proves the address; empty where there is nothing to prove. */
  readonly token: string;
  /** Where what was asked for is fetched; empty where there is nothing. */
  readonly link: string;
  /** What is asked back of whoever wrote a mail: `what` they want, or by what they are found (`whom`); empty otherwise. */
  readonly asks: string;
}

const hours = 72;

interface Texts {
  readonly subject: string;
  parts(values: RequestMailValues, kit: MailKit): MailPart[];
}

const complaint: Readonly<Record<MailLocale, string>> = {
  en: 'You may complain to a supervisory authority: in the EEA that of the place where you live, in Türkiye the KVKK (after you have asked us), in California the California Privacy Protection Agency.',
  tr: 'Denetim makamına şikâyette bulunabilirsiniz: AEA’da yaşadığınız yerin makamına, Türkiye’de (bize başvurduktan sonra) KVKK’ya, Kaliforniya’da California Privacy Protection Agency’ye.',
};
const follow: Readonly<Record<MailLocale, string>> = { en: 'See how far it is', tr: 'Durumunu görün' };

function template(
  name: string,
  texts: Readonly<Record<MailLocale, Texts>>,
  ends: { readonly complaint?: boolean } = {},
): MailTemplate<RequestMailValues> {
  const written = (language: MailLocale) => (values: RequestMailValues, kit: MailKit) => ({
    subject: texts[language].subject,
    parts: [
      ...texts[language].parts(values, kit),
      { label: follow[language], url: kit.publicLink(`/privacy/requests/${values.code}`) },
      ...(ends.complaint === true ? [{ note: complaint[language] }] : []),
    ],
  });
  return { name, hours, texts: { en: written('en'), tr: written('tr') } };
}

const asked: Readonly<Record<MailLocale, Readonly<Record<string, string>>>> = {
  en: {
    what: 'We could not tell for sure what you ask for, so a person reads it. To be quicker, write once more and say it plainly: a copy, a correction, erasure, restriction or an objection.',
    whom: 'If you wrote to a business by another way than this address, this helps to find your data: its name or website, the channel, your handle or phone number, and roughly when. None of it is a must.',
  },
  tr: {
    what: 'Ne istediğinizden emin olamadık; bu nedenle bir kişi okuyacak. Daha hızlı olması için bir kez daha yazıp açıkça söyleyin: kopya, düzeltme, silme, kısıtlama veya itiraz.',
    whom: 'Bir işletmeye bu adresten başka bir yolla yazdıysanız, verilerinizi bulmaya şunlar yardımcı olur: adı veya sitesi, kanal, kullanıcı adınız ya da telefon numaranız ve yaklaşık tarih. Hiçbiri zorunlu değildir.',
  },
};
const sayMore: Readonly<Record<MailLocale, string>> = { en: 'Say more', tr: 'Daha fazlasını söyleyin' };

function asksBack(language: MailLocale, { asks }: RequestMailValues, kit: MailKit): MailPart[] {
  const words = asked[language][asks];
  return words === undefined ? [] : [words, { label: sayMore[language], url: kit.publicLink('/privacy') }];
}

const proofUrl = ({ code, token }: RequestMailValues, kit: MailKit) =>
  kit.publicLink(`/privacy/requests/${code}/verify`, { token });

/** It has come; where there is a token, the address is to be confirmed. */
export const requestReceived = template('privacy-request-received', {
  en: {
    subject: 'We have your request',
    parts: (values, kit) => [
      `Your request about your personal data reached ${kit.named(values.business)}.`,
      ...(values.token === ''
        ? []
        : [
            'So that nobody else can ask in your name, confirm that this address is yours. The link works for 30 days.',
            { label: 'Confirm my address', url: proofUrl(values, kit) },
            { note: 'If you did not ask for anything, do nothing: without the confirmation nothing happens.' },
          ]),
      ...asksBack('en', values, kit),
    ],
  },
  tr: {
    subject: 'Talebinizi aldık',
    parts: (values, kit) => [
      `Kişisel verilerinizle ilgili talebiniz ${kit.named(values.business)} adına bize ulaştı.`,
      ...(values.token === ''
        ? []
        : [
            'Başkası sizin adınıza istekte bulunamasın diye bu adresin size ait olduğunu onaylayın. Bağlantı 30 gün geçerlidir.',
            { label: 'Adresimi onayla', url: proofUrl(values, kit) },
            { note: 'Hiçbir istekte bulunmadıysanız bir şey yapmayın: onay olmadan hiçbir şey olmaz.' },
          ]),
      ...asksBack('tr', values, kit),
    ],
  },
});

/** More is needed to know who asks. */
export const proofAsked = template('privacy-proof-asked', {
  en: {
    subject: 'Please confirm who you are',
    parts: (values, kit) => [
      `${kit.named(values.business)} has a question about your request:`,
      values.words,
      'Confirm that this address is yours. The link works for 30 days; you need not send a copy of an identity card.',
      { label: 'Confirm my address', url: proofUrl(values, kit) },
    ],
  },
  tr: {
    subject: 'Lütfen kim olduğunuzu doğrulayın',
    parts: (values, kit) => [
      `${kit.named(values.business)} talebinizle ilgili bir soru soruyor:`,
      values.words,
      'Bu adresin size ait olduğunu onaylayın. Bağlantı 30 gün geçerlidir; kimlik belgesi göndermeniz gerekmez.',
      { label: 'Adresimi onayla', url: proofUrl(values, kit) },
    ],
  },
});

/** It takes longer: the reason and the new date, in writing. */
export const requestExtended = template(
  'privacy-request-extended',
  {
    en: {
      subject: 'Your request takes longer',
      parts: (values, kit) => [
        `${kit.named(values.business)} needs more time for your request. The reason:`,
        values.words,
        `It will be answered by ${values.until} at the latest.`,
      ],
    },
    tr: {
      subject: 'Talebiniz daha uzun sürecek',
      parts: (values, kit) => [
        `${kit.named(values.business)} talebiniz için daha fazla zamana ihtiyaç duyuyor. Gerekçe:`,
        values.words,
        `En geç ${values.until} tarihinde yanıtlanacak.`,
      ],
    },
  },
  { complaint: true },
);

/** It stands still, and why. */
export const requestHeld = template(
  'privacy-request-held',
  {
    en: {
      subject: 'Your request has to wait',
      parts: (values, kit) => [
        `The law obliges ${kit.named(values.business)} to keep the data that you asked to have erased for now (a legal hold). It is erased once that ends.`,
        `You hear from us again by ${values.until} at the latest.`,
      ],
    },
    tr: {
      subject: 'Talebiniz beklemek zorunda',
      parts: (values, kit) => [
        `Yasa, ${kit.named(values.business)} için silinmesini istediğiniz verileri şimdilik saklama zorunluluğu getiriyor (hukuki saklama). Bu sona erince veriler silinir.`,
        `En geç ${values.until} tarihinde size yeniden yazılacak.`,
      ],
    },
  },
  { complaint: true },
);

/** It is refused: the reason, and the right to complain. */
export const requestRejected = template(
  'privacy-request-rejected',
  {
    en: {
      subject: 'Your request was refused',
      parts: (values, kit) => [`${kit.named(values.business)} has refused your request. The reason:`, values.words],
    },
    tr: {
      subject: 'Talebiniz reddedildi',
      parts: (values, kit) => [`${kit.named(values.business)} talebinizi reddetti. Gerekçe:`, values.words],
    },
  },
  { complaint: true },
);

/** It is done. */
export const requestDone = template('privacy-request-done', {
  en: {
    subject: 'Your request is done',
    parts: (values, kit) => [`${kit.named(values.business)} has done what you asked for.`],
  },
  tr: {
    subject: 'Talebiniz yerine getirildi',
    parts: (values, kit) => [`${kit.named(values.business)} talebinizi yerine getirdi.`],
  },
});

const rightFields: Readonly<Record<MailLocale, Readonly<Record<string, string>>>> = {
  en: {
    name: 'name',
    emails: 'e-mail addresses',
    phones: 'phone numbers',
    language: 'language',
    customFields: 'other details',
  },
  tr: {
    name: 'ad',
    emails: 'e-posta adresleri',
    phones: 'telefon numaraları',
    language: 'dil',
    customFields: 'diğer bilgiler',
  },
};
const rightWords = (language: MailLocale, words: string) =>
  words
    .split(' ')
    .map((field) => rightFields[language][field] ?? field)
    .join(', ');

/** It is put right: under which names, never what it was or is. */
export const requestRectified = template('privacy-request-rectified', {
  en: {
    subject: 'Your data is put right',
    parts: (values, kit) => [
      `${kit.named(values.business)} has put right what you asked for: ${rightWords('en', values.words)}.`,
    ],
  },
  tr: {
    subject: 'Verileriniz düzeltildi',
    parts: (values, kit) => [
      `${kit.named(values.business)} istediğiniz düzeltmeyi yaptı: ${rightWords('tr', values.words)}.`,
    ],
  },
});

/** It is answered, in the words of whoever answers. */
export const requestAnswered = template(
  'privacy-request-answered',
  {
    en: {
      subject: 'The answer to your request',
      parts: (values, kit) => [`${kit.named(values.business)} answers your request:`, values.words],
    },
    tr: {
      subject: 'Talebinizin yanıtı',
      parts: (values, kit) => [`${kit.named(values.business)} talebinizi yanıtlıyor:`, values.words],
    },
  },
  { complaint: true },
);

const fetchUrl = ({ link }: RequestMailValues, kit: MailKit) => {
  const { pathname, searchParams } = new URL(link);
  return kit.publicLink(pathname, Object.fromEntries(searchParams));
};

/** What was asked for is there. */
export const requestExported = template('privacy-request-exported', {
  en: {
    subject: 'The copy of your data is ready',
    parts: (values, kit) => [
      `${kit.named(values.business)} gives you a copy of what is kept about you. Whoever has this link can fetch it, until ${values.until}; pass it to nobody.`,
      { label: 'Fetch the copy', url: fetchUrl(values, kit) },
    ],
  },
  tr: {
    subject: 'Verilerinizin kopyası hazır',
    parts: (values, kit) => [
      `${kit.named(values.business)} hakkınızda saklananların bir kopyasını veriyor. Bu bağlantıya sahip olan herkes ${values.until} tarihine kadar indirebilir; kimseye vermeyin.`,
      { label: 'Kopyayı indir', url: fetchUrl(values, kit) },
    ],
  },
});
