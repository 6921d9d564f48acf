const offered =
  'ar az bg bn bs ca cs da de el en es et fa fi fr he hi hr hu hy id it ja ka kk ko ku lt lv mk ms nl no pl pt pt-BR ro ru sk sl sq sr sv sw th tr uk ur uz vi zh'.split(
    ' ',
  );

/** A language by its code, as it is called in the reader's. */
export function languageName(code: string, reader: string): string {
  try {
    return new Intl.DisplayNames([reader], { type: 'language' }).of(code) ?? code;
  } catch {
    // Kept from before codes were checked.
    return code;
  }
}

/** What can be chosen, in the order of the reader's alphabet; what stands there already is among it. */
export function languageChoices(current: string | null, reader: string): [code: string, name: string][] {
  const codes = current && !offered.includes(current) ? [current, ...offered] : offered;
  return codes
    .map((code): [string, string] => [code, languageName(code, reader)])
    .sort(([, one], [, other]) => one.localeCompare(other, reader));
}
