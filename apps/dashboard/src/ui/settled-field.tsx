import { useEffect, useState } from 'react';
import { useDebounced } from './debounced.js';
import { TextField } from './field.js';

interface Props {
  label: string;
  value: string;
  type?: string;
  list?: string;
  onSettled: (value: string) => void;
}

/** A field whose words count once they stand still; what changes elsewhere is taken over. */
export function SettledField({ value, onSettled, ...field }: Props) {
  const [typed, setTyped] = useState(value);
  const settled = useDebounced(typed, 300).trim();
  useEffect(() => {
    if (settled !== value) onSettled(settled);
  }, [settled]);
  useEffect(() => {
    setTyped((now) => (now.trim() === value ? now : value));
  }, [value]);
  return <TextField {...field} dir="auto" value={typed} onChange={(event) => setTyped(event.target.value)} />;
}
