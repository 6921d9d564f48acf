import type { PageLanguage } from './policy-documents.js';

/** A field that programs fill in and people do not see. */
export const trapField = 'homepage';
/** What Turnstile is told that its token is for. */
export const turnstileAction = 'privacy-request';

/** What the page of the form shows of Turnstile. */
export interface TurnstilePlace {
  readonly siteKey: string;
  readonly scriptUrl: string;
}

interface FormWords {
  readonly title: string;
  readonly lead: string;
  readonly text: string;
  readonly fields: readonly (readonly [name: string, label: string, type: string])[];
  readonly helps: string;
  readonly kind: string;
  readonly kinds: readonly (readonly [value: string, label: string])[];
  readonly onBehalfOf: string;
  readonly minor: string;
  readonly send: string;
  readonly trap: string;
  readonly noScript: string;
}

const words: Readonly<Record<PageLanguage, FormWords>> = {
  en: {
    title: 'Ask here',
    lead: 'A few words are enough. Where you leave an e-mail address, you get a link to confirm it, and the answer.',
    text: 'What do you want?',
    fields: [
      ['email', 'Your e-mail address', 'email'],
      ['businessName', 'Name of the business', 'text'],
      ['website', 'Its website', 'text'],
      ['handle', 'Your user name', 'text'],
      ['phone', 'Your phone number', 'tel'],
      ['from', 'You wrote from', 'date'],
      ['to', 'until', 'date'],
    ],
    helps: 'What helps to find you (all of it optional)',
    kind: 'What it is about',
    kinds: [
      ['', 'As I have written'],
      ['ERASE', 'Erase my data'],
      ['ACCESS', 'Give me a copy'],
      ['PORT', 'Give it to me to take along'],
      ['RECTIFY', 'Put something right'],
      ['RESTRICT', 'Keep it, but do not use it'],
      ['OBJECT', 'I object to its use'],
      ['OBJECT_AUTOMATED', 'I do not want to be answered by a machine'],
    ],
    onBehalfOf: 'I ask for somebody else',
    minor: 'It is about a child',
    send: 'Send the request',
    trap: 'Leave this empty',
    noScript:
      'The check against spam needs a script. Without one, write to the privacy address below: a plain mail is enough.',
  },
  tr: {
    title: 'Buradan isteyin',
    lead: 'Birkaç kelime yeterli. E-posta adresi bırakırsanız onaylamanız için bir bağlantı ve yanıtı alırsınız.',
    text: 'Ne istiyorsunuz?',
    fields: [
      ['email', 'E-posta adresiniz', 'email'],
      ['businessName', 'İşletmenin adı', 'text'],
      ['website', 'Web sitesi', 'text'],
      ['handle', 'Kullanıcı adınız', 'text'],
      ['phone', 'Telefon numaranız', 'tel'],
      ['from', 'Yazdığınız tarih, en erken', 'date'],
      ['to', 'en geç', 'date'],
    ],
    helps: 'Sizi bulmamıza yarayanlar (hepsi isteğe bağlı)',
    kind: 'Konu',
    kinds: [
      ['', 'Yazdığım gibi'],
      ['ERASE', 'Verilerimi silin'],
      ['ACCESS', 'Bir kopyasını verin'],
      ['PORT', 'Yanımda götürmem için verin'],
      ['RECTIFY', 'Bir şeyi düzeltin'],
      ['RESTRICT', 'Saklayın ama kullanmayın'],
      ['OBJECT', 'Kullanılmasına itiraz ediyorum'],
      ['OBJECT_AUTOMATED', 'Bir makinenin yanıtlamasını istemiyorum'],
    ],
    onBehalfOf: 'Başkası adına istiyorum',
    minor: 'Bir çocukla ilgili',
    send: 'Talebi gönder',
    trap: 'Bunu boş bırakın',
    noScript:
      'İstenmeyen gönderilere karşı denetim bir betik gerektirir. Betik çalışmıyorsa aşağıdaki gizlilik adresine yazın: sade bir e-posta yeterlidir.',
  },
};

/**
 * The form by which anybody asks under the law; every field but the words may stay empty. It has no script but Turnstile's, where
 * the operator set that up.
 */
export function requestForm(language: PageLanguage, turnstile: TurnstilePlace | null): string {
  const { title, lead, text, fields, helps, kind, kinds, onBehalfOf, minor, send, trap, noScript } = words[language];
  const input = ([name, label, type]: readonly [string, string, string]) =>
    `<p><label for="${name}">${label}</label><input id="${name}" name="${name}" type="${type}" maxlength="300"></p>`;
  const tick = (name: string, label: string) =>
    `<p><input id="${name}" name="${name}" type="checkbox" value="true"> <label for="${name}">${label}</label></p>`;
  const check =
    turnstile === null
      ? ''
      : `<div class="cf-turnstile" data-sitekey="${turnstile.siteKey}" data-action="${turnstileAction}" data-language="${language}"></div>
<noscript><p>${noScript}</p></noscript>
<script src="${turnstile.scriptUrl}" async defer></script>`;
  const options = kinds.map(([value, label]) => `<option value="${value}">${label}</option>`).join('');
  return `<h2 id="ask">${title}</h2>
<p>${lead}</p>
<form method="post" action="/privacy/requests?lang=${language}" class="ask">
<p><label for="text">${text}</label><textarea id="text" name="text" rows="4" maxlength="10000" required></textarea></p>
<p><label for="kind">${kind}</label><select id="kind" name="kind">${options}</select></p>
<fieldset><legend>${helps}</legend>${fields.map(input).join('')}</fieldset>
${tick('onBehalfOf', onBehalfOf)}${tick('minor', minor)}
<p class="trap" aria-hidden="true"><label for="${trapField}">${trap}</label><input id="${trapField}" name="${trapField}" type="text" tabindex="-1" autocomplete="off"></p>
${check}
<p><button>${send}</button></p>
</form>`;
}
