import type english from '../en/settings.js';

/** Ayarlar: adları, kanallar, kayıtlı yanıtlar. */
const settings: typeof english = {
  connect: {
    messenger: {
      title: 'Messenger sayfası',
      short: 'Bir Facebook sayfasına gelen mesajlar',
      lead: 'Sayfanızın kimliği ve pages_messaging izni olan bir sayfa erişim belirteci gerekir.',
    },
    instagram: {
      title: 'Instagram hesabı',
      short: 'Direkt mesajlar, hikâye yanıtları ve bahsetmeler',
      lead: 'Profesyonel hesabınızın kimliği ve mesajlarını okuyup gönderebilen bir erişim belirteci gerekir.',
    },
    whatsapp: {
      title: 'WhatsApp numarası',
      short: 'WhatsApp Business Platformundaki bir numara',
      lead: 'İşletme hesabınızın ve numaranızın kimlikleri ile bunları kullanabilen bir sistem kullanıcısının belirteci gerekir.',
    },
    telegram: {
      title: 'Telegram botu',
      short: 'İşletmenizin botuyla özel sohbetler',
      lead: 'Telegram’da @BotFather ile bir sohbet açın, /newbot gönderin ve sorularını yanıtlayın; botunuzun belirtecini size yazar. Var olan bir bot için /mybots gönderin, botu seçin, ardından API Token’a dokunun. Burada yanıt veren bir bot başka bir hizmette kullanılmamalıdır: Telegram mesajlarını tek bir yere gönderir.',
    },
    line: {
      title: 'LINE hesabı',
      short: 'LINE resmî hesabınızla sohbetler',
      lead: 'LINE Developers konsolundan, Messaging API kanalının kanal gizli anahtarı ve uzun ömürlü bir kanal erişim belirteci gerekir. Orada “Use webhook” seçeneğini açın, otomatik yanıtları kapatın.',
      permission:
        'Belirteç ve gizli anahtar yalnızca bağlantıyı denetlemek, mesajları almak ve yanıtlarınızı göndermek için kullanılır.',
    },
    email: {
      title: 'E-posta',
      short: 'destek@ gibi bir posta kutusu, burada okunur ve yanıtlanır',
      lead: 'Posta kutusunun adresi ve parolası ile e-posta sağlayıcınızdan sunucu adları gerekir. Birçok sağlayıcı uygulamalar için ayrı bir parola ister. Postalar yerinde ve okunmamış kalır; yanıtlarınız oradaki gönderilmiş postalar arasında da saklanır.',
      permission:
        'Parola yalnızca yeni postaları okumak, yanıtlarınızı göndermek ve birer kopyasını gönderilmiş postalar arasında saklamak için kullanılır.',
    },
    field: {
      pageId: 'Sayfa kimliği',
      pageAccessToken: 'Sayfa erişim belirteci',
      accountId: 'Instagram hesap kimliği',
      accessToken: 'Erişim belirteci',
      wabaId: 'WhatsApp Business hesap kimliği',
      phoneNumberId: 'Telefon numarası kimliği',
      botToken: 'Bot belirteci',
      channelAccessToken: 'Kanal erişim belirteci',
      channelSecret: 'Kanal gizli anahtarı',
      address: 'E-posta adresi',
      password: 'Parola',
      imapUrl: 'Gelen posta sunucusu (IMAP)',
      smtpUrl: 'Giden posta sunucusu (SMTP)',
      userName: 'Kullanıcı adı',
    },
    hint: {
      messenger: {
        pageId: 'Rakamlardan oluşur; sayfanın “Hakkında” bölümündedir.',
        pageAccessToken: 'Şifrelenir ve bir daha gösterilmez.',
      },
      instagram: {
        accountId: 'Rakamlardan oluşur; platformun profesyonel hesaba verdiği kimliktir.',
        pageId: 'Yalnızca hesap bir Facebook sayfasına bağlıysa.',
        accessToken: 'Şifrelenir ve bir daha gösterilmez.',
      },
      whatsapp: {
        wabaId: 'WhatsApp yöneticisinde, hesap ayarlarında.',
        phoneNumberId: 'Numaranın kendisi değil: API kurulumundaki kimliği.',
        accessToken: 'Şifrelenir ve bir daha gösterilmez.',
      },
      telegram: {
        botToken: 'Bir sayı, iki nokta ve tek bir uzun sözcük. Şifrelenir ve bir daha gösterilmez.',
      },
      line: {
        channelAccessToken: '“Messaging API” sayfasının sonundadır. Şifrelenir ve bir daha gösterilmez.',
        channelSecret: '“Basic settings” altındadır: 32 rakam ve harf. Şifrelenir ve bir daha gösterilmez.',
      },
      email: {
        address: 'Müşterilerin yazdığı adres.',
        password:
          'Posta kutusunun kendi parolası ya da uygulamalar için üretilen parola. Şifrelenir ve bir daha gösterilmez.',
        imapUrl: 'Örneğin imap.example.com; port 993 değilse iki noktadan sonra yazın.',
        smtpUrl: 'Örneğin smtp.example.com; port 465 değilse iki noktadan sonra yazın.',
        userName: 'Yalnızca adresten farklıysa.',
      },
    },
    permission: 'Belirteç yalnızca bağlantıyı denetlemek, mesajları almak ve yanıtlarınızı göndermek için kullanılır.',
    acknowledge: 'Bağlayarak yürürlükteki gizlilik politikasını okuduğunuzu onaylarsınız.',
    policy: 'Gizlilik politikası',
    done: '{{name}} bağlandı',
    doneText: 'Bir müşteri gibi yazın: mesaj gelen kutusunda kendiliğinden belirir.',
    now: 'Bağla',
    toInbox: 'Gelen kutusuna git',
  },
  replies: {
    lead: 'Bir kez yazın, her yerde kullanın: yanıtta / ve kısayolu yazın.',
    empty: 'Henüz kayıtlı yanıt yok',
    emptyHint: 'Tekrar tekrar yazdıklarınızı kaydedin.',
    add: 'Yeni kayıtlı yanıt',
    edit: 'Kayıtlı yanıtı düzenle',
    shortcut: 'Kısayol',
    shortcutHint: 'Tek sözcük, örneğin: saatler',
    text: 'Metin',
  },
};

export default settings;
