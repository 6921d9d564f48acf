import {
  lazy,
  cloneElement,
  Suspense,
  useRef,
  useState,
  type ButtonHTMLAttributes,
  type ReactElement,
  type Ref,
} from 'react';
import type { Choice } from './menu-choices.js';
import { fetchPart } from './part.js';

// The menu itself is fetched when a person is about to open one: the inbox does not wait for it.
const fetchChoices = () => fetchPart(() => import('./menu-choices.js'));
const MenuChoices = lazy(fetchChoices);

interface ChoiceMenuProps {
  trigger: ReactElement<ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement> }>;
  label: string;
  choices: readonly Choice[];
  value: string;
  onChoose: (value: string) => void;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** A button that opens one of several. */
export function ChoiceMenu({ trigger, open: given, onOpenChange, ...menu }: ChoiceMenuProps) {
  const button = useRef<HTMLButtonElement>(null);
  const [own, setOwn] = useState(false);
  const open = given ?? own;
  const change = onOpenChange ?? setOwn;
  return (
    <>
      {cloneElement(trigger, {
        ref: button,
        'aria-haspopup': 'menu',
        'aria-expanded': open,
        onPointerEnter: () => void fetchChoices(),
        onFocus: () => void fetchChoices(),
        onClick: () => change(!open),
        onKeyDown: (event) => {
          if (event.key !== 'ArrowDown') return;
          event.preventDefault();
          change(true);
        },
      })}
      {open && (
        <Suspense fallback={null}>
          <MenuChoices {...menu} button={button} onClose={() => change(false)} />
        </Suspense>
      )}
    </>
  );
}
