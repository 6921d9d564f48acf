import { ConfirmForm } from './confirm-form.js';
import { useAsk, type Outcome } from './ask.js';
import { TextArea } from './field.js';
import { formWords } from './form-words.js';

interface Props {
  title: string;
  /** What happens, before it does. */
  text: string;
  button: string;
  tone: 'primary' | 'danger';
  /** What the server calls the sentences. */
  field: string;
  label: string;
  hint?: string;
  /** So many characters. */
  most: number;
  onWords: (words: string) => Promise<Outcome | null>;
  onDone: () => void;
  onClose: () => void;
}

/** A dialog that takes some sentences of a person's own: a reason, a proof, a question. */
export function WordsDialog(props: Props) {
  const { title, text, button, tone, field, label, hint, most, onWords, onDone, onClose } = props;
  const { ask, busy, failure, errorOf } = useAsk(field);
  return (
    <ConfirmForm
      title={title}
      text={text}
      button={button}
      tone={tone}
      failure={failure}
      busy={busy}
      onClose={onClose}
      onSubmit={(form) => void ask(() => onWords(formWords(form)(field))).then((result) => result && onDone())}
    >
      <TextArea
        label={label}
        hint={hint}
        name={field}
        rows={4}
        dir="auto"
        required
        maxLength={most}
        error={errorOf(field)}
      />
    </ConfirmForm>
  );
}
