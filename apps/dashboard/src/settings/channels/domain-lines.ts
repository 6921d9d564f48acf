/** The sites that somebody typed, a line or a comma each; nothing twice. */
export function domainsOf(text: string): string[] {
  const words = text.split(/[\s,;]+/u).filter((word) => word !== '');
  return [...new Set(words)];
}
