import type english from '../en/commands.js';
import type { Words } from '../words.js';

/** ما يمكن فعله بمفتاح أو من لوحة الأوامر. */
const commands: Words<typeof english> = {
  command: {
    palette: 'الأوامر',
    sheet: 'اختصارات لوحة المفاتيح',
    search: 'بحث',
    inbox: 'الوارد',
    next: 'التالي في القائمة',
    previous: 'السابق في القائمة',
    back: 'رجوع',
    reply: 'كتابة رد',
    note: 'كتابة ملاحظة',
    draft: 'اقتراح رد',
    send: 'إرسال',
    resolve: 'إنهاء المحادثة',
    reopen: 'إعادة الفتح',
    snooze: 'تأجيل',
    priority: 'الأولوية',
    assign: 'إسناد',
    assignToMe: 'إسناد إليّ',
    tags: 'الوسوم',
    status: 'الحالة',
    pauseBot: 'إيقاف البوت أو استئنافه',
    signOut: 'تسجيل الخروج',
    details: 'بيانات العميل',
    choose: 'اختيار هذه المحادثة لتغيير عدة محادثات معًا',
    newLead: 'إضافة عميل محتمل',
    undo: 'التراجع عمّا جرى للتو',
    availability: 'متاح أو غير متاح',
    theme: { system: 'ألوان النظام', light: 'ألوان فاتحة', dark: 'ألوان داكنة' },
  },
};

export default commands;
