/** The page on which the owner of a store says yes or no to the app. */
export function consentPage(domain: string, scopes: readonly string[]): string {
  return page(
    'Install app',
    `<p>This is a pretend Shopify. An app asks for access to <strong>${escape(domain)}</strong>:</p>
<ul>${scopes.map((scope) => `<li>${escape(scope)}</li>`).join('')}</ul>
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
  return page('Shopify', `<p>${escape(words)}</p>`);
}

function page(title: string, body: string): string {
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escape(title)} · Sandbox</title><link rel="stylesheet" href="/page/style.css"></head>
<body><main><h1>${escape(title)}</h1>${body}</main></body></html>`;
}

function escape(text: string): string {
  const codes: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
  return text.replace(/[&<>"']/g, (char) => codes[char] ?? char);
}
