import { type PageLanguage, escapeHtml, trapField } from '../../accounts/index.js';

/** What Turnstile is told that its token is for. */
export const formAction = 'contact-form';

/** What of Turnstile stands in a page. */
interface TurnstilePlace {
  readonly siteKey: string;
  readonly scriptUrl: string;
}

const words: Readonly<Record<PageLanguage, Readonly<Record<string, string>>>> = {
  en: {
    name: 'Name',
    email: 'E-mail address',
    company: 'Company',
    message: 'Message',
    trap: 'Leave this empty',
    send: 'Send',
  },
  tr: {
    name: 'Ad',
    email: 'E-posta adresi',
    company: 'Şirket',
    message: 'Mesaj',
    trap: 'Bunu boş bırakın',
    send: 'Gönder',
  },
};

/** The HTML that a business puts into its page: a plain form, which works without a script, and looks as the page does. */
export function embedSnippet(url: string, language: PageLanguage, turnstile: TurnstilePlace | null): string {
  const { name, email, company, message, trap, send } = words[language];
  const check =
    turnstile === null
      ? ''
      : `
  <div class="cf-turnstile" data-sitekey="${escapeHtml(turnstile.siteKey)}" data-action="${formAction}"></div>
  <script src="${escapeHtml(turnstile.scriptUrl)}" async defer></script>`;
  return `<form action="${escapeHtml(url)}" method="post" referrerpolicy="origin" onsubmit="this.elapsed.value=Math.round(performance.now())">
  <p><label>${name ?? ''}<br><input name="name" maxlength="200" autocomplete="name"></label></p>
  <p><label>${email ?? ''}<br><input name="email" type="email" maxlength="254" autocomplete="email" required></label></p>
  <p><label>${company ?? ''}<br><input name="company" maxlength="200" autocomplete="organization"></label></p>
  <p><label>${message ?? ''}<br><textarea name="message" rows="5" maxlength="10000" required></textarea></label></p>
  <p style="position:absolute;left:-999rem" aria-hidden="true"><label>${trap ?? ''} <input name="${trapField}" tabindex="-1" autocomplete="off"></label></p>
  <input type="hidden" name="elapsed">${check}
  <p><button>${send ?? ''}</button></p>
</form>
`;
}
