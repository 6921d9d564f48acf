import type { RefObject } from 'react';
import { Button } from './button.js';

/** The action of an empty list whose form stands below it: leads to its first field. */
export function ToForm({ label, form }: { label: string; form: RefObject<HTMLFormElement | null> }) {
  return (
    <Button
      tone="primary"
      onClick={() => form.current?.querySelector<HTMLElement>('input, select, textarea, button')?.focus()}
    >
      {label}
    </Button>
  );
}
