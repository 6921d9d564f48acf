import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../platform/config/index.js';
import { escapeHtml } from './markdown.js';
import type { PageLanguage } from './policy-documents.js';

interface Page {
  readonly language: PageLanguage;
  readonly title: string;
  /** HTML of our own making. */
  readonly body: string;
  /** The day of the last change. */
  readonly updated?: string;
  /** The page's own path, for the link to the other language; none where the address is for one person. */
  readonly path?: string;
  readonly status?: number;
}

const words = {
  en: {
    updated: 'Last updated',
    other: 'Türkçe',
    help: 'Privacy help',
    recipients: 'Recipients',
    terms: 'Terms',
    privacy: 'Privacy policy',
    refund: 'Refunds',
    processing: 'Processing agreement',
    by: 'This service is run by',
    contact: { privacy: 'Privacy', support: 'Support', security: 'Report a security hole' },
    grown: 'For businesses; not for anyone under 18.',
    menu: 'Pages',
  },
  tr: {
    updated: 'Son güncelleme',
    other: 'English',
    help: 'Gizlilik yardımı',
    recipients: 'Alıcılar',
    terms: 'Koşullar',
    privacy: 'Gizlilik politikası',
    refund: 'İadeler',
    processing: 'Veri işleme sözleşmesi',
    by: 'Bu hizmeti işleten',
    contact: { privacy: 'Gizlilik', support: 'Destek', security: 'Güvenlik açığı bildirimi' },
    grown: 'İşletmeler içindir; 18 yaşından küçükler için değildir.',
    menu: 'Sayfalar',
  },
} as const;

/** The language of a page: what the address asks for, else what the browser does. */
export function languageOf(request: FastifyRequest): PageLanguage {
  const { lang } = request.query as { lang?: unknown };
  if (lang === 'tr' || lang === 'en') return lang;
  return /^\s*tr\b/i.test(request.headers['accept-language'] ?? '') ? 'tr' : 'en';
}

/** Sends a public page: HTML without a script and without a cookie. */
export async function sendPage(reply: FastifyReply, config: Config, page: Page): Promise<void> {
  await reply
    .status(page.status ?? 200)
    .header('content-type', 'text/html; charset=utf-8')
    .header('content-language', page.language)
    .header('vary', 'accept-language')
    .header('cache-control', page.path === undefined ? 'no-store' : 'no-cache')
    .send(htmlOf(config, page));
}

function htmlOf({ operator }: Config, { language, title, body, updated, path }: Page): string {
  const said = words[language];
  const other = language === 'en' ? 'tr' : 'en';
  const link = (target: string, label: string) => `<a href="${target}?lang=${language}">${label}</a>`;
  const mail = (address: string, label: string) =>
    `<li>${label}: <a href="mailto:${escapeHtml(address)}">${escapeHtml(address)}</a></li>`;
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(title)} · ${escapeHtml(operator.name)}</title>
<link rel="stylesheet" href="/page-style">
</head>
<body>
<header><nav aria-label="${said.menu}">${[
    link('/privacy', said.help),
    link('/policies/terms', said.terms),
    link('/policies/privacy', said.privacy),
    link('/policies/processing', said.processing),
    link('/policies/refund', said.refund),
    link('/privacy/processors', said.recipients),
    ...(path === undefined
      ? []
      : [`<a href="${escapeHtml(path)}?lang=${other}" hreflang="${other}" lang="${other}">${said.other}</a>`]),
  ].join(' ')}</nav></header>
<main>
<h1>${escapeHtml(title)}</h1>
${updated === undefined ? '' : `<p class="date">${said.updated}: <time datetime="${updated}">${updated}</time></p>`}
${body}
</main>
<footer>
<p>${said.by} ${escapeHtml(operator.name)}, ${escapeHtml(operator.address)}. ${said.grown}</p>
<ul>${mail(operator.privacyEmail, said.contact.privacy)}${mail(operator.supportEmail, said.contact.support)}${mail(operator.securityEmail, said.contact.security)}</ul>
</footer>
</body>
</html>
`;
}

/** How the public pages look: one narrow column, light and dark, on a phone too. */
export const pageStyle = `:root { color-scheme: light dark; --ink: #1d2430; --soft: #566072; --page: #fbfbfc; --line: #dfe3ea; --accent: #1f5fbf; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8ebf0; --soft: #a7b0bf; --page: #14171c; --line: #303743; --accent: #8ab8ff; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 1.25rem; background: var(--page); color: var(--ink); font: 1rem/1.6 system-ui, sans-serif; overflow-wrap: anywhere; }
header, main, footer { max-width: 44rem; margin-inline: auto; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding-block-end: .75rem; border-block-end: 1px solid var(--line); font-size: .9rem; }
nav a { padding-block: .5rem; }
nav a[hreflang] { margin-inline-start: auto; }
h1 { font-size: 1.7rem; line-height: 1.25; margin-block: 1.5rem .5rem; }
h2 { font-size: 1.15rem; margin-block: 2rem .5rem; }
a { color: var(--accent); }
a:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.date { color: var(--soft); }
button { font: inherit; padding: .6rem 1.1rem; border: 1px solid var(--soft); border-radius: 8px; background: transparent; color: inherit; cursor: pointer; }
button:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
textarea, input { max-width: 100%; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .95rem; }
th, td { text-align: start; vertical-align: top; padding: .5rem .75rem .5rem 0; border-block-end: 1px solid var(--line); }
.ask label { display: block; }
.ask input[type='checkbox'] + label { display: inline; }
.ask input:not([type='checkbox']), .ask select, .ask textarea { font: inherit; width: 100%; padding: .5rem; border: 1px solid var(--soft); border-radius: 8px; background: transparent; color: inherit; }
.ask :focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
.ask .trap { position: absolute; inset-inline-start: -999rem; }
.ask fieldset { border: 1px solid var(--line); border-radius: 8px; }
footer { margin-block-start: 3rem; padding-block-start: 1rem; border-block-start: 1px solid var(--line); color: var(--soft); font-size: .9rem; }
footer ul { padding: 0; list-style: none; }
`;
