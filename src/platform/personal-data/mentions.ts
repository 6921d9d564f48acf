/** Whether a text, as it is or as JSON writes it, names one of these as a whole word: `12` is not in `3124`. */
export function mentions(text: string, names: readonly string[]): boolean {
  return names.some((name) => formsOf(name).some((form) => standsAlone(text, form)));
}

/** As it is; as JSON escapes it; and as those write it who escape all that is not ASCII, such as Meta. */
function formsOf(name: string): string[] {
  const escaped = JSON.stringify(name).slice(1, -1);
  const ascii = escaped.replaceAll(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
  return name === '' ? [] : [...new Set([name, escaped, ascii])];
}

function standsAlone(text: string, form: string): boolean {
  const letter = /[\p{L}\p{N}]/u;
  for (let at = text.indexOf(form); at >= 0; at = text.indexOf(form, at + 1)) {
    const before = text[at - 1] ?? ' ';
    const after = text[at + form.length] ?? ' ';
    if (!letter.test(before) && !letter.test(after)) return true;
  }
  return false;
}
