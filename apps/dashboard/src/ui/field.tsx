import {
  useId,
  type InputHTMLAttributes,
  type ReactNode,
  type Ref,
  type SelectHTMLAttributes,
  type TextareaHTMLAttributes,
} from 'react';

interface Described {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

type TextFieldProps = Described & InputHTMLAttributes<HTMLInputElement> & { ref?: Ref<HTMLInputElement> };
type TextAreaProps = Described & TextareaHTMLAttributes<HTMLTextAreaElement> & { ref?: Ref<HTMLTextAreaElement> };
type SelectProps = Described & SelectHTMLAttributes<HTMLSelectElement> & { ref?: Ref<HTMLSelectElement> };

function useField({ label, hint, error }: Described) {
  const id = useId();
  const describedBy = [hint ? `${id}-hint` : '', error ? `${id}-error` : ''].filter(Boolean).join(' ') || undefined;
  const aria = { id, 'aria-describedby': describedBy, 'aria-invalid': error ? true : undefined };
  const frame = (control: ReactNode) => (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {control}
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      {error && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
  return { aria, frame };
}

/** A labelled line of text; its hint and its error are read out with it. */
export function TextField({ label, hint, error, ...rest }: TextFieldProps) {
  const { aria, frame } = useField({ label, hint, error });
  return frame(<input {...rest} {...aria} />);
}

export function TextArea({ label, hint, error, ...rest }: TextAreaProps) {
  const { aria, frame } = useField({ label, hint, error });
  return frame(<textarea {...rest} {...aria} />);
}

export function SelectField({ label, hint, error, ...rest }: SelectProps) {
  const { aria, frame } = useField({ label, hint, error });
  return frame(<select {...rest} {...aria} />);
}

export function CheckField({
  label,
  error,
  ...rest
}: { label: ReactNode; error?: string | undefined } & InputHTMLAttributes<HTMLInputElement> & {
    ref?: Ref<HTMLInputElement>;
  }) {
  const id = useId();
  return (
    <div className="check-field">
      <input
        type="checkbox"
        {...rest}
        id={id}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : rest['aria-describedby']}
      />
      <label htmlFor={id}>{label}</label>
      {error && (
        <p className="field-error" id={`${id}-error`} role="alert">
          {error}
        </p>
      )}
    </div>
  );
}
