const details: readonly (readonly [string, RegExp])[] = [
  ['email', /[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}/gu],
  ['iban', /\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){3,7}(?: ?[A-Z0-9]{1,4})?\b/gu],
  ['card', /\b\d(?:[ -]?\d){12,18}\b/gu],
  ['phone', /(?<![\p{L}\p{N}])(?:\+|00)?\(?\d{2,4}\)?(?:[ ./-]?\d{2,4}){2,4}(?!\p{N})/gu],
];

/**
 * Takes addresses and numbers of people out of a text that is about to leave; says which kinds it took. What stands in
 * `published` is the business's own.
 */
export function maskDetails(
  text: string,
  published = '',
): { readonly text: string; readonly masked: readonly string[] } {
  const masked = new Set<string>();
  const left = details.reduce(
    (current, [kind, pattern]) =>
      current.replace(pattern, (detail) => {
        if (published.includes(detail)) return detail;
        masked.add(kind);
        return `[${kind}]`;
      }),
    text,
  );
  return { text: left, masked: [...masked] };
}
