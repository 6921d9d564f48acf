import { CheckField } from '../ui/field.js';

/** Something that can be picked; `kind` stands before its name. */
export interface Pickable {
  id: string;
  name: string;
  kind?: string;
}

interface PicksProps {
  legend: string;
  hint?: string;
  /** What is said where there is nothing to pick. */
  none: string;
  options: readonly Pickable[];
  chosen: readonly string[];
  onChange: (ids: string[]) => void;
}

/** Any number of things, each with a box. */
export function Picks({ legend, hint, none, options, chosen, onChange }: PicksProps) {
  return (
    <fieldset className="picks">
      <legend>{legend}</legend>
      {options.length === 0 ? <p className="hint">{none}</p> : hint && <p className="hint">{hint}</p>}
      {options.map(({ id, name, kind }) => (
        <CheckField
          key={id}
          label={
            <>
              {kind && `${kind}: `}
              <bdi>{name}</bdi>
            </>
          }
          checked={chosen.includes(id)}
          onChange={(event) =>
            onChange(event.target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
          }
        />
      ))}
    </fieldset>
  );
}
