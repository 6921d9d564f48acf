import type english from '../en/entrance.js';

/** Gelen kutusundan önceki sayfalar: giriş, hesap açma ve e-postadaki bağlantıların açtıkları. */
const entrance: typeof english = {
  account: {
    signIn: 'Giriş yap',
    signInLead: 'Müşterilerinizin yazdığı her kanal, tek gelen kutusunda.',
    signUp: 'Hesap oluştur',
    signUpLead: 'Size ait bir çalışma alanı açılır; ekip arkadaşlarınız katılabilir.',
    signOut: 'Çıkış yap',
    newHere: 'Burada yeni misiniz?',
    haveAccount: 'Hesabınız var mı?',
    email: 'E-posta',
    password: 'Parola',
    passwordHint: 'En az 10 karakter. Parola yöneticisi kullanabilirsiniz.',
    name: 'Adınız',
    workspaceName: 'İşletmenizin adı',
    workspaceNameHint: 'Çalışma alanınız bu adı taşır. Sonra değiştirebilirsiniz.',
    accept: 'Hizmet şartlarını kabul ediyorum ve gizlilik politikasını okudum.',
    code: 'Doğrulama uygulamanızdaki kod',
    codeHint: 'Altı hane ya da kurtarma kodlarınızdan biri.',
    wrongPassword: 'E-posta ve parola birbirine uymuyor.',
    noWorkspace: 'Hiçbir çalışma alanında değilsiniz',
    noWorkspaceHint: 'Bir ekip arkadaşınızdan sizi davet etmesini isteyin ya da kendi çalışma alanınızı kurun.',
  },
  setUp: {
    title: 'Parley’i kurun',
    lead: 'Parley, müşterilerinizin yazdığı tüm kanallar için tek gelen kutusudur. Bu sunucuyu henüz kimse kurmadı: hesabınızı açın, sahibi siz olun.',
    code: 'Kurulum kodu',
    codeHint:
      'Sunucu başlarken konsoluna veya günlüğüne yazar: harf ve rakamlardan dört grup. Bu sunucunun sizin olduğunu gösterir.',
    mailTitle: 'E-postalar nereye gidiyor',
    mailHere:
      'Henüz bir e-posta sunucusu belirtilmedi; bu yüzden adresinizi onaylayan da dahil tüm e-postalar dosyalara yazılır. Gönderilmeleri için SMTP_URL ayarlayın. Dosyalar burada:',
    mailElsewhere:
      'Henüz bir e-posta sunucusu belirtilmedi; bu yüzden adresinizi onaylayan da dahil tüm e-postalar dosyalara yazılır. Hangi klasöre yazıldığını konsol söyler; gönderilmeleri için SMTP_URL ayarlayın.',
  },
  passwordAgain: {
    title: 'Parolanızı yeniden girin',
    text: 'Bu adım yanlış ellerde kalıcı zarar verebilir; bu yüzden kim olduğunuz soruluyor. Oturumunuz açık kalır.',
    goOn: 'Devam et',
  },
  link: {
    broken: 'Bu bağlantı eksik. E-postadan bir kez daha açın ya da yenisini isteyin.',
    askAgain: 'Profilinizden yenisini isteyebilirsiniz.',
    toInbox: 'Gelen kutusuna',
    goOn: 'Devam',
  },
  confirmEmail: {
    title: 'Yeni adresinizi onaylayın',
    lead: 'Bundan sonra bu adresle giriş yaparsınız.',
    button: 'Bu adresi kullan',
    done: 'Adresiniz değişti. Eski adrese haber verildi.',
  },
  forgotten: {
    link: 'Parolanızı mı unuttunuz?',
    title: 'Parolanızı unuttunuz',
    lead: 'Adresinizi yazın; yeni parola seçeceğiniz bir bağlantı gönderelim.',
    button: 'Bağlantı gönder',
    sentTitle: 'Gelen kutunuza bakın',
    sent: '{{email}} adresinin burada bir hesabı varsa bağlantı yola çıktı. Bir kez ve kısa süre çalışır.',
    remembered: 'Hatırladınız mı?',
  },
  reset: {
    title: 'Yeni bir parola seçin',
    lead: 'Bununla diğer her yerde oturumunuz kapanır.',
    password: 'Yeni parola',
    button: 'Parolayı kaydet',
    doneTitle: 'Parolanız değişti',
    done: 'Bundan sonra onunla giriş yapın. Diğer her yerde oturumunuz kapatıldı.',
    again: 'Bağlantı eskidi mi?',
  },
  invitation: {
    title: 'Davetlisiniz',
    lead: 'Bir iş arkadaşınız sizi çalışma alanına çağırıyor. Hesabınızı açın, içeridesiniz.',
    as: '{{name}} ({{email}}) olarak katılıyorsunuz.',
    join: 'Çalışma alanına katıl',
    notMe: 'Bu ben değilim',
  },
};

export default entrance;
