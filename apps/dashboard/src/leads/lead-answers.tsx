import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { fieldProblem } from '../contacts/contact-rules.js';
import { EditButtons } from '../contacts/fact-row.js';
import { useWorkspace } from '../session/workspace.js';
import { Button, IconButton } from '../ui/button.js';
import { CustomerText } from '../ui/customer-text.js';
import { SelectField, TextArea, TextField } from '../ui/field.js';
import { answerFrom, answerWords, answersOf, typedAnswer } from './answer-values.js';
import { useChangeLead } from './change-lead.js';
import type { OpenLead } from './lead-pane.js';

type Answers = ReturnType<typeof answersOf>;

/** All else that was answered, by question; members put right what is wrong and add what they hear. */
export function LeadAnswers({ lead }: { lead: OpenLead }) {
  const { t, i18n } = useTranslation();
  const { mayWrite } = useWorkspace();
  const { changeOrTell } = useChangeLead();
  /** The question whose answer is being changed; null for none, an empty one for a new question. */
  const [open, setOpen] = useState<string | null>(null);
  const answers = answersOf(lead.fields);
  if (answers.length === 0 && !mayWrite) return null;
  const form = (answer: Answers[number] | null) => (
    <AnswerForm lead={lead} answers={answers} answer={answer} onDone={() => setOpen(null)} />
  );
  return (
    <section>
      <h3>{t('leads.answers')}</h3>
      {answers.length > 0 && (
        <dl className="facts">
          {answers.map((answer) => {
            const [question, value] = answer;
            if (open === question) return <div key={question}>{form(answer)}</div>;
            return (
              <div key={question} className="fact-row">
                <dt dir="auto">{question}</dt>
                <dd>
                  <span className="fact-value">
                    <CustomerText text={answerWords(value, i18n.language, t)} />
                  </span>
                  {mayWrite && (
                    <>
                      <IconButton
                        icon="edit"
                        label={t('customer.change', { what: question })}
                        onClick={() => setOpen(question)}
                      />
                      <IconButton
                        icon="close"
                        label={t('customer.remove', { what: question })}
                        onClick={() =>
                          changeOrTell(
                            lead,
                            { fields: Object.fromEntries(answers.filter(([other]) => other !== question)) },
                            t('customer.fieldRemoved', { name: question }),
                          )
                        }
                      />
                    </>
                  )}
                </dd>
              </div>
            );
          })}
        </dl>
      )}
      {mayWrite &&
        (open === '' ? (
          form(null)
        ) : (
          <Button size="small" icon="plus" onClick={() => setOpen('')}>
            {t('customer.addField')}
          </Button>
        ))}
    </section>
  );
}

interface FormProps {
  lead: OpenLead;
  answers: Answers;
  answer: Answers[number] | null;
  onDone: () => void;
}

function AnswerForm({ lead, answers, answer, onDone }: FormProps) {
  const { t } = useTranslation();
  const { change } = useChangeLead();
  const [name, setName] = useState(answer?.[0] ?? '');
  const [typed, setTyped] = useState(answer ? typedAnswer(answer[1]) : '');
  const [refused, setRefused] = useState<string | null>(null);
  const [saving, setSaving] = useState(false);
  const before = answer?.[1] ?? null;
  const others = answers.map(([other]) => other).filter((other) => other !== answer?.[0]);
  const submit = async () => {
    // A question of a form may be longer than a name that a member gives.
    const problem = answer ? null : fieldProblem(others, name.trim(), typed);
    const value = answerFrom(typed, before);
    if (problem) return setRefused(t(`customer.problem.${problem.key}`, problem.values ?? {}));
    if (value === null) return setRefused(t('customer.none.text'));
    const entry = [name.trim(), value] as const;
    const next = answer ? answers.map((one) => (one[0] === answer[0] ? entry : one)) : [...answers, entry];
    setSaving(true);
    const words = await change(lead, { fields: Object.fromEntries(next) }, t('leads.answerKept'));
    setSaving(false);
    if (words === null) onDone();
    else setRefused(words);
  };
  const field = {
    label: t('customer.fieldValue'),
    value: typed,
    error: refused ?? undefined,
    onChange: (event: { target: { value: string } }) => {
      setTyped(event.target.value);
      setRefused(null);
    },
  };
  return (
    <form
      className="stack fact-editor"
      onKeyDown={(event) => event.key === 'Escape' && (event.stopPropagation(), onDone())}
      onSubmit={(event) => {
        event.preventDefault();
        if (!saving) void submit();
      }}
    >
      {answer ? (
        <strong dir="auto">{name}</strong>
      ) : (
        <TextField
          label={t('customer.fieldName')}
          dir="auto"
          autoFocus
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
      )}
      {typeof before === 'boolean' ? (
        <SelectField {...field}>
          <option value="true">{t('customer.yes')}</option>
          <option value="false">{t('customer.no')}</option>
        </SelectField>
      ) : (
        <TextArea {...field} rows={2} dir="auto" autoFocus={answer !== null} />
      )}
      <EditButtons saving={saving} onCancel={onDone} />
    </form>
  );
}
