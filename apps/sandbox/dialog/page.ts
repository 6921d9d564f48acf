import { escapeHtml } from '../html.ts';
import type { Asked } from './consent.ts';

const TITLES = { facebook: 'Log in with Facebook', instagram: 'Log in with Instagram', whatsapp: 'WhatsApp signup' };

/** The consent page: what is asked for, each to be switched off, and the two ways out. It works without a script. */
export function consentPage(appName: string, asked: Asked): string {
  const box = (name: string, value: string, label: string, type = 'checkbox', checked = true) =>
    `<li><label><input type="${type}" name="${name}" value="${escapeHtml(value)}"${checked ? ' checked' : ''}> ${escapeHtml(label)}</label></li>`;
  const single = asked.kind === 'instagram';
  const assets = asked.assets.map(({ id, name }, index) =>
    box('asset', id, `${name} (${id})`, single ? 'radio' : 'checkbox', !single || index === 0),
  );
  // The sign-up of WhatsApp tells the page that opened it how it ended.
  const opener =
    asked.kind === 'whatsapp'
      ? ` data-opener="${escapeHtml(new URL(asked.redirectUri).origin)}" data-numbers="${escapeHtml(JSON.stringify(asked.numbers))}"`
      : '';
  const script = asked.kind === 'whatsapp' ? '<script src="/page/signup.js" defer></script>' : '';
  const scopes = asked.scopes.map((scope) => box('permission', scope, scope));
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${TITLES[asked.kind]} · Sandbox</title><link rel="stylesheet" href="/page/style.css">${script}</head>
<body><main><h1>${TITLES[asked.kind]}</h1>
<p>This is a pretend consent page. <strong>${escapeHtml(appName)}</strong> asks for access.</p>
<form method="post"${opener}>
<fieldset><legend>Accounts</legend><ul>${assets.join('')}</ul></fieldset>
<fieldset><legend>Permissions</legend><ul>${scopes.join('')}</ul></fieldset>
<button name="decision" value="grant">Continue</button> <button name="decision" value="refuse">Cancel</button>
</form></main></body></html>`;
}

/** What the app asked for wrongly. */
export function wrongPage(message: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Sandbox</title></head><body><h1>Sorry, something went wrong.</h1><p>${escapeHtml(message)}</p></body></html>`;
}
