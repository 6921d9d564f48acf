import type english from '../en/instance.js';

/** Kurulumu işletenlerin masası: hiçbir çalışma alanının olmayan talepler. */
const instance: typeof english = {
  instance: {
    deployment: 'Bu kurulum',
    nav: 'İşletici masası',
    title: 'Hiçbir çalışma alanının olmayan gizlilik talepleri',
    lead: 'İnsanların istediği ve hiçbir çalışma alanına ait olmayan şeyler. Her birini ilgili çalışma alanına verin, yanıtlayın ya da yazılı olarak süre uzatın.',
    back: 'Gelen kutusuna dön',
    emptyHint: 'Açıkça tek bir çalışma alanıyla ilgili olanlar oraya kendiliğinden gider.',
    form: 'Nasıl istendiğine bakın',
    find: 'Talebi koduyla bul',
    findHint: 'Kod, isteyene verdiğimiz yanıttadır. Bir çalışma alanında olan da bulunur, tek sözü gösterilmeden.',
    findButton: 'Bul',
    goneHint: 'Kodu ona verdiğimiz yanıttan, yazıldığı gibi alın.',
    owned: 'Bir çalışma alanı yanıtlıyor',
    ownedHint:
      'İçinde söylenenleri yalnızca üyeleri okur. Bir şey yapmazlarsa onlardan isteyin; yine yapmazlarsa yasal bir dayanakla silin.',
    notYours: 'Bu sayfa bu kurulumu işletenler içindir',
    notYoursHint: 'Kim oldukları yapılandırmada yazar.',
  },
  instanceAction: {
    route: 'Çalışma alanına ver',
    answer: 'Yanıtla',
    askProof: 'Kanıt iste',
    changeKind: 'Ne istendiğini belirt',
    extend: 'Süreyi uzat',
    refuse: 'Reddet',
    askController: 'İşletmeden silmesini iste',
    eraseDirectly: 'Doğrudan sil',
  },
  instanceSay: {
    answer: {
      text: 'Sözleriniz, adres bıraktıysa isteyene e-postayla gider ve talep kapanır.',
      field: 'Ne yapıldı?',
      button: 'Yanıtla ve kapat',
      done: 'Talep yanıtlandı.',
    },
    refuse: {
      text: 'Gerekçe ve bir denetim makamına şikâyet edebilecekleri bildirilir. Reddedilen talep öyle kalır.',
      field: 'Neden reddediliyor?',
      button: 'Reddet',
      done: 'Talep reddedildi.',
    },
    askProof: {
      text: 'Bırakılan adrese sözlerinizle birlikte, adresin onun olduğunu kanıtlayan, 30 gün geçerli bir bağlantı gider.',
      field: 'Ne soruyorsunuz?',
      button: 'Gönder',
      done: 'E-posta yolda.',
    },
    askController: {
      text: 'Sözleriniz işletmeye e-postayla gider: gizlilik adresine, o yoksa sahiplerine. Talebin adımlarında ve denetim kaydında yer alır.',
      field: 'Onlardan ne istiyorsunuz?',
      button: 'Gönder',
      done: 'E-posta yolda.',
    },
  },
  instanceRoute: {
    text: 'Bundan sonra üyeleri aynı süreyle yanıtlar. Siz yalnızca ne aşamada olduğunu görürsünüz.',
    which: 'Çalışma alanı',
    meant: 'Kastedilen olabilir',
    own: 'Sizinkiler',
    another: 'Kimliğiyle bir başkası',
    id: 'Çalışma alanının kimliği',
    idHint: 'Sayfalarının adresinde /w/ ardından gelir.',
    button: 'Onlara ver',
    done: 'Talep artık çalışma alanında.',
  },
  instanceErase: {
    text: 'İşletmenin bu kişi hakkında tuttuğu her şey, işletmenin yerine hemen ve kalıcı olarak silinir. Dayanağınız talebin adımlarında, bunu yaptığınız denetim kaydında yer alır.',
    field: 'Hangi yasal dayanakla?',
    fieldHint: 'Örneğin madde ve işletmenin neden kendisinin yapmadığı.',
    type: 'Silmek için kodu yazın:',
    button: 'Kalıcı olarak sil',
    done: 'Siliniyor.',
  },
};

export default instance;
