import type english from '../en/questions.js';

/** Kimsenin yanıtlayamadıkları ve bir bottan, kendisi yanıtlamadan önce istenenler. */
const questions: typeof english = {
  questions: {
    lead: 'Müşterilerin sorduğu ve bilgi tabanınızda yanıtı olmayan sorular; en çok sorulan en üstte. Aynı soru başka sözcüklerle sorulunca tek soru sayılır.',
    empty: 'Açık soru yok',
    emptyHint: 'Bir müşteri bilgi tabanınızın yanıtlamadığı bir şey sorunca burada durur; bir kez yanıtlamanız yeter.',
    asked_one: '{{count}} kez soruldu',
    asked_other: '{{count}} kez soruldu',
    last: 'son olarak {{time}}',
    open: 'En son sorulduğu yer',
    answer: 'Yanıt yaz',
    becomes:
      'Soru ve yanıt bilgi tabanınızda bir kayıt olur. Bundan sonra bunu soranlar ondan yanıtlanır; seçilmiş kaynaklardan yararlanan ve bu sorunun sorulduğu bota kaynak olarak eklenir. Daha önce soranlara bir şey gönderilmez.',
    questionHint: 'Bilgi tabanınızda nasıl duracaksa öyle yazın. Yalnızca tek bir müşteriyle ilgili olanı çıkarın.',
    answerHint: 'Müşterilere kelimesi kelimesine alıntılanabilir.',
    add: 'Bilgi tabanına ekle',
    added: 'Bilgi tabanınıza eklendi. Soru listeden çıktı.',
    dismiss: 'Yanıt gerekmez',
    dismissTitle: 'Yanıt gerekmiyor mu?',
    dismissText: 'Soru listeden temelli çıkar: bu geri alınamaz ve yeniden soran olursa da geri gelmez.',
    dismissed: 'Soru listeden çıktı.',
    editorsOnly: 'Bunları sahip, yöneticiler ve düzenleyiciler yanıtlayabilir.',
  },
  trials: {
    title: 'Bir bot kendisi yanıtlamadan önce',
    autoNeedsPercent: '100 örnekten kaçını iyi yanıtlaması gerekir',
    percentHint:
      'Bir bot ancak on ya da daha çok örnekle yapılan bir denemede buna ulaştıktan sonra kendisi yanıtlayabilir. Boş ya da 0: bir şey istenmez. Şimdiden kendisi yanıtlayan bir bot, değiştirilene dek sürdürür.',
    casesFromConversations: 'Kapanmış konuşmalardan örnek alınabilir',
    casesHint:
      'Müşterilerin sorduğu ve arkadaşlarınızın yanıtladığı; adresler, numaralar ve adlar olmadan, botları denemek için saklanabilir. Kapatılınca alınanların hepsi silinir.',
    button: 'İstenenleri ayarla',
  },
};

export default questions;
