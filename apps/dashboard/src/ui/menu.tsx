import { DropdownMenu } from 'radix-ui';
import type { ReactNode } from 'react';
import { Icon } from './icon.js';

interface Choice {
  value: string;
  label: string;
  hint?: string;
}

interface ChoiceMenuProps {
  trigger: ReactNode;
  label: string;
  choices: readonly Choice[];
  value: string;
  onChoose: (value: string) => void;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** One of several. Not modal: a modal menu would inject a style element, which the page's policy refuses. */
export function ChoiceMenu({ trigger, label, choices, value, onChoose, ...state }: ChoiceMenuProps) {
  return (
    <DropdownMenu.Root modal={false} {...state}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="menu" align="start" sideOffset={4} collisionPadding={8} aria-label={label}>
          <DropdownMenu.RadioGroup value={value} onValueChange={onChoose}>
            {choices.map((choice) => (
              <DropdownMenu.RadioItem key={choice.value} value={choice.value} className="menu-item">
                <span className="menu-mark">
                  <DropdownMenu.ItemIndicator>
                    <Icon name="check" size={16} />
                  </DropdownMenu.ItemIndicator>
                </span>
                <span dir="auto">{choice.label}</span>
                {choice.hint && <span className="hint">{choice.hint}</span>}
              </DropdownMenu.RadioItem>
            ))}
          </DropdownMenu.RadioGroup>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
