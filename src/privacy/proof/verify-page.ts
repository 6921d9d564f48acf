import { escapeHtml } from '../../accounts/index.js';
import { faultWords } from './fault-words.js';

type Language = 'en' | 'tr';

const words = {
  en: {
    title: 'Check a receipt of an erasure',
    intro:
      'A receipt says what was erased, in counts, and who says so, by a signature. Put it in here, or choose the file. It is checked in this browser: nothing that you put in is sent anywhere, and the check works without a network too.',
    receipts: 'Receipt, or several, one after the other',
    file: 'Or a file',
    whole: 'These have to be all receipts of the instance, from the first to the last',
    keys: 'Public keys',
    keysHint:
      'Those of this server stand here. For a receipt of another server, put in what its /.well-known/receipt-keys.json gives.',
    check: 'Check',
    noScript: 'The check needs JavaScript. Without it:',
    result: 'Result',
    busy: 'Checking…',
    unable: 'This browser knows no Ed25519 signatures, so it cannot tell. A newer one does.',
    good: 'Valid: signed, and not changed since',
    bad: 'Not valid',
    receipt: 'Receipt',
    chain: 'Each follows the one before it: none is missing between them.',
    wholeChain: 'They are all receipts of the instance, from the first to the last.',
    erased: 'Erased',
    retained: 'Kept',
  },
  tr: {
    title: 'Silme makbuzu doğrula',
    intro:
      'Makbuz, neyin silindiğini sayılarla, bunu kimin söylediğini imzayla belirtir. Buraya yapıştırın ya da dosyayı seçin. Doğrulama bu tarayıcıda yapılır: girdikleriniz hiçbir yere gönderilmez; doğrulama ağ bağlantısı olmadan da çalışır.',
    receipts: 'Makbuz ya da art arda birkaç makbuz',
    file: 'Ya da bir dosya',
    whole: 'Bunlar, ilkinden sonuncusuna kadar bu kurulumun bütün makbuzları olmalı',
    keys: 'Açık anahtarlar',
    keysHint:
      'Bu sunucununkiler burada. Başka bir sunucunun makbuzu için o sunucunun /.well-known/receipt-keys.json adresinin verdiğini yapıştırın.',
    check: 'Doğrula',
    noScript: 'Doğrulama için JavaScript gerekir. Onsuz:',
    result: 'Sonuç',
    busy: 'Doğrulanıyor…',
    unable: 'Bu tarayıcı Ed25519 imzalarını tanımıyor, bu yüzden söyleyemez. Daha yeni bir tarayıcı tanır.',
    good: 'Geçerli: imzalı ve sonradan değiştirilmemiş',
    bad: 'Geçerli değil',
    receipt: 'Makbuz',
    chain: 'Her biri bir öncekini izliyor: aralarında eksik yok.',
    wholeChain: 'Bunlar, ilkinden sonuncusuna kadar bu kurulumun bütün makbuzlarıdır.',
    erased: 'Silindi',
    retained: 'Saklanıyor',
  },
} as const;

/** The page that checks a receipt in the browser. Its fields have no names, so that not even a form could send them. */
export function verifyPage(keys: unknown, language: Language): { title: string; body: string } {
  const said = words[language];
  const spoken = { ...faultWords[language], ...said };
  const body = `<p>${escapeHtml(said.intro)}</p>
<noscript><p>${escapeHtml(said.noScript)} <code>npm run parley -- receipts verify FILE --keys FILE</code></p></noscript>
<p><label for="receipts">${escapeHtml(said.receipts)}</label><br>
<textarea id="receipts" rows="10" cols="60" spellcheck="false" autocomplete="off"></textarea></p>
<p><label for="file">${escapeHtml(said.file)}</label> <input id="file" type="file" accept=".json,.jsonl,application/json"></p>
<p><input id="whole" type="checkbox"> <label for="whole">${escapeHtml(said.whole)}</label></p>
<details><summary>${escapeHtml(said.keys)}</summary>
<p><label for="keys">${escapeHtml(said.keysHint)}</label><br>
<textarea id="keys" rows="10" cols="60" spellcheck="false" autocomplete="off">${escapeHtml(JSON.stringify(keys, null, 2))}</textarea></p></details>
<p><button id="check" type="button">${escapeHtml(said.check)}</button></p>
<section aria-label="${escapeHtml(said.result)}"><div id="result" role="status" data-words="${escapeHtml(JSON.stringify(spoken))}"></div></section>
<script type="module" src="/privacy/verify-page.mjs"></script>`;
  return { title: said.title, body };
}
