const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text as HTML shows it. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? character);
}

/**
 * The little of Markdown that policies are written in: headings, paragraphs, lists, strong words and links to our own
 * pages, to https and to mail. Everything else, HTML first of all, is shown as it stands.
 */
export function markdownToHtml(source: string): string {
  return source
    .split(/\r?\n\s*\r?\n/)
    .flatMap((block) => blocksOf(block.trim()))
    .join('\n');
}

function blocksOf(block: string): string[] {
  if (block === '') return [];
  const [first = '', ...rest] = block.split(/\r?\n/);
  const heading = /^(#{1,4}) (.+)$/.exec(first);
  if (heading !== null) {
    // The page's own title is the first heading, so that of a text begins one lower.
    const level = String(Math.max(2, (heading[1] ?? '').length));
    return [`<h${level}>${inline(heading[2] ?? '')}</h${level}>`, ...blocksOf(rest.join('\n'))];
  }
  if (first.startsWith('- ')) {
    const items = block
      .split(/\r?\n(?=- )/)
      .map((item) => `<li>${inline(item.slice(2).replace(/\r?\n\s*/g, ' '))}</li>`);
    return [`<ul>${items.join('')}</ul>`];
  }
  return [`<p>${inline(block.replace(/\r?\n/g, ' '))}</p>`];
}

function inline(text: string): string {
  return escapeHtml(text)
    .replace(/\*\*([^*]+)\*\*/g, '<strong>$1</strong>')
    .replace(/\[([^\]]+)\]\(([^()\s]+)\)/g, (whole, label: string, target: string) =>
      /^(\/(?!\/)|https:\/\/|mailto:)/.test(target) ? `<a href="${target}">${label}</a>` : whole,
    )
    .replace(/(^|[\s(])([\w.+-]+@[\w-]+(?:\.[\w-]+)+)/g, '$1<a href="mailto:$2">$2</a>');
}
