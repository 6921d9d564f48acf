import { type PlanTexts, planMail } from './plan-mail.js';

/** What goes on in any case, and what stops. */
const stops = {
  en: 'Messages are not sent any more, and AI neither answers nor drafts. What customers write still arrives; everything can be read, exported and erased as before, and nothing is deleted.',
  tr: 'Artık ileti gönderilmez, yapay zekâ yanıt vermez ve taslak hazırlamaz. Müşterilerin yazdıkları gelmeye devam eder; her şey önceki gibi okunabilir, dışa aktarılabilir ve silinmesi istenebilir. Hiçbir şey silinmez.',
} as const;
const wouldStop = {
  en: 'Without a plan messages are not sent any more, and AI neither answers nor drafts. What customers write still arrives; everything can be read, exported and erased as before, and nothing is deleted.',
  tr: 'Plan olmadan ileti gönderilmez, yapay zekâ yanıt vermez ve taslak hazırlamaz. Müşterilerin yazdıkları gelmeye devam eder; her şey önceki gibi okunabilir, dışa aktarılabilir ve silinmesi istenebilir. Hiçbir şey silinmez.',
} as const;
const withFree = {
  en: (free: string) =>
    `The workspace goes on with the plan ${free}. What is over its limits is frozen: it can be read, and thaws when there is room again. Nothing is deleted.`,
  tr: (free: string) =>
    `Çalışma alanı ${free} planıyla devam eder. Sınırların üzerinde kalanlar dondurulur: okunabilir ve yer açılınca yeniden çalışır. Hiçbir şey silinmez.`,
} as const;

const afterwards = (free: string, locale: 'en' | 'tr', texts: typeof stops | typeof wouldStop) =>
  free === '' ? texts[locale] : withFree[locale](free);

/** Three days before a trial ends. */
export const trialEnds = planMail('trial-ends', {
  en: ({ plan, day, free }) => ({
    subject: `Your trial ends on ${day}`,
    says: [
      `The trial of ${plan} ends on ${day}. Choose a plan by then, and everything goes on as it is.`,
      afterwards(free, 'en', wouldStop),
    ],
  }),
  tr: ({ plan, day, free }) => ({
    subject: `Deneme süreniz ${day} tarihinde bitiyor`,
    says: [
      `${plan} deneme süresi ${day} tarihinde bitiyor. O güne kadar bir plan seçerseniz her şey olduğu gibi devam eder.`,
      afterwards(free, 'tr', wouldStop),
    ],
  }),
});

/** The trial is over, and nothing was bought. */
export const trialEnded = planMail('trial-ended', {
  en: ({ plan, free }) => ({
    subject: 'Your trial has ended',
    says: [
      `The trial of ${plan} has ended.`,
      afterwards(free, 'en', stops),
      'Choose a plan at any time to go on where you were.',
    ],
  }),
  tr: ({ plan, free }) => ({
    subject: 'Deneme süreniz bitti',
    says: [
      `${plan} deneme süresi bitti.`,
      afterwards(free, 'tr', stops),
      'Dilediğiniz zaman bir plan seçip kaldığınız yerden devam edebilirsiniz.',
    ],
  }),
});

const failed = (again: Readonly<Record<'en' | 'tr', string>>): PlanTexts => ({
  en: ({ plan, day, free }) => ({
    subject: `A payment failed: please act by ${day}`,
    says: [
      `${again.en} Until ${day} everything goes on as it is. Look at the card under invoices and payment; the payment is then tried again.`,
      `If it is still missing after ${day}, the plan ${plan} ends. ${afterwards(free, 'en', wouldStop)}`,
    ],
  }),
  tr: ({ plan, day, free }) => ({
    subject: `Bir ödeme alınamadı: lütfen ${day} tarihine kadar ilgilenin`,
    says: [
      `${again.tr} ${day} tarihine kadar her şey olduğu gibi devam eder. Faturalar ve ödeme bölümünden kartı denetleyin; ödeme sonra yeniden denenir.`,
      `${day} tarihinden sonra hâlâ eksikse ${plan} planı sona erer. ${afterwards(free, 'tr', wouldStop)}`,
    ],
  }),
});

/** On the first, the third and the seventh day on which a payment is missing. */
export const paymentFailed = {
  1: planMail(
    'payment-failed-1',
    failed({ en: 'The payment for your plan failed.', tr: 'Planınızın ödemesi alınamadı.' }),
  ),
  3: planMail(
    'payment-failed-3',
    failed({
      en: 'The payment for your plan is still missing, for the third day.',
      tr: 'Planınızın ödemesi hâlâ eksik; bugün üçüncü gün.',
    }),
  ),
  7: planMail(
    'payment-failed-7',
    failed({
      en: 'The payment for your plan has been missing for a week. This is our last reminder.',
      tr: 'Planınızın ödemesi bir haftadır eksik. Bu son hatırlatmamız.',
    }),
  ),
} as const;

/** The plan stands still. */
export const planPaused = planMail('plan-paused', {
  en: ({ plan }) => ({
    subject: 'Your plan is paused',
    says: [`The plan ${plan} is paused.`, stops.en, 'Resume it at any time under invoices and payment.'],
  }),
  tr: ({ plan }) => ({
    subject: 'Planınız duraklatıldı',
    says: [
      `${plan} planı duraklatıldı.`,
      stops.tr,
      'Faturalar ve ödeme bölümünden dilediğiniz zaman sürdürebilirsiniz.',
    ],
  }),
});

/** The plan was cancelled, and runs until a day. */
export const planCanceled = planMail('plan-canceled', {
  en: ({ plan, day, free }) => ({
    subject: `Your plan ends on ${day}`,
    says: [
      `The plan ${plan} was cancelled. It is paid for until ${day}; until then everything goes on, and no further payment is taken.`,
      free === '' ? `After ${day} it is over. ${wouldStop.en}` : `After ${day} it is over. ${withFree.en(free)}`,
      'If that was a mistake, an owner can resume it until that day under invoices and payment.',
    ],
  }),
  tr: ({ plan, day, free }) => ({
    subject: `Planınız ${day} tarihinde bitiyor`,
    says: [
      `${plan} planı iptal edildi. Ücreti ${day} tarihine kadar ödendi; o güne kadar her şey devam eder ve başka ödeme alınmaz.`,
      `${day} tarihinden sonra sona erer. ${afterwards(free, 'tr', wouldStop)}`,
      'Bu bir yanlışlıksa, o güne kadar bir sahip faturalar ve ödeme bölümünden planı sürdürebilir.',
    ],
  }),
});

/** What was paid for is over. */
export const planEnded = planMail('plan-ended', {
  en: ({ plan, free }) => ({
    subject: 'Your plan has ended',
    says: [
      free === '' ? `The plan ${plan} has ended.` : 'The plan that you paid for has ended.',
      afterwards(free, 'en', stops),
      'Choose a plan at any time to go on where you were.',
    ],
  }),
  tr: ({ plan, free }) => ({
    subject: 'Planınız sona erdi',
    says: [
      free === '' ? `${plan} planı sona erdi.` : 'Ücretini ödediğiniz plan sona erdi.',
      afterwards(free, 'tr', stops),
      'Dilediğiniz zaman bir plan seçip kaldığınız yerden devam edebilirsiniz.',
    ],
  }),
});

const metrics: Readonly<Record<'en' | 'tr', Readonly<Record<string, string>>>> = {
  en: {
    SEATS: 'members',
    CHANNELS: 'channels',
    AI_REPLIES: 'answers by AI this month',
    CONTACTS: 'contacts',
    KNOWLEDGE_PASSAGES: 'passages of knowledge',
  },
  tr: {
    SEATS: 'üye',
    CHANNELS: 'kanal',
    AI_REPLIES: 'bu ayki yapay zekâ yanıtı',
    CONTACTS: 'kişi',
    KNOWLEDGE_PASSAGES: 'bilgi parçası',
  },
};

/** Most of something is used. */
export const planUsage = planMail('plan-usage', {
  en: ({ plan, usage }) => ({
    subject: 'Your plan is nearly used up',
    says: [
      `Of the plan ${plan} is used:`,
      ...usage.map(({ metric, used, limit }) => `• ${used} of ${limit} ${metrics.en[metric] ?? metric}`),
      'Everything goes on until a limit is reached; from then on no more can be added of that one thing, and with answers by AI people answer until the next month. What customers write always arrives, and nothing is deleted.',
    ],
  }),
  tr: ({ plan, usage }) => ({
    subject: 'Planınız dolmak üzere',
    says: [
      `${plan} planından kullanılan:`,
      ...usage.map(({ metric, used, limit }) => `• ${used} / ${limit} ${metrics.tr[metric] ?? metric}`),
      'Sınıra ulaşılana kadar her şey devam eder; sonra yalnızca o şeyden daha fazla eklenemez, yapay zekâ yanıtlarında ise gelecek aya kadar kişiler yanıtlar. Müşterilerin yazdıkları her zaman gelir ve hiçbir şey silinmez.',
    ],
  }),
});

/** At a limit. */
export const planFull = planMail('plan-full', {
  en: ({ plan, usage }) => ({
    subject: 'A limit of your plan is reached',
    says: [
      `Of the plan ${plan} is used up:`,
      ...usage.map(({ metric, used, limit }) => `• ${used} of ${limit} ${metrics.en[metric] ?? metric}`),
      'No more can be added of that, and with answers by AI people answer until the next month. Everything else goes on: what customers write arrives, and nothing is deleted. Remove what is not needed any more, or choose a bigger plan.',
    ],
  }),
  tr: ({ plan, usage }) => ({
    subject: 'Planınızın bir sınırına ulaşıldı',
    says: [
      `${plan} planından tümüyle kullanılan:`,
      ...usage.map(({ metric, used, limit }) => `• ${used} / ${limit} ${metrics.tr[metric] ?? metric}`),
      'Bundan daha fazla eklenemez; yapay zekâ yanıtlarında gelecek aya kadar kişiler yanıtlar. Kalan her şey devam eder: müşterilerin yazdıkları gelir ve hiçbir şey silinmez. Gerekmeyenleri kaldırın ya da daha büyük bir plan seçin.',
    ],
  }),
});

/** Every mail about a plan. */
export const planMails = [
  trialEnds,
  trialEnded,
  ...Object.values(paymentFailed),
  planPaused,
  planCanceled,
  planEnded,
  planUsage,
  planFull,
];
