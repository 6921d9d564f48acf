import type english from '../en/refusals.js';

const refusals: typeof english = {
  refusal: {
    TOKEN_MALFORMED: 'Bu bir erişim belirteci değil: belirteç tek bir uzun sözcüktür. Yeniden kopyalayın.',
    ACCOUNT_TAKEN:
      'Bu hesap, bu sunucudaki başka bir çalışma alanına bağlı. Önce orada bağlantısını kesin ya da o alanı yönetene sorun.',
    CONNECTED_MEANWHILE: 'Bu hesabı şu anda başka biri bağlıyor. Yeniden deneyin.',
    CONSENT_NOT_OFFERED:
      'Bu sunucuda bu tür kanal onay sayfasıyla bağlanmıyor. Kimliği ve belirteciyle bağlayın ya da sunucuyu işletenden uygulamayı kurmasını isteyin.',
    CONSENT_TOO_MANY: 'Aynı anda çok fazla bağlantı başlatıldı. Biraz bekleyin.',
    CONSENT_NOTHING_CHOSEN: 'En az bir hesap seçin.',
    CONSENT_NOT_GRANTED: 'Bu hesaplardan birine izin verilmedi. Sunulanlar arasından seçin.',
    CONSENT_REFUSED:
      'Onay vermediniz, bu yüzden hiçbir şey bağlanmadı. Bağlamak istiyorsanız yeniden başlayıp sonuna kadar onaylayın.',
    CONSENT_FAULT: 'Platform bir hata bildirdi, hiçbir şey bağlanmadı. Yeniden başlayın.',
    CONSENT_UNASKED: 'Neye izin verdiğiniz platforma sorulamadı. Hiçbir şey bağlanmadı; yeniden başlayın.',
    CONSENT_UNREACHED: 'Meta’ya ulaşılamadı. Hiçbir şey bağlanmadı; bir dakika sonra yeniden başlayın.',
    CONSENT_BUSY: 'Meta şu anda yanıt veremiyor. Hiçbir şey bağlanmadı; bir dakika sonra yeniden başlayın.',
    CONSENT_UNTOLD: 'Meta neye izin verildiğini bildirmedi. Hiçbir şey bağlanmadı; bir dakika sonra yeniden başlayın.',
    CONSENT_DECLINED:
      'Meta onayı kabul etmedi (hata {{error}}). Süresi geçmiş olabilir: yeniden başlayın. Yine olursa sunucuyu işletenin uygulamanın kimliğini, gizli anahtarını ve dönüş adreslerini denetlemesi gerekir.',
    CONSENT_NO_ACCOUNT:
      'Instagram hangi hesabın oturum açtığını bildirmedi. Hiçbir şey bağlanmadı; bir dakika sonra yeniden başlayın.',
    CONSENT_NO_PERMISSION: 'Gereken izinler verilmedi. Yeniden başlayın ve hepsini açık bırakın.',
    CONSENT_NO_PAGE: 'Hiç Sayfa seçilmedi. Yeniden başlayın ve yönettiğiniz en az bir Sayfa seçin.',
    CONSENT_NO_RIGHT:
      'Seçtiğiniz Sayfaların mesajlarını yanıtlama yetkiniz yok. Sayfanın bir yöneticisinden bu yetkiyi isteyin ya da başka bir Sayfa seçin.',
    CONSENT_NO_NUMBER:
      'WhatsApp Business hesabında henüz telefon numarası yok. WhatsApp yöneticisinde ekleyip yeniden başlayın.',
    CONSENT_OTHER_NUMBER: 'Bu numaraya izin verilmedi. Yeniden başlayın ve sonuna kadar onu seçin.',
    CONSENT_OTHER_BUSINESS: 'Bu WhatsApp Business hesabına izin verilmedi. Yeniden başlayın ve sonuna kadar onu seçin.',
    META_ID_MALFORMED: 'Bu bir Meta kimliği değil: 900000000000001 gibi bir sayıdır.',
    META_UNREACHED: 'Meta’ya ulaşılamadı. Hiçbir şey değişmedi; bir dakika sonra yeniden deneyin.',
    META_BUSY: 'Meta şu anda yanıt veremiyor. Hiçbir şey değişmedi; bir dakika sonra yeniden deneyin.',
    META_NO_APP:
      'Bu sunucunun Meta uygulaması yok. Sunucuyu işletenin META_APP_ID ve META_APP_SECRET değerlerini girmesi gerekir.',
    META_ODD_ANSWER: 'Meta anlaşılamayan bir yanıt verdi. Hiçbir şey değişmedi; daha sonra yeniden deneyin.',
    META_REFUSED: 'Meta reddetti (hata {{error}}). Hiçbir şey değişmedi.',
    META_PERMISSION:
      'Erişim belirtecinde bunun için gereken bir izin eksik. Sıralanan izinlerle yeni bir belirteç oluşturun.',
    META_ASSET_UNKNOWN: 'Meta bu kimlikle bir şey tanımıyor ya da bu belirteç onu göremiyor. Kimliği denetleyin.',
    META_TOKEN_UNKNOWN:
      'Meta bu erişim belirtecini tanımıyor. Yeniden kopyalayın; doğruysa sunucuyu işletenin META_APP_ID ve META_APP_SECRET değerlerini denetlemesi gerekir.',
    META_TOKEN_OTHER_APP:
      'Bu erişim belirteci başka bir Meta uygulaması için oluşturulmuş. Bu sunucunun uygulamasıyla yenisini oluşturun.',
    META_TOKEN_INVALID: 'Bu erişim belirteci geçerli değil ya da artık değil. Yenisini oluşturup yeniden bağlayın.',
    META_TOKEN_APP_REMOVED:
      'Bu erişim belirteci artık çalışmıyor: uygulama hesaptan kaldırılmış. Yenisini oluşturup yeniden bağlayın.',
    META_TOKEN_UNCONFIRMED:
      'Hesap sahibi facebook.com’da oturumunu doğrulayana kadar bu belirteç çalışmaz. Ardından yenisini oluşturup yeniden bağlayın.',
    META_TOKEN_PASSWORD:
      'Bu erişim belirteci artık çalışmıyor: sahibinin parolası değişmiş. Yenisini oluşturup yeniden bağlayın.',
    META_TOKEN_EXPIRED: 'Bu erişim belirtecinin süresi doldu. Yenisini oluşturup yeniden bağlayın.',
    META_TOKEN_WITHDRAWN: 'Bu erişim belirteci geri alınmış. Yenisini oluşturup yeniden bağlayın.',
    META_TOKEN_NO_ROLE:
      'Bu erişim belirteci artık çalışmıyor: sahibinin Sayfa’da artık rolü yok. Yenisini oluşturup yeniden bağlayın.',
    PAGE_OTHER:
      'Bu erişim belirteci başka bir Sayfanın. Bu Sayfa için bir belirteç oluşturun ya da ötekinin kimliğini girin.',
    INSTAGRAM_OTHER:
      'Bu erişim belirteci başka bir Instagram hesabının. Bu hesap için bir belirteç oluşturun ya da ötekinin kimliğini girin.',
    INSTAGRAM_NOT_LINKED:
      'Sayfaya bağlı olan Instagram hesabı bu değil. Sayfanın ayarlarında bağlayın ya da bağlı hesabın kimliğini girin.',
    WHATSAPP_OTHER: 'Bu erişim belirteci başka WhatsApp Business hesapları için verilmiş.',
    WHATSAPP_NUMBER_UNKNOWN:
      'Bu, o WhatsApp Business hesabının bir telefon numarası değil. Numaraları ve kimlikleri WhatsApp yöneticisinde sıralanır.',
    NUMBER_NOT_CONNECTED: 'Yalnızca bağlı bir WhatsApp numarası kaydedilir.',
    NUMBER_UNVERIFIED: 'Bu numaranın önce WhatsApp yöneticisinde doğrulanması gerekir.',
    NUMBER_DELETED: 'Bu numara kısa süre önce silinmiş. Beş dakika bekleyip yeniden deneyin.',
    NUMBER_TOO_OFTEN: 'WhatsApp bir numaranın üç günde on kez kaydedilmesine izin verir. Ondan sonra yeniden deneyin.',
    PIN_MALFORMED: 'PIN altı hanelidir.',
    PIN_OTHER:
      'Bu numaranın iki adımlı doğrulama için zaten bir PIN’i var ve bu değil. Onu girin ya da WhatsApp yöneticisinde sıfırlayın.',
    PIN_TOO_OFTEN:
      'Bu numara için çok fazla yanlış PIN girildi. WhatsApp yenisini kabul edene kadar bekleyin ya da orada sıfırlayın.',
    PIN_JUST_GIVEN: 'Son PIN az önce girildi. Bir dakika bekleyip yeniden deneyin.',
    WHATSAPP_BUSY: 'WhatsApp şu anda yanıt veremiyor. Bir dakika sonra yeniden deneyin.',
    TELEGRAM_TOKEN_MALFORMED:
      'Bu bir bot belirteci değil: @BotFather’ın yazdığı gibi bir sayı, iki nokta ve tek bir uzun sözcüktür.',
    TELEGRAM_TOKEN_UNKNOWN:
      'Telegram bu belirteci tanımıyor ya da artık tanımıyor. @BotFather’dan yeniden kopyalayın: ona /mybots gönderin, botu, ardından API Token’ı seçin.',
    TELEGRAM_UNREACHED: 'Telegram’a ulaşılamadı. Hiçbir şey değişmedi; bir dakika sonra yeniden deneyin.',
    TELEGRAM_BUSY: 'Telegram şu anda yanıt veremiyor. Hiçbir şey değişmedi; bir dakika sonra yeniden deneyin.',
    TELEGRAM_ADDRESS:
      'Telegram bu sunucuya genel adresinden ulaşamıyor. PUBLIC_URL 443, 80, 88 ya da 8443 portunda bir https adresi olmalı; sunucuyu işletene sorun.',
    TELEGRAM_ODD_ANSWER:
      'Telegram anlaşılamayan bir yanıt verdi (HTTP {{status}}). Hiçbir şey değişmedi; daha sonra yeniden deneyin.',
    LINE_SECRET_MALFORMED:
      'Bu bir kanal gizli anahtarı değil: kanalın “Basic settings” bölümündeki 32 rakam ve harftir.',
    LINE_TOKEN_UNKNOWN:
      'LINE bu kanal erişim belirtecini tanımıyor. LINE konsolunda “Messaging API” altında uzun ömürlü bir tane oluşturun.',
    LINE_UNREACHED: 'LINE’a ulaşılamadı. Hiçbir şey değişmedi; bir dakika sonra yeniden deneyin.',
    LINE_BUSY: 'LINE şu anda yanıt veremiyor. Hiçbir şey değişmedi; bir dakika sonra yeniden deneyin.',
    LINE_REFUSED: 'LINE reddetti (HTTP {{status}}). Hiçbir şey değişmedi. Bu sunucunun genel adresi https olmalı.',
    MAIL_ADDRESS_MALFORMED: 'Bu bir e-posta adresi değil. Şuna benzer: support@example.com.',
    MAIL_SERVER_MALFORMED: 'Bu bir posta sunucusunun adresi değil. Şuna benzer: mail.example.com.',
    MAIL_HOST_MALFORMED: 'Bu bir sunucu adı değil.',
    MAIL_PORT: 'Posta sunucularına şu portlardan ulaşılır: {{ports}}.',
    MAIL_PASSWORD_MISSING: 'Parola eksik.',
    MAIL_PERCENT: 'Addaki ya da paroladaki yüzde işareti %25 olarak yazılır.',
    MAIL_CHARACTERS: 'Adda ya da parolada hiçbir posta sunucusunun kabul etmediği karakterler var.',
    MAIL_CREDENTIALS:
      'Posta sunucusu bu adı ve parolayı kabul etmiyor. Birçok sağlayıcı kendi parolanız yerine uygulamalar için oluşturulmuş bir parola ister.',
    MAIL_UNSAFE:
      'Posta sunucusuna güvenli biçimde ulaşılamıyor: genel bir adresi yok, TLS kullanmıyor ya da sertifikası kendisine ait değil.',
    MAIL_PROTOCOL: 'Orada yanıt veren bu türden bir posta sunucusu değil.',
    MAIL_UNREACHED: 'Posta sunucusuna ulaşılamadı. Hiçbir şey değişmedi; bir dakika sonra yeniden deneyin.',
    CHAT_NAME: '1 ile {{most}} karakter arasında bir ad verin.',
    CHAT_TOO_MANY_DOMAINS: 'Bir sohbet en çok {{most}} alan adında gösterilebilir.',
    CHAT_DOMAIN:
      '{{place}}. alan adında sohbet gösterilemez. example.com, altındakilerin hepsi için *.example.com ya da example.com:8443 yazın; http yalnızca localhost içindir.',
    CHAT_GREETING: 'Karşılama en çok {{most}} karakter olabilir.',
    CHAT_COLOR: 'Rengi #rrggbb biçiminde yazın, örneğin #2563eb.',
    CHAT_RADIUS: 'Köşe yuvarlaklığı 0 ile {{most}} piksel arasındadır.',
    CHAT_LOGO: 'Çok büyük olmayan bir PNG, JPEG, WebP ya da GIF seçin.',
    CHAT_GONE: 'Bu sohbetin bağlantısı kesilmiş. Site için yenisini oluşturun.',
    ofAccount: '{{account}}: {{words}}',
  },
};

export default refusals;
