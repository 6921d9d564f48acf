/** Tags as typed: cut at commas, each once, without surrounding space. Their case is the person's own. */
export function tagsOf(text: string): string[] {
  return [
    ...new Set(
      text
        .split(/[,،]/u)
        .map((tag) => tag.trim())
        .filter(Boolean),
    ),
  ];
}
