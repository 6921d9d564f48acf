import { escapeHtml } from '../accounts/index.js';

/** A page inside a file that somebody carries away: it runs no script and loads nothing, whatever a word on it tries. */
export function offlinePage(language: 'en' | 'tr', title: string, style: string, body: string): string {
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>${commonStyle}${style}</style>
</head>
<body>
${body}
</body>
</html>
`;
}

const commonStyle = `:root { color-scheme: light dark; } body { font: 1rem/1.5 system-ui, sans-serif; margin: 0 auto; padding: 1rem; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; } th, td { border: 1px solid #8888; padding: .3rem .6rem; text-align: start; }
`;
