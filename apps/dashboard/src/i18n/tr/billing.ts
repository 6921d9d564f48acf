import type english from '../en/billing.js';

const billing: typeof english = {
  billing: {
    lead: 'Planınız, ondan ne kadarını kullandığınız ve başka bir plana giden yol. Ödemeler ve faturalar satıcıdadır; bu sunucu kartınızı hiç görmez.',
    notSold: 'Burada bir şey satılmıyor',
    notSoldText: 'Her şey açık ve hiçbir şeyde plan sınırı yok.',
    region: 'Plandan haberler',
    putAway: 'Yarına kadar kaldır',
    ownersMay: 'Bunu bir sahip değiştirebilir: {{names}}.',
    news: {
      trialEnds_one:
        'Deneme bir gün içinde, {{date}} tarihinde bitiyor. Plan seçilmezse gönderim ve yapay zekâ o zaman durur; okuma ve dışa aktarma sürer.',
      trialEnds_other:
        'Deneme {{count}} gün sonra, {{date}} tarihinde bitiyor. Plan seçilmezse gönderim ve yapay zekâ o zaman durur; okuma ve dışa aktarma sürer.',
      ends_one:
        'Plan iptal edildi ve bir gün içinde, {{date}} tarihinde bitiyor. Gönderim ve yapay zekâ o zaman durur; okuma ve dışa aktarma sürer.',
      ends_other:
        'Plan iptal edildi ve {{count}} gün sonra, {{date}} tarihinde bitiyor. Gönderim ve yapay zekâ o zaman durur; okuma ve dışa aktarma sürer.',
      pastDue:
        'Bir ödeme alınamadı. Her şey {{date}} tarihine kadar sürer; o zamana kadar ödenmezse gönderim ve yapay zekâ durur, okuma ve dışa aktarma sürer.',
      paused:
        'Plan duraklatıldı: bir şey gönderilmiyor ve yapay zekâ yanıt vermiyor. Okuma, dışa aktarma ve gizlilik sürüyor.',
      trialEnded:
        'Deneme bitti: bir şey gönderilmiyor ve yapay zekâ yanıt vermiyor. Okuma, dışa aktarma ve gizlilik sürüyor.',
      ended: 'Plan bitti: bir şey gönderilmiyor ve yapay zekâ yanıt vermiyor. Okuma, dışa aktarma ve gizlilik sürüyor.',
      none: 'Henüz plan yok: bir şey gönderilmiyor ve yapay zekâ yanıt vermiyor. Okuma, dışa aktarma ve gizlilik sürüyor.',
    },
    standing: 'Planınız',
    status: {
      TRIALING: 'Deneme',
      ACTIVE: 'Etkin',
      PAST_DUE: 'Ödeme alınamadı',
      PAUSED: 'Duraklatıldı',
      CANCELED: 'İptal edildi',
      EXPIRED: 'Bitti',
      NONE: 'Plan yok',
    },
    stands: {
      TRIALING: 'Deniyorsunuz.',
      TRIAL_BOUGHT: 'Deniyorsunuz; sonra kendiliğinden sürer.',
      ACTIVE: 'Bitiş tarihi olmadan sürer.',
      PAST_DUE: 'Bir ödeme alınamadı. Kartı “Faturalar ve ödeme” altında değiştirin.',
      PAUSED:
        'Duraklatıldı: bir şey gönderilmiyor ve yapay zekâ yanıt vermiyor. “Faturalar ve ödeme” altında sürdürün. Hiçbir şey silinmez.',
      CANCELED: 'İptal edildi; ödenen dönemle birlikte biter. Hiçbir şey silinmez.',
      EXPIRED:
        'Bitti: bir şey gönderilmiyor ve yapay zekâ yanıt vermiyor. Her şey okunabilir ve dışa aktarılabilir, hiçbir şey silinmez. Sürdürmek için bir plan seçin.',
      NONE: 'Henüz plan yok: bir şey gönderilmiyor ve yapay zekâ yanıt vermiyor. Aşağıdan birini seçin.',
    },
    standsUntil: {
      TRIALING: '{{date}} tarihine kadar deniyorsunuz. Önceden plan seçerseniz hiçbir şey durmaz.',
      TRIAL_BOUGHT: '{{date}} tarihine kadar deniyorsunuz; önceden iptal etmezseniz sonra ücreti alınır.',
      ACTIVE: '{{date}} tarihinde yenilenir.',
      PAST_DUE:
        'Bir ödeme alınamadı. Her şey {{date}} tarihine kadar sürer; o zamana kadar kartı “Faturalar ve ödeme” altında değiştirin.',
      CANCELED:
        'İptal edildi: her şey {{date}} tarihine kadar sürer ve yenilenmez. Hiçbir şey silinmez. Vazgeçmek için önceden “Faturalar ve ödeme” altında sürdürün.',
    },
    merchant: 'Satıcı {{merchant}}: ödemeyi o alır, faturaları o keser.',
    invoices: 'Faturalar ve ödeme',
    newTab: '(yeni sekmede açılır)',
    cancel: 'Planı iptal et',
    cancelTitle: '{{plan}} planı iptal edilsin mi?',
    cancelUntil:
      'Her şey {{date}} tarihine kadar sürer: ücreti ödendi. Ondan sonra bir şey gönderilmez ve yapay zekâ yanıt vermez.',
    cancelUntilPaid:
      'Her şey ödenen sürenin sonuna kadar sürer. Ondan sonra bir şey gönderilmez ve yapay zekâ yanıt vermez.',
    cancelKeeps:
      'Hiçbir şey silinmez: konuşmalar, kişiler ve ayarlar kalır, okunabilir ve dışa aktarılabilir. İstediğiniz zaman yeniden plan seçebilirsiniz.',
    cancelNow: 'Planı şimdi iptal et',
    keep: 'Kalsın',
    canceled: 'Plan iptal edildi.',
    refund: 'Para iadesi ve iptal',
    usage: 'Kullandıklarınız',
    metric: {
      SEATS: 'Üyeler',
      CHANNELS: 'Kanallar',
      AI_REPLIES: 'Bu ayki yapay zekâ yanıtları',
      CONTACTS: 'Kişiler',
      KNOWLEDGE_PASSAGES: 'Bilgi parçaları',
    },
    usedOf: '{{used}} / {{limit}}',
    usedFreely: '{{used}}, sınırsız',
    fill: {
      near: 'Yüzde 80’den çoğu kullanıldı.',
      full: 'Hepsi kullanıldı.',
      over: 'Planda yer olandan fazla.',
    },
    whenFull: {
      SEATS: 'Başka kimse katılamaz. Planı aşan üyeler durur; sahipler hiç durmaz.',
      CHANNELS: 'Başka kanal bağlanamaz. Planı aşan kanallar durur.',
      AI_REPLIES: 'Yapay zekâ gelecek ayın başında (UTC) yeniden yanıt verir. O zamana kadar insanlar yazar.',
      CONTACTS: 'Elle ya da dosyayla kişi eklenemez. Size yazanlar yine de alınır.',
      KNOWLEDGE_PASSAGES: 'Yeni bilgi alınmaz. Var olan yanıtlamayı sürdürür.',
    },
    plans: 'Planlar',
    plansLead: 'Fiyatlara vergi dahil değildir. İstediğiniz zaman değiştirebilir ya da iptal edebilirsiniz.',
    yours: 'Planınız',
    aMonth: 'ayda {{price}}',
    aYear: 'yılda {{price}}',
    limit: {
      SEATS_one: '{{count}} üye',
      SEATS_other: '{{count}} üye',
      CHANNELS_one: '{{count}} kanal',
      CHANNELS_other: '{{count}} kanal',
      AI_REPLIES_one: 'ayda {{count}} yapay zekâ yanıtı',
      AI_REPLIES_other: 'ayda {{count}} yapay zekâ yanıtı',
      CONTACTS_one: '{{count}} kişi',
      CONTACTS_other: '{{count}} kişi',
      KNOWLEDGE_PASSAGES_one: '{{count}} bilgi parçası',
      KNOWLEDGE_PASSAGES_other: '{{count}} bilgi parçası',
    },
    noLimit: {
      SEATS: 'Sınırsız üye',
      CHANNELS: 'Sınırsız kanal',
      AI_REPLIES: 'Sınırsız yapay zekâ yanıtı',
      CONTACTS: 'Sınırsız kişi',
      KNOWLEDGE_PASSAGES: 'Sınırsız bilgi',
    },
    addOns: 'Yanında',
    plus: '+ {{price}}',
    sum: 'Toplam: {{price}}',
    buy: 'Bu planı seç',
    buyNamed: 'Bu planı seç: {{plan}}',
    change: 'Bu plana geç',
    changeNamed: 'Bu plana geç: {{plan}}',
    changeAddOns: 'Ekleri değiştir',
    changeAddOnsNamed: 'Ekleri değiştir: {{plan}}',
    resumeFirst: 'Önce planınızı “Faturalar ve ödeme” altında sürdürün; sonra değiştirilebilir.',
    changeTitle: '{{plan}} planına geçilsin mi?',
    changeText:
      'Bundan sonra fiyatı {{price}}, vergi hariç. Farkı satıcı tahsil eder ya da alacak yazar. Burada yeniden ödemezsiniz.',
    buyText: 'Fiyatı {{price}}, vergi hariç. Ödemeyi sonraki sayfada, satıcıda yaparsınız.',
    tooMuch: 'Bu planda yer olandan fazlasını kullanıyorsunuz:',
    rests: 'Şunlar durur:',
    goesOff: 'Şunlar, onlara gerek duyanlarla birlikte kapanır:',
    restsText:
      'Hiçbir şey silinmez. Duranlar daha büyük bir planla ya da yer açılınca geri gelir. Gerek duymadıklarınızı önceden de kaldırabilirsiniz.',
    changeNow: 'Şimdi geç',
    changeAnyway: 'Yine de sürdür',
    waitTitle: 'Satıcının haberi bekleniyor.',
    waitText:
      'Genellikle birkaç saniye sürer; bu sayfa sonra kendiliğinden değişir. O zamana kadar aşağıda yazan geçerlidir.',
    lateTitle: 'Satıcı henüz onaylamadı.',
    lateText:
      'Ödediyseniz plan onaylanır onaylanmaz kendiliğinden açılır; yeniden ödemeyin. Ödemeden ayrıldıysanız sizden bir şey alınmaz.',
    doneTitle: '{{plan}} planı açık.',
    changedTitle: '{{plan}} planı geçerli.',
    doneText: 'Teşekkürler. Fatura satıcıdan e-postayla gelir.',
    addOnsLeft: '{{plan}} planı açık. Ekler bu satıcıda ayrıca, teker teker alınır.',
    addOnsGo: 'Devam et',
    frozen: {
      channel:
        'Üzerinden hiçbir şey gönderilmez: planda ona yer yok ya da gereken ek eksik. Müşterilerin yazdıkları saklanır. Başka bir kanalın bağlantısını kesin ya da planı değiştirin; kendiliğinden geri gelir.',
      member:
        'Bu üye burada iş yapamaz: planda daha az koltuk var. Başka bir üyeyi çıkarın ya da planı değiştirin; kendiliğinden geri gelir.',
      bot: 'Yanıt vermiyor: planda yapay zekâ yanıtlarına yer yok, plan bitti ya da duraklatıldı. Uygun bir planla kendiliğinden geri gelir.',
    },
  },
};

export default billing;
