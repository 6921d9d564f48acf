import { useId, useState, type KeyboardEvent, type ReactNode } from 'react';

/** What a picker offers for what stands in a field. */
interface Offer<Item> {
  text: string;
  /** Whether the text asks for it at all; it is then there though it may find nothing. */
  wanted: boolean;
  found: readonly Item[];
  take: (item: Item) => void;
}

/** A list over a field: arrows choose, Enter or Tab takes, Escape leaves it until the text is another. */
export function usePicker<Item>({ text, wanted, found: all, take }: Offer<Item>) {
  const id = useId();
  const [closedFor, setClosedFor] = useState<string | null>(null);
  const [place, setPlace] = useState(0);
  const open = wanted && closedFor !== text;
  const found = open ? all : [];
  const active = Math.min(place, Math.max(found.length - 1, 0));
  const choose = (index: number) => {
    const item = found[index];
    if (item !== undefined) take(item);
    setPlace(0);
  };
  const onKeyDown = (event: KeyboardEvent): boolean => {
    if (!open) return false;
    if (event.key === 'Escape') setClosedFor(text);
    else if (found.length === 0) return false;
    else if (event.key === 'ArrowDown') setPlace((active + 1) % found.length);
    else if (event.key === 'ArrowUp') setPlace((active - 1 + found.length) % found.length);
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') choose(active);
    else return false;
    event.preventDefault();
    event.stopPropagation();
    return true;
  };
  const aria = open
    ? {
        'aria-autocomplete': 'list' as const,
        'aria-controls': id,
        'aria-activedescendant': found.length ? `${id}-${active}` : undefined,
      }
    : {};
  return { id, open, found, active, choose, onKeyDown, aria };
}

interface ListProps<Item> extends Pick<ReturnType<typeof usePicker<Item>>, 'id' | 'found' | 'active' | 'choose'> {
  label: string;
  children: (item: Item) => ReactNode;
}

/** What was found, over the field; a click does not take the focus from there. */
export function PickerList<Item extends { id: string }>({
  id,
  found,
  active,
  choose,
  label,
  children,
}: ListProps<Item>) {
  return (
    <ul className="picker" id={id} role="listbox" aria-label={label}>
      {found.map((item, index) => (
        <li
          key={item.id}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          onMouseDown={(event) => {
            event.preventDefault();
            choose(index);
          }}
        >
          {children(item)}
        </li>
      ))}
    </ul>
  );
}
