import type english from '../en/reports.js';
import type { Words } from '../words.js';

/** What was counted. */
const reports: Words<typeof english> = {
  reports: {
    days_zero: '{{count}} يوم',
    days_one: 'يوم واحد ({{count}})',
    days_two: 'يومان ({{count}})',
    days_few: '{{count}} أيام',
    days_many: '{{count}} يومًا',
    days_other: '{{count}} يوم',
    range: 'الأيام',
    from: 'من',
    to: 'إلى',
    day: 'اليوم',
    member: 'العضو',
    csv: 'تنزيل بصيغة CSV',
    perDay: 'حسب اليوم',
    perChannel: 'حسب القناة',
    perMember: 'حسب العضو',
    own: 'أرقامك',
    volume: 'الرسائل',
    volumeSummary: '{{received}} رسالة من العملاء، {{sent}} ردًا.',
    speed: 'الوقت حتى أول رد',
    speedSummary: 'جاء نصف الردود الأولى خلال {{span}}.',
    noAnswer: 'لم يُرسل أي رد أول في هذه الأيام.',
    empty: 'لم يحدث شيء في هذه الأيام',
    emptyHint: 'اختر أيامًا أخرى، أو انتظر الرسالة الأولى.',
    started: 'محادثات جديدة',
    reopened: 'أُعيد فتحها',
    answered: 'رُدّ عليها',
    resolved: 'حُلّت',
    messagesIn: 'رسائل واردة',
    messagesOut: 'ردود مُرسلة',
    waitingNow: 'تنتظر الآن',
    firstResponseMedianSeconds: 'أول رد (الوسيط)',
    firstResponseP90Seconds: 'أول رد (90٪)',
    resolutionMedianSeconds: 'مدة الحل (الوسيط)',
    aiShare: 'ردود الذكاء الاصطناعي',
  },
};

export default reports;
