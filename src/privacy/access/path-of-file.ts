const longestName = 80;

/**
 * Where a file lies in an export: named by its id, so that no two are one, and after it what is harmless of the name it
 * came with. Whatever that was, it leads nowhere else and is no name that a system keeps for itself.
 */
export function pathOfFile({ id, name }: { readonly id: string; readonly name: string }): string {
  const harmless = name
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/\.{2,}/g, '.')
    .slice(-longestName)
    .replaceAll(/^[.-]+|[.-]+$/g, '')
    .toWellFormed();
  return `files/${id}${harmless === '' ? '' : `-${harmless}`}`;
}
