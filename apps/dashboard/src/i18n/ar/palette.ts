import type english from '../en/palette.js';
import type { Words } from '../words.js';

/** لوحة الأوامر وقائمة الاختصارات كلها. */
const palette: Words<typeof english> = {
  commandGroup: { move: 'التنقل', answer: 'الرد', sort: 'الترتيب', go: 'الانتقال إلى', look: 'المظهر والحساب' },
  language: { en: 'اللغة: English', tr: 'اللغة: Türkçe', ar: 'اللغة: العربية' },
  palette: {
    title: 'الأوامر',
    placeholder: 'ماذا تريد أن تفعل، أو عمّن تبحث؟',
    recent: 'المستخدم مؤخرًا',
    commands: 'الأوامر',
    replies: 'الردود المحفوظة',
    people: 'الأشخاص',
    conversations: 'المحادثات',
    more: 'المزيد',
    searchFor: 'البحث في كل مكان عن «{{query}}»',
    found_zero: 'لا خيارات',
    found_one: 'خيار واحد',
    found_two: 'خياران',
    found_few: '{{count}} خيارات',
    found_many: '{{count}} خيارًا',
    found_other: '{{count}} خيار',
    searching: 'جارٍ البحث…',
    failed: 'تعذّر البحث في الأشخاص والرسائل الآن.',
    hint: 'اختيار',
    hintRun: 'تنفيذ',
    hintClose: 'إغلاق',
  },
  shortcuts: {
    title: 'اختصارات لوحة المفاتيح',
    canned: 'في بداية الرد: رد محفوظ',
    on: 'اختصارات الحرف الواحد مفعّلة',
    change: 'تغيير الاختصارات',
    changeHint: 'اختر مفتاحًا ثم اضغط المفتاح الجديد؛ مفتاح Delete يزيل الاختصار. يُحفظ ذلك في هذا المتصفح.',
    changeOf: '{{action}}: تغيير الاختصار، وهو الآن {{key}}',
    none: 'لا يوجد',
    press: 'اضغط مفتاحًا…',
    done: 'تم',
    reset: 'استعادة الأصل',
    wasReset: 'عادت الاختصارات كلها إلى الأصل.',
    alt: 'يكتب Alt وAltGr حروفًا في لوحات مفاتيح كثيرة، فلا يصلحان في الاختصارات.',
    named: 'هذا المفتاح لازم للكتابة والتنقل.',
    browser: 'يحتاج المتصفح إلى هذا المفتاح. اختر حرفًا وحده، أو Ctrl مع K أو B أو I أو M أو E.',
    taken: 'هذا مفتاح «{{action}}» بالفعل. اختر لذلك مفتاحًا آخر أولًا.',
  },
};

export default palette;
