import type { ReactNode } from 'react';

/** One of several things of which any number can be on. */
export function Toggle({
  on,
  label,
  mark,
  onToggle,
}: {
  on: boolean;
  label: string;
  mark?: ReactNode;
  onToggle: () => void;
}) {
  return (
    <button type="button" className="toggle" aria-pressed={on} onClick={onToggle}>
      {mark}
      <bdi>{label}</bdi>
    </button>
  );
}

/** The list without it where it was in, with it where it was not. */
export function toggled<Thing>(list: readonly Thing[], one: Thing): Thing[] {
  return list.includes(one) ? list.filter((other) => other !== one) : [...list, one];
}
