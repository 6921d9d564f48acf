import { onMac } from '../actions/keys.js';

/** A key as it is printed on the keyboard before this person. */
export function keyName(key: string): string {
  const shown = key
    .replace('Mod+', onMac ? '⌘ ' : 'Ctrl ')
    .replace('Enter', '↵')
    .replace('Escape', 'Esc');
  return shown.replace(/(?<=^|\s)\p{Ll}$/u, (letter) => (letter === 'i' ? 'I' : letter.toUpperCase()));
}

export function KeyCap({ keyed }: { keyed: string }) {
  return (
    <kbd>
      <bdi dir="ltr">{keyName(keyed)}</bdi>
    </kbd>
  );
}
