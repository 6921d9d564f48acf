import type english from '../en/channels.js';

/** Bir kanal: onayla nasıl bağlanır, durumu nedir, nasıl biter. */
const channels: typeof english = {
  consent: {
    title: 'Neyin bağlanacağını seçin',
    messenger: {
      title: 'Facebook oturumunuzla',
      lead: 'facebook.com’da onaylarsınız. Sayfalarınıza bağlı Instagram hesapları da aynı anda bağlanabilir.',
      begin: 'Facebook ile devam et',
      go: 'facebook.com’a git',
    },
    instagram: {
      title: 'Instagram oturumunuzla',
      lead: 'instagram.com’da, profesyonel bir hesapla onaylarsınız. Hesap bir Facebook Sayfasına bağlıysa ikisini “Messenger sayfası” altında birlikte bağlayabilirsiniz.',
      begin: 'Instagram ile devam et',
      go: 'instagram.com’a git',
    },
    whatsapp: {
      title: 'WhatsApp kaydıyla',
      lead: 'Meta’nın bir penceresi sizi WhatsApp Business hesabınıza ve numaranıza götürür ya da bunları açmanıza yardım eder.',
      begin: 'WhatsApp ile devam et',
      go: 'Kayıt penceresini aç',
    },
    byHand: 'Bunun yerine kimlikler ve erişim belirteciyle',
    askedFor: 'Sizden istenecekler',
    askedForText: 'Yalnızca bu izinler, her biri yanında yazan tek iş için. Her birini orada reddedebilirsiniz.',
    published: 'Aynı liste, herkese açık sayfa olarak',
    goOnInWindow: 'Diğer pencerede devam edin. Orada bitirdiğinizde bu sayfa kendiliğinden devam eder.',
    windowLeft: 'Pencere sona varmadan kapatıldı, bu yüzden hiçbir şey bağlanmadı. Devam etmek için yeniden açın.',
    windowLeftAt:
      'Pencere {{step}} adımında kapatıldı, bu yüzden hiçbir şey bağlanmadı. Devam etmek için yeniden açın.',
    windowFailed: 'Platformun bildirdiği: {{reason}}',
    given: 'verildi',
    notGiven: 'verilmedi',
    nothing: 'Hiçbir şey bağlanmadı',
    again: 'Kanallara dön ve yeniden başla',
    which: 'Bunlara erişim verdiniz. Hangileri bağlansın?',
    already: 'bağlı',
    alreadyText: 'Bağlı bir hesabı yeniden seçmek erişimini yeniler; geçmiş ve ayarlar kalır.',
    partly_one: '{{count}} izin verilmedi; ona gerek duyan seçenekler sunulmaz.',
    partly_other: '{{count}} izin verilmedi; onlara gerek duyan seçenekler sunulmaz.',
    connect_one: '{{count}} hesabı bağla',
    connect_other: '{{count}} hesabı bağla',
    none: 'Hiçbirini bağlama',
    unknown: 'Bu bağlantı artık açık değil',
    unknownText:
      'Yarım saatten uzun süre önce ya da başka bir tarayıcıda başlatıldı. Bununla hiçbir şey bağlanmadı; yeniden başlayın.',
    completed: 'Bu bağlantı tamamlandı',
    completedText: 'Seçilenler bağlandı. Daha fazlasını bağlamak için yeniden başlayın.',
    elsewhere: 'Diğer pencerede devam ediyor',
    elsewhereText: 'Bunu kapatabilirsiniz.',
    done_one: '{{count}} hesap bağlandı',
    done_other: '{{count}} hesap bağlandı',
  },
  permission: {
    pages_show_list: 'Yönettiğiniz Sayfaları listeler; hangisini bağlayacağınızı seçebilirsiniz.',
    pages_manage_metadata: 'Bağlanan Sayfa için yeni mesajların iletilmesini açar, bağlantıyı kestiğinizde kapatır.',
    pages_read_engagement: 'Sayfanın ve ona bağlı Instagram hesabının adını okur.',
    pages_messaging: 'Kişilerin Sayfaya Messenger’dan yazdıklarını alır ve yanıtlarınızı onlara gönderir.',
    instagram_basic: 'Sayfaya bağlı profesyonel Instagram hesabını bulur.',
    instagram_manage_messages: 'Kişilerin o Instagram hesabına yazdıklarını alır ve yanıtlarınızı onlara gönderir.',
    business_management: 'Bir işletme portföyüne ait Sayfaları da listeler.',
    instagram_business_basic: 'Oturum açan Instagram hesabının kimliğini ve adını okur.',
    instagram_business_manage_messages:
      'Kişilerin Instagram hesabına yazdıklarını alır ve yanıtlarınızı onlara gönderir.',
    whatsapp_business_management:
      'WhatsApp Business hesabının numaralarını listeler; yeni mesajların iletilmesini açar ve kapatır.',
    whatsapp_business_messaging: 'Kişilerin bağlanan numaraya yazdıklarını alır ve yanıtlarınızı onlara gönderir.',
  },
  channel: {
    gone: 'Bu kanal burada değil',
    goneText: 'Başka bir çalışma alanına ait olabilir ya da geçmişi silinmiştir.',
    forgotten: 'bağlantı kesilince unutuldu',
    heard: 'İlk mesaj geldi.',
    open: 'Konuşmayı aç',
    lastInbound: 'Son mesaj {{time}}',
    testReply: 'Buradan yanıtlayın',
    testHint: 'Dönüş yolunu da denemek için. Müşteri onu, her yanıt gibi alır.',
    testNow: 'Yanıtı gönder',
    testText: 'Mesajınız ulaştı. Bu, ilk yanıt.',
    testSent: 'Yanıtınız: {{status}}.',
    waiting: 'İlk mesaj bekleniyor…',
  },
  channelFact: {
    kind: 'Tür',
    number: 'Numara',
    verifiedName: 'Doğrulanmış ad',
    username: 'Kullanıcı adı',
    account: 'Platformdaki hesap',
    since: 'Bağlandığı gün',
    until: 'Erişim süresi',
  },
  channelTrouble: {
    TOKEN_INVALID: 'Platform bu erişimi artık kabul etmiyor. Hesabı yeniden bağlayın.',
    TOKEN_EXPIRED: 'Erişimin süresi doldu. Hesabı yeniden bağlayın.',
    TOKEN_MISSING: 'Erişim anahtarı platforma ulaşmadı. Hesabı yeniden bağlayın.',
    TOKEN_WITHDRAWN: 'Erişim platformda geri alındı. Hesabı yeniden bağlayın.',
    APP_REMOVED: 'Uygulama platformda hesaptan kaldırıldı. Hesabı yeniden bağlayın.',
    SIGN_IN_TO_CONFIRM:
      'Meta, hesap sahibinin önce facebook.com’da oturumunu doğrulamasını istiyor. Ardından hesabı yeniden bağlayın.',
    PASSWORD_CHANGED:
      'Hesabı bağlayan kişi parolasını değiştirdi, bu da erişimi sona erdirdi. Hesabı yeniden bağlayın.',
    PERSON_UNCONFIRMED:
      'Hesabı bağlayan kişi Facebook hesabını henüz doğrulamadı. Doğrulayınca hesabı yeniden bağlayın.',
    ROLE_LOST: 'Hesabı bağlayan kişinin Sayfa’da artık rolü yok. Rolü olan birinin yeniden bağlaması gerekir.',
    BOT_TOKEN_REFUSED:
      'Telegram bot anahtarını artık kabul etmiyor. Şimdikini @BotFather’dan kopyalayıp botu yeniden bağlayın.',
    BOT_TOKEN_UNKNOWN:
      'Telegram bu bot anahtarını tanımıyor. Şimdikini @BotFather’dan kopyalayıp botu yeniden bağlayın.',
    LINE_TOKEN_REFUSED:
      'LINE kanal erişim anahtarını artık kabul etmiyor. LINE konsolunda yenisini oluşturup yeniden bağlayın.',
    MAIL_PASSWORD_REFUSED:
      'Posta sunucusu parolayı artık kabul etmiyor. Posta kutusunu şimdiki parolayla yeniden bağlayın.',
    MAIL_SERVER_SILENT:
      'Posta sunucusu bir süredir yanıt vermiyor. Kendiliğinden yeniden denenir; bu arada hiçbir şey kaybolmaz.',
    NUMBER_UNREGISTERED: 'Bu numara göndermek için henüz kaydedilmedi. Altı haneli PIN ile kaydedin.',
    ACCESS_ENDING: 'Erişim yenilenemedi. Sona ermeden hesabı yeniden bağlayın.',
    RELEASE_PENDING:
      'Burada bağlantı kesildi. Erişimi orada da sona erdirmek için platforma ulaşılamadı; 24 saat boyunca yeniden denenir.',
    CAME_FROM_ELSEWHERE: 'Başka bir Parley kurulumundan erişimi olmadan geldi. Yeniden bağlayın.',
    RELEASE_FAILED:
      'Burada bağlantı kesildi ve erişim yok edildi. Platforma 24 saat içinde bildirilemedi: bu uygulamayı platformun kendi ayarlarından kaldırın.',
    said: 'Platformun bildirdiği: {{words}}',
  },
  troubleMeans: {
    CONNECTED: 'Mesajlar yeniden akıyor.',
    EXPIRING: 'O zamana kadar her şey olduğu gibi çalışır. Yeniden bağlamak geçmişi ve ayarları korur.',
    EXPIRED:
      'Bu arada yazdığınız yanıtlar bekletilir ve platformun penceresi izin verdiği sürece, yeniden bağlandığında kendiliğinden gider. Geçmiş ve ayarlar kalır.',
    ERROR: 'Mesajlar gecikebilir. Sürerse yeniden bağlayın; geçmiş ve ayarlar kalır.',
    DISCONNECTED:
      'Hiçbir şey alınmaz ve gönderilmez. Geçmiş okunabilir kalır; aynı hesabı yeniden bağlamak kanalı geçmişiyle geri getirir.',
  },
  register: {
    title: 'Numarayı kaydedin',
    lead: 'Bu numara WhatsApp Business Platformunda hiç kullanılmamış. Kaydedilene kadar ne alır ne gönderir.',
    pin: 'Altı haneli PIN',
    pinHint:
      'Numaranın iki adımlı doğrulama PIN’i. Yoksa bir tane seçip saklayın: numara taşınırken WhatsApp sorar. Burada saklanmaz.',
    now: 'Kaydet',
    done: 'Numara kaydedildi.',
  },
  disconnect: {
    here: 'Bu andan itibaren hiçbir şey alınmaz ve gönderilmez; erişimin bizdeki kopyası yok edilir.',
    atAny: 'Platformda mesajların iletilmesi kapatılır ve erişim geri alınır.',
    at: {
      WHATSAPP: 'Meta’da mesajların iletilmesi kapatılır ve erişim geri alınır; numara ve hesap burada unutulur.',
      TELEGRAM: 'Telegram’a buraya artık bir şey göndermemesi söylenir. Bot sizin kalır.',
      LINE: 'LINE’a, kabul ettiği ölçüde, buraya artık bir şey göndermemesi söylenir; hesap sizin kalır.',
      EMAIL: 'Posta kutusuna artık bakılmaz. İçindeki postalar orada kalır.',
      WEB_CHAT: 'Sohbet sitenizden kaybolur ve oradaki satırı artık bir şey yapmaz.',
    },
    later: 'Platforma ulaşılamazsa 24 saat boyunca yeniden denenir ve bu sayfada yazar.',
    deleteHistory: 'Bu kanalın konuşmalarını da sil',
    historyStays: 'Şimdiye kadarki konuşmalar okunabilir kalır.',
    historyGoes: 'Dosyalarıyla birlikte kalıcı olarak silinir; geri dönüşü yoktur.',
    withHistory: 'Bağlantıyı kes ve geçmişi sil',
  },
  mailbox: {
    title: 'Posta kutusu',
    keepsSent: 'Yanıtların kopyalarını posta kutusunda gönderilmiş postalar arasında sakla',
    keepsSentHint:
      'Böylece başka bir posta programında da bulunurlar. Sağlayıcının kendisi saklıyorsa ikinci bir kopya oluşmaz.',
  },
  leadAds: {
    title: 'Reklamlardan gelen adaylar',
    lead: 'İnsanların reklamlarınızın altında doldurdukları, işaretledikleri kutularla birlikte müşteri adayı olarak gelir.',
    take: 'Bu Sayfanın reklamlarından aday al',
    choose: 'Formları seç',
    forms: 'Formlar',
    formsHint: 'Yalnızca seçtiğiniz formlardan gelir. Hiçbirini seçmezseniz her formun adayları gelir.',
    noForms: 'Bu Sayfanın henüz formu yok.',
    retried: 'Yeniden isteniyor',
  },
  leadTrouble: {
    NO_ACCESS_one: 'Bir aday alınamadı: kanalın erişimi yoktu. Erişim gelince aranır.',
    NO_ACCESS_other: '{{count}} aday alınamadı: kanalın erişimi yoktu. Erişim gelince aranırlar.',
    REFUSED_one:
      'Bir aday alınamadı: platform bu bağlantının onu okumasına izin vermiyor. Sayfayı yeniden bağlayın ve adaylara izin verin.',
    REFUSED_other:
      '{{count}} aday alınamadı: platform bu bağlantının onları okumasına izin vermiyor. Sayfayı yeniden bağlayın ve adaylara izin verin.',
    GONE_one: 'Platformun bildirdiği bir aday onda yok ya da artık yok.',
    GONE_other: 'Platformun bildirdiği {{count}} aday onda yok ya da artık yok.',
    UNREACHABLE_one: 'Bir aday alınamadı: platform onu günlerce vermedi.',
    UNREACHABLE_other: '{{count}} aday alınamadı: platform onları günlerce vermedi.',
  },
  tokenUses: {
    title: 'Erişim ne için kullanıldı',
    lead: 'Bu kanalın bağlandığı belirtecin ya da parolanın her kullanımı, nedeniyle birlikte 90 gün boyunca burada durur. Nedensiz kullanılmaz.',
    none: 'Henüz kullanılmadı.',
    when: 'Ne zaman',
    purpose: 'Ne için',
    cause: 'Neden',
    host: 'Gösterildiği yer',
  },
  tokenPurpose: {
    VERIFY: 'Bağlantıyı denetleme',
    PULL: 'Hesaba bakma',
    SEND: 'Yanıt gönderme',
    RENEW: 'Erişimi yenileme',
    SUBSCRIBE: 'İletimi açma',
    REVOKE: 'Erişimi geri alma',
  },
  cause: {
    formerMember: 'Eski bir üye',
    message: 'Bir yanıt',
    attachment: 'Bir ek',
    contact: 'Bir müşterinin adı',
    delivery: 'Gelen bir mesaj',
    job: 'Zamanlayıcı',
    disconnected: 'Bağlantının kesilmesi',
    connected: 'Bu arada yeniden bağlanması',
  },
};

export default channels;
