import type english from '../en/hold.js';
import type { Words } from '../words.js';

/** ما يمنع القانون محوه: بالكلمات نفسها بجانب العميل وفي مكتب الخصوصية. */
const hold: Words<typeof english> = {
  hold: {
    place: 'إضافة تعليق قانوني',
    placeText: 'لا يُمحى ما يشمله التعليق ما دام قائمًا: لا يدويًا ولا بطلب ولا بمرور الوقت.',
    placeNow: 'بدء التعليق',
    placed: 'التعليق قائم.',
    whose: 'ما الذي يجب حفظه؟',
    ofContact: 'بيانات جهة اتصال واحدة',
    everything: 'كل ما في مساحة العمل',
    chooseContact: 'اختر جهة الاتصال أولًا.',
    reason: 'لماذا يجب حفظه',
    reasonHint: 'أي قانون أو محكمة أو قضية. يمكن للمالكين والمشرفين قراءته.',
    kept: 'محفوظ بموجب تعليق قانوني منذ {{day}}:',
    allKept: 'مساحة العمل كلها محفوظة بموجب تعليق قانوني منذ {{day}}:',
    release: 'رفع التعليق',
    releaseText: 'عمليات المحو التي أوقفها تستأنف فورًا ولا رجعة فيها.',
    released: 'رُفع التعليق.',
  },
};

export default hold;
