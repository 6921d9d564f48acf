const tags = 'p|em|strong|s|code|pre|ul|ol|li|blockquote|h[1-6]|br|hr|table|thead|tbody|tr|th|td';
/** A tag that says how words look and nothing else, or a link to a page elsewhere. */
const plain = new RegExp(
  `^</?(?:${tags})(?: class="language-[\\w-]+")?\\s*/?>|^<a href="https?://[^"<>\\s]*">|^</a>`,
  'u',
);

/** Markup with every tag spelt out but those that only say how words look: what markdown makes of a description. */
export function plainMarkup(html: string): string {
  return html.replace(/</gu, (sign, at: number) => (plain.test(html.slice(at, at + 2_000)) ? sign : '&lt;'));
}

/**
 * GraphiQL and its editors put descriptions of the schema into the page as markup, where the page's headers let no text
 * become markup by itself (Trusted Types): whatever asks gets plain markup, and no text becomes code at all.
 */
export function trustPlainMarkup(): void {
  const { trustedTypes } = globalThis as {
    trustedTypes?: { createPolicy(name: string, rules: { createHTML: (html: string) => string }): unknown };
  };
  trustedTypes?.createPolicy('default', { createHTML: plainMarkup });
}
