import { asksForPerson, isAngry, namesKeyword, saysTheSame } from './customer-words.js';
import { disclosureOf, handoffNotice, languageToSpeak } from './notices.js';

describe('a customer who wants a person [promise 38]', () => {
  it.each([
    'I want to talk to a person',
    'can i SPEAK with a human please?',
    'human',
    'Agent please!',
    'real person',
    'Please connect me to customer service.',
    'I need a human.',
    "I don't want a bot",
    'is there someone I can talk to',
    'Bir yetkiliyle görüşmek istiyorum',
    'insan',
    'Lütfen beni müşteri hizmetlerine bağlayın',
    'Gerçek bir kişiyle konuşmak istiyorum',
    'BİRİSİYLE KONUŞABİLİR MİYİM',
    'canlı desteğe bağlanmak istiyorum',
    'temsilci istiyorum',
    'أريد التحدث إلى موظف',
    'موظف',
    'اريد ان اتكلم مع شخص حقيقي',
    'Ich möchte mit einem Menschen sprechen',
    'Mitarbeiter bitte',
    'Können Sie mich mit jemandem verbinden?',
    'Je voudrais parler à un conseiller',
    'Puis-je parler à quelqu’un ?',
    'humain',
    'Quiero hablar con una persona',
    'agente',
    'Necesito un humano',
  ])('is understood: %s', (text) => expect(asksForPerson(text)).toBe(true));

  it.each([
    'How long does shipping take?',
    'I need a tent for 4 people',
    'Is this for one person or two?',
    'Two of these please',
    'Bunlardan birini istiyorum',
    '2 kişilik çadır var mı?',
    'Kargo ne kadar sürer?',
    'Ich brauche ein Zelt für 1 Person',
    'Je veux un lit pour une personne',
    'Quiero una mesa para dos personas',
    'Do not machine wash?',
    'My robot vacuum is not charging',
    'كم يستغرق الشحن؟',
    'Does the shop have a manager discount?',
    '',
    '👍',
  ])('is not heard where nobody asks: %s', (text) => expect(asksForPerson(text)).toBe(false));

  it.each([
    'This is unacceptable, I will call my lawyer',
    'What a SCAM',
    'WHERE IS MY ORDER I HAVE BEEN WAITING FOR WEEKS!',
    'Rezalet bir firma',
    'Dolandırıcısınız!',
    'c’est une arnaque',
    'Das ist eine Frechheit',
    'Esto es una estafa',
    'هذا احتيال',
    'Where is it????',
  ])('is handed over when upset: %s', (text) => expect(isAngry(text)).toBe(true));

  it.each(['Thank you!', 'Do you ship to USA?', 'Merhaba, iade nasıl yapılır?', 'OK!', 'IKEA BILLY 80X30'])(
    'is not called upset: %s',
    (text) => expect(isAngry(text)).toBe(false),
  );

  it('may use a word that the bot leaves to people, with any ending', () => {
    expect(namesKeyword('Faturamı göremiyorum', ['fatura'])).toBe(true);
    expect(namesKeyword('I want to cancel my order', ['Cancel MY order'])).toBe(true);
    expect(namesKeyword('scancel', ['cancel'])).toBe(false);
    expect(namesKeyword('anything', ['', ' '])).toBe(false);
  });

  it('says the same whatever the signs', () => {
    expect(saysTheSame('Out of office!', 'out of  OFFICE')).toBe(true);
    expect(saysTheSame('', '')).toBe(false);
  });
});

describe('what a machine says of itself', () => {
  const bot = { name: 'Ada', disclosure: '' };
  it('is in the language of the customer, else in what is known of them or of the workspace [promise 37]', () => {
    expect(disclosureOf(bot, languageToSpeak('Kargo ne kadar sürer?'))).toContain('Ben Ada, bir yapay zekâ');
    expect(disclosureOf(bot, languageToSpeak('How long does it take?', 'tr'))).toContain('Ada, an AI assistant');
    expect(disclosureOf(bot, languageToSpeak('كم يستغرق الشحن؟'))).toContain('الذكاء الاصطناعي');
    expect(languageToSpeak('12345', null, 'tr')).toBe('TR');
    expect(languageToSpeak('12345', 'ja', 'xx')).toBe('EN');
    expect(disclosureOf({ name: 'Ada', disclosure: ' We use AI. ' }, languageToSpeak('x'))).toBe('We use AI.');
  });

  it('names a word for a person that is understood, in every language', () => {
    for (const words of [
      'How are you?',
      'Kargo ne kadar?',
      'كم يستغرق الشحن؟',
      'Wie lange ist das?',
      'Est-ce que vous avez la taille ?',
      '¿Cómo está la tienda?',
    ]) {
      const named = /["«„]\s?(\p{L}+)\s?["»“]/u.exec(disclosureOf(bot, languageToSpeak(words)))?.[1] ?? '';
      expect([words, named, asksForPerson(named)]).toEqual([words, named, true]);
      expect(handoffNotice(languageToSpeak(words), true)).not.toBe(handoffNotice(languageToSpeak(words), false));
    }
  });
});
