import type english from '../en/contacts.js';
import type { Words } from '../words.js';

/** العملاء والبحث. */
const contacts: Words<typeof english> = {
  contact: {
    title: 'العميل',
    unnamed: 'زائر بلا اسم',
    unnamedWithId: 'العميل {{id}}',
    notSpam: 'ليس مزعجًا',
  },
  search: {
    conversations: 'المحادثات',
    inInbox: 'عرضها في صندوق الوارد',
    operators: 'للتضييق: is:open و is:unread و is:mine و is:unassigned و tag:vip و in:whatsapp',
    label: 'البحث في الرسائل والأشخاص',
    placeholder: 'رقم طلب، اسم، كلمات…',
    hint: 'اكتب حرفين على الأقل.',
    people: 'الأشخاص',
    messages: 'الرسائل',
    nothing: 'لا نتائج لـ «{{query}}»',
    nothingHint: 'جرّب كلمات أقل أو غيرها.',
  },
};

export default contacts;
