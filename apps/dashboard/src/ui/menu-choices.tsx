import { Menu } from 'radix-ui/internal';
import { useRef, type RefObject } from 'react';
import { Icon } from './icon.js';
import { PresenceDot } from './presence-dot.js';

export interface Choice {
  value: string;
  label: string;
  hint?: string;
  /** Of a person: whether they are here. The hint says it too. */
  online?: boolean;
}

interface Props {
  button: RefObject<HTMLButtonElement | null>;
  label: string;
  choices: readonly Choice[];
  value: string;
  onChoose: (value: string) => void;
  onClose: () => void;
}

/** The open menu. Not modal: a modal menu would inject a style element, which the page's policy refuses. */
export default function MenuChoices({ button, label, choices, value, onChoose, onClose }: Props) {
  const entered = useRef(false);
  const leftByPointer = useRef(false);
  return (
    <Menu.Root
      open
      modal={false}
      dir={document.documentElement.dir === 'rtl' ? 'rtl' : 'ltr'}
      onOpenChange={(open) => open || onClose()}
    >
      <Menu.Anchor virtualRef={button} />
      {/* Inside the page's main part: what stands outside every landmark is not found by those who walk by them. */}
      <Menu.Portal container={button.current?.closest('main') ?? null}>
        <Menu.Content
          className="menu"
          align="start"
          sideOffset={4}
          collisionPadding={8}
          aria-label={label}
          onFocus={(event) => {
            // The menu takes the focus when it opens, and again when the pointer leaves an item.
            if (entered.current || event.target !== event.currentTarget) return;
            entered.current = true;
            const chosen = event.currentTarget.querySelector<HTMLElement>('[aria-checked=true]');
            (chosen ?? event.currentTarget.querySelector<HTMLElement>('[role=menuitemradio]'))?.focus();
          }}
          onInteractOutside={(event) => {
            // The button's own click closes it.
            if (button.current?.contains(event.target as Node)) event.preventDefault();
            else leftByPointer.current = true;
          }}
          onCloseAutoFocus={(event) => {
            event.preventDefault();
            if (!leftByPointer.current) button.current?.focus();
          }}
        >
          <Menu.RadioGroup value={value} onValueChange={onChoose}>
            {choices.map((choice) => (
              <Menu.RadioItem key={choice.value} value={choice.value} className="menu-item">
                <span className="menu-mark">
                  <Menu.ItemIndicator>
                    <Icon name="check" size={16} />
                  </Menu.ItemIndicator>
                </span>
                {choice.online !== undefined && <PresenceDot online={choice.online} />}
                <span dir="auto">{choice.label}</span>
                {choice.hint && <span className="hint">{choice.hint}</span>}
              </Menu.RadioItem>
            ))}
          </Menu.RadioGroup>
        </Menu.Content>
      </Menu.Portal>
    </Menu.Root>
  );
}
