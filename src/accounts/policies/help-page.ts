import type { Config } from '../../platform/config/index.js';
import { escapeHtml, markdownToHtml } from './markdown.js';
import type { AnnouncedProcessor } from './announced-recipients.js';
import { type Processor } from './processors.js';
import { chosenByBusinesses } from './recipient-words.js';
import type { PageLanguage } from './policy-documents.js';
import { type TurnstilePlace, requestForm } from './request-form.js';

/** The page that sends everyone to the right place. */
export function helpPage(
  config: Config,
  language: PageLanguage,
  turnstile: TurnstilePlace | null,
): { title: string; body: string } {
  const { name, address, privacyEmail } = config.operator;
  if (language === 'tr') {
    return {
      title: 'Gizlilik: kime başvurmalıyım?',
      body: withForm(
        `## Bir işletmeye yazdım
Mesajlarınızın veri sorumlusu yazdığınız işletmedir. Onunla konuştuğunuz kanaldan veya aydınlatma metnindeki adresten ona yazın. İşletmeye ulaşamıyorsanız ${privacyEmail} adresine yazın: başvurunuzu ona iletir, yanıtlamasına yardım ederiz. Bulmamıza yarayanlar: işletmenin adı veya web sitesi, kanal, kullanıcı adınız veya telefonunuz ve yaklaşık tarih.

## Burada bir hesabım var
Hesabınızı ve çalışma alanınızı ayarlardan kendiniz silebilirsiniz. Giriş yapamıyorsanız hesabınızın adresinden ${privacyEmail} adresine yazın. Hesap, fatura ve teknik günlük verilerinin sorumlusu ${name}, ${address}.

## Bir Shopify mağazasının müşterisiyim
Mağazaya başvurun: mağaza Shopify üzerinden silme istediğinde burada kendiliğinden silinir.

## Emin değilim
${privacyEmail} adresine yazın. Sade bir e-posta yeterlidir; form gerekmez. 30 gün içinde, genellikle beş iş gününde yanıt veririz.

## Kim neden sorumlu
- İşletme: mesajların, kişilerin ve taleplerin **veri sorumlusu**.
- ${name}: onlar için **veri işleyen**; hesap, fatura ve teknik günlük için **veri sorumlusu**.

## Şikâyet
Türkiye'de [Kişisel Verileri Koruma Kurumu](https://www.kvkk.gov.tr), AEA'da yaşadığınız yerin [denetim makamı](https://www.edpb.europa.eu/about-edpb/about-edpb/members_en), Kaliforniya'da [California Privacy Protection Agency](https://cppa.ca.gov).

## Çocuklar
Hizmet 18 yaşından küçükler için değildir. Bildirilen çocuk verisi gecikmeden silinir: ${privacyEmail}.`,
        language,
        turnstile,
      ),
    };
  }
  return {
    title: 'Privacy: whom do I ask?',
    body: withForm(
      `## I wrote to a business
The business that you wrote to is the controller of your messages. Write to it on the channel where you talked, or at the address in its own notice. If you cannot reach it, write to ${privacyEmail}: we pass your request on and help it to answer. What helps to find you: the name or website of the business, the channel, your handle or phone number, and roughly when.

## I have an account here
You can delete your account and your workspace yourself, in the settings. If you cannot sign in, write to ${privacyEmail} from the address of the account. ${name}, ${address}, is the controller of account, billing and log data.

## I am a customer of a Shopify store
Ask the store: when it asks for the deletion at Shopify, it happens here by itself.

## I am not sure
Write to ${privacyEmail}. A plain e-mail is enough; no form is needed. We answer within 30 days, usually within five working days.

## Who is responsible for what
- The business: **controller** of messages, contacts and leads.
- ${name}: **processor** of those; **controller** of account, billing and log data.

## Complaints
In the EEA to the [authority](https://www.edpb.europa.eu/about-edpb/about-edpb/members_en) of the place where you live, in Türkiye to the [Kişisel Verileri Koruma Kurumu](https://www.kvkk.gov.tr), in California to the [California Privacy Protection Agency](https://cppa.ca.gov).

## Children
The service is not for anyone under 18. A child's data that is reported is deleted promptly: ${privacyEmail}.`,
      language,
      turnstile,
    ),
  };
}

function withForm(text: string, language: PageLanguage, turnstile: TurnstilePlace | null): string {
  return `${markdownToHtml(text)}\n${requestForm(language, turnstile)}`;
}

const columns = {
  en: ['Recipient', 'Purpose', 'Data', 'Region', 'Safeguard', 'Servers that are called'],
  tr: ['Alıcı', 'Amaç', 'Veri', 'Bölge', 'Güvence', 'Çağrılan sunucular'],
} as const;

/** The table of those who receive data; whoever was announced and is not used yet stands below, with the day. */
export function processorsTable(
  processors: readonly Processor[],
  announced: readonly AnnouncedProcessor[],
  language: PageLanguage,
): string {
  const day = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  const later = announced.filter(({ usedFrom }) => usedFrom.getTime() > Date.now());
  const names = new Set(later.map(({ name, purpose }) => `${name} ${purpose}`));
  const list = [
    ...processors.filter(({ name, purpose }) => !names.has(`${name} ${purpose}`)),
    ...later.map((one) => ({ ...one, name: `${one.name} (${fromThen(day.format(one.usedFrom), language)})` })),
  ];
  const head = columns[language].map((column) => `<th scope="col">${column}</th>`).join('');
  const rows = list.map(
    ({ name, purpose, data, region, safeguard, hosts }) =>
      `<tr>${[name, purpose, data, region, safeguard, hosts.join(', ')].map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}</tr>`,
  );
  const table = `<div class="scroll"><table><thead><tr>${head}</tr></thead><tbody>${rows.join('')}</tbody></table></div>`;
  return `${table}<p>${escapeHtml(chosenByBusinesses[language])}</p>`;
}

function fromThen(day: string, language: PageLanguage): string {
  return language === 'tr' ? `${day} tarihinden itibaren` : `from ${day} on`;
}
