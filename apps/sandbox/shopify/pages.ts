import { escapeHtml } from '../html.ts';

/** The page on which the owner of a store says yes or no to the app. */
export function consentPage(domain: string, scopes: readonly string[]): string {
  return page(
    'Install app',
    `<p>This is a pretend Shopify. An app asks for access to <strong>${escapeHtml(domain)}</strong>:</p>
<ul>${scopes.map((scope) => `<li>${escapeHtml(scope)}</li>`).join('')}</ul>
<form method="post"><button name="decision" value="install">Install app</button> <button name="decision" value="cancel">Cancel</button></form>`,
  );
}

/** What the owner sees of the app in the store. */
export function storePage(domain: string, installed: boolean): string {
  return page(
    domain,
    installed
      ? `<p>The app is in this store.</p><form method="post"><button>Uninstall the app</button></form>`
      : '<p>The app is not in this store.</p>',
  );
}

/** A short word of the pretend Shopify. */
export function wordPage(words: string): string {
  return page('Shopify', `<p>${escapeHtml(words)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} · Sandbox</title><link rel="stylesheet" href="/page/style.css"></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
}
