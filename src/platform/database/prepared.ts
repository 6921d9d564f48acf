/** How many statements each connection keeps planned. */
const mostPrepared = 100;
const names = new Map<string, string>();

/** The name under which connections keep a statement planned; null when there are too many already. */
export function preparedName(text: string): string | null {
  const known = names.get(text);
  if (known !== undefined || names.size >= mostPrepared) return known ?? null;
  const name = `parley_${String(names.size)}`;
  names.set(text, name);
  return name;
}
