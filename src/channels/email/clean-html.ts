import sanitizeHtml from 'sanitize-html';

const mostInput = 1_000_000;
const mostKept = 100_000;
const colour = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%]{1,40}\)$/i, /^[a-z]{3,20}$/i];
const length = [/^-?\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|rem|%)?$/i, /^auto$/];
const lengths = [/^(?:\d{1,4}(?:\.\d{1,3})?(?:px|pt|em|%)?\s?){1,4}$/i];
/** Elements whose contents are no words of the writer either. */
const swallowed = [
  'script',
  'style',
  'textarea',
  'option',
  'title',
  'noscript',
  'template',
  'svg',
  'math',
  'iframe',
  'object',
  'xmp',
];

const hidden =
  /display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])/i;

const rules: sanitizeHtml.IOptions = {
  allowedTags: [
    ...[
      'a',
      'b',
      'i',
      'u',
      's',
      'em',
      'strong',
      'small',
      'sub',
      'sup',
      'code',
      'pre',
      'span',
      'font',
      'img',
      'br',
      'hr',
    ],
    ...['p', 'div', 'center', 'blockquote', 'ul', 'ol', 'li', 'dl', 'dt', 'dd', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6'],
    ...['table', 'caption', 'thead', 'tbody', 'tfoot', 'tr', 'td', 'th'],
  ],
  allowedAttributes: {
    '*': ['dir', 'lang', 'align', 'style'],
    a: ['href', 'title', 'rel', 'target'],
    img: ['alt', 'width', 'height', 'data-remote-src'],
    font: ['color', 'size'],
    table: ['width', 'border', 'cellpadding', 'cellspacing', 'bgcolor'],
    td: ['width', 'height', 'colspan', 'rowspan', 'valign', 'bgcolor'],
    th: ['width', 'height', 'colspan', 'rowspan', 'valign', 'bgcolor'],
  },
  allowedStyles: {
    '*': {
      color: colour,
      'background-color': colour,
      'text-align': [/^(?:left|right|center|justify|start|end)$/],
      'font-weight': [/^(?:bold|normal|\d{3})$/],
      'font-style': [/^(?:italic|normal)$/],
      'text-decoration': [/^(?:underline|line-through|none)$/],
      'font-size': [/^\d{1,2}(?:\.\d{1,2})?(?:px|pt|em|rem)$/, /^\d{2,3}%$/],
      'white-space': [/^(?:pre-wrap|pre|normal|nowrap)$/],
      width: length,
      'max-width': length,
      padding: lengths,
      margin: lengths,
    },
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  allowedSchemesAppliedToAttributes: ['href', 'data-remote-src'],
  allowProtocolRelative: false,
  disallowedTagsMode: 'discard',
  nonTextTags: swallowed,
  nestingLimit: 60,
  exclusiveFilter: ({ tag, attribs }) =>
    tag === 'img' && attribs['data-remote-src'] === undefined && (attribs['alt'] ?? '') === '',
  transformTags: {
    // What is not shown to people is not for anybody else to read either.
    '*': (tagName, attribs) =>
      hidden.test(attribs['style'] ?? '') || 'hidden' in attribs
        ? { tagName: 'noscript', attribs: {} }
        : { tagName, attribs },
    a: (tagName, attribs) => ({
      tagName,
      attribs: { ...attribs, target: '_blank', rel: 'noopener noreferrer nofollow' },
    }),
    // Nothing is loaded until somebody asks for it; pictures that came along are shown as attachments.
    img: (tagName, { src, ...attribs }) => {
      const remote = src !== undefined && /^https?:\/\//i.test(src.trim()) ? { 'data-remote-src': src.trim() } : {};
      return { tagName, attribs: { ...attribs, ...remote } };
    },
    div: (tagName, attribs) => ({
      tagName: /\b(?:gmail_quote|yahoo_quoted|moz-cite-prefix|protonmail_quote)\b/.test(attribs['class'] ?? '')
        ? 'blockquote'
        : tagName,
      attribs,
    }),
  },
};

/** A mail's HTML by an allow-list: no script, no form, nothing that is loaded by itself. Null where nothing of it is left, or too much. */
export function cleanHtml(html: string): string | null {
  if (html.length > mostInput) return null;
  const clean = sanitizeHtml(html, rules).trim();
  return clean === '' || clean.length > mostKept ? null : clean;
}

const lineEnds = /<(?:br|hr)\b[^>]*>|<\/(?:p|div|tr|li|h[1-6]|blockquote|pre|table|dt|dd|center)>/gi;
const entities: Readonly<Record<string, string>> = { '&lt;': '<', '&gt;': '>', '&quot;': '"', '&amp;': '&' };

/** The words of HTML that went through `cleanHtml`; without what it quotes where that is not wanted. */
export function wordsOf(clean: string, quotes: 'with quotes' | 'without quotes'): string {
  const kept = quotes === 'with quotes' ? clean : withoutQuotes(clean);
  return kept
    .replace(/\s+/g, ' ')
    .replace(lineEnds, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|amp);/g, (entity) => entities[entity] ?? entity)
    .replace(/\u00a0/g, ' ')
    .replace(/[ \t]*\n[ \t]*/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();
}

/** Cuts out block quotes, also those within others. */
function withoutQuotes(clean: string): string {
  let depth = 0;
  let kept = '';
  let from = 0;
  for (const { index, 0: tag, 1: closing } of clean.matchAll(/<(\/?)blockquote\b[^>]*>/gi)) {
    if (depth === 0) kept += clean.slice(from, index);
    depth = Math.max(0, depth + (closing === '/' ? -1 : 1));
    from = index + tag.length;
  }
  return depth === 0 ? kept + clean.slice(from) : kept;
}

/** Words as HTML, with what they quote set apart. */
export function htmlOfWords(fresh: string, quoted: string): string {
  return `<div style="white-space:pre-wrap">${escaped(fresh)}</div><blockquote><div style="white-space:pre-wrap">${escaped(quoted)}</div></blockquote>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}
