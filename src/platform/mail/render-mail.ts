import type { MailLocale, MailPart, MailText } from './mail-template.js';

/** A mail as it is handed to the post. */
export interface RenderedMail {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Who sends it: said at the foot of every mail. */
export interface MailSender {
  readonly name: string;
  readonly address: string | null;
}

const longestSubject = 180;

/** Makes text and HTML of a mail's words. Every word is escaped; no part of a template is HTML. */
export function renderMail(mail: MailText, locale: MailLocale, sender: MailSender): RenderedMail {
  const foot = [sender.name, sender.address].filter((line) => line !== null && line !== '').join(', ');
  const unsubscribe = mail.unsubscribeUrl;
  const parts: readonly MailPart[] = [
    ...mail.parts,
    ...(unsubscribe === undefined ? [] : [{ note: `${unsubscribeWords[locale]}: ${unsubscribe}` }]),
  ];
  return {
    subject: oneLine(mail.subject).slice(0, longestSubject).toWellFormed(),
    text: `${parts.map(asText).join('\n\n')}\n\n-- \n${foot}\n`,
    html: page(mail, parts, foot, locale),
    headers: {
      // Nobody's holiday notice answers a machine.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'All',
      ...(unsubscribe !== undefined && {
        'List-Unsubscribe': `<${unsubscribe}>`,
        'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
      }),
    },
  };
}

const unsubscribeWords: Readonly<Record<MailLocale, string>> = {
  en: 'To stop mails like this one',
  tr: 'Bu tür e-postaları almak istemiyorsanız',
};

/** A header is one line: a line break in it would begin another header. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\u2028\u2029]+/gu, ' ').trim();
}

function asText(part: MailPart): string {
  if (typeof part === 'string') return part;
  if ('url' in part) return `${part.label}:\n${part.url}`;
  if ('code' in part) return `    ${part.code}`;
  return part.note;
}

function asHtml(part: MailPart): string {
  if (typeof part === 'string') return `<p style="margin:0 0 16px">${escapeHtml(part)}</p>`;
  if ('url' in part) {
    const url = escapeHtml(part.url);
    return (
      `<p style="margin:24px 0"><a href="${url}" style="display:inline-block;padding:12px 20px;border-radius:8px;background:#1f5eff;color:#ffffff;font-weight:600;text-decoration:none">${escapeHtml(part.label)}</a></p>` +
      `<p style="margin:0 0 16px;font-size:13px;color:#5b6472;word-break:break-all">${url}</p>`
    );
  }
  if ('code' in part)
    return `<p style="margin:16px 0;font-family:ui-monospace,monospace;font-size:18px;letter-spacing:1px">${escapeHtml(part.code)}</p>`;
  return `<p style="margin:0 0 16px;font-size:13px;color:#5b6472;overflow-wrap:anywhere">${escapeHtml(part.note)}</p>`;
}

function page(mail: MailText, parts: readonly MailPart[], foot: string, locale: MailLocale): string {
  return [
    `<!doctype html><html lang="${locale}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">`,
    `<meta name="color-scheme" content="light dark"><title>${escapeHtml(oneLine(mail.subject))}</title></head>`,
    '<body style="margin:0;padding:24px;font:16px/1.5 system-ui,-apple-system,Segoe UI,sans-serif"><div style="max-width:560px;margin:0 auto">',
    ...parts.map(asHtml),
    `<p style="margin:32px 0 0;padding-top:12px;border-top:1px solid #d5dae1;font-size:13px;color:#5b6472">${escapeHtml(foot)}</p>`,
    '</div></body></html>',
  ].join('\n');
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => entities[sign] ?? sign).replace(/\r?\n/g, '<br>');
}
