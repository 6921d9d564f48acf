import { TextField } from './field.js';

interface Props {
  /** What is asked for. */
  ask: string;
  name: string;
  label: string;
  /** What the server calls it. */
  field: string;
  error: string | undefined;
}

/** What is typed between a slip and what cannot be taken back: the name of what goes. */
export function TypedName({ ask, name, label, field, error }: Props) {
  return (
    <>
      <p>
        {ask} <strong dir="auto">{name}</strong>
      </p>
      <TextField label={label} name={field} autoComplete="off" dir="auto" required error={error} />
    </>
  );
}
