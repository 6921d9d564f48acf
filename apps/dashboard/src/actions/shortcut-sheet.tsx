import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { KeyCap, keyName } from '../ui/key-cap.js';
import { notify } from '../ui/notices.js';
import { useStore } from '../ui/store.js';
import { actionOf, actions, fixed, groups, type Action, type ActionId } from './actions.js';
import {
  chooseKey,
  chosenKeys,
  keyOf,
  pressed,
  resetKeys,
  setShortcutsOn,
  shortcutsOn,
  type KeyProblem,
} from './keys.js';

/** Every shortcut in one place, as they are now; the switch that turns the single letters off, and the way to other keys. */
export default function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const on = useStore(shortcutsOn);
  useStore(chosenKeys);
  const [changing, setChanging] = useState(false);
  const shown = changing ? actions.filter(({ id }) => !fixed.includes(id)) : actions.filter(({ id }) => keyOf(id));
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose} wide>
      <div className="button-row">
        <label className="check-field">
          <input type="checkbox" checked={on} onChange={(event) => setShortcutsOn(event.target.checked)} />
          <span>{t('shortcuts.on')}</span>
        </label>
        <Button size="small" aria-pressed={changing} onClick={() => setChanging(!changing)}>
          {t(changing ? 'shortcuts.done' : 'shortcuts.change')}
        </Button>
        {changing && (
          <Button
            size="small"
            tone="quiet"
            onClick={() => {
              resetKeys();
              notify(t('shortcuts.wasReset'));
            }}
          >
            {t('shortcuts.reset')}
          </Button>
        )}
      </div>
      {changing && <p className="hint">{t('shortcuts.changeHint')}</p>}
      <div className="shortcut-groups">
        {groups
          .map((group) => ({ group, own: shown.filter((action) => action.group === group) }))
          .filter(({ own }) => own.length > 0)
          .map(({ group, own }) => (
            <section key={group}>
              <h3>{t(`commandGroup.${group}`)}</h3>
              <dl>
                {own.map((action) =>
                  changing ? (
                    <ChangingKey key={action.id} action={action} />
                  ) : (
                    <div key={action.id}>
                      <dt>
                        <KeyCap keyed={keyOf(action.id) ?? ''} />
                      </dt>
                      <dd>{t(action.words)}</dd>
                    </div>
                  ),
                )}
                {group === 'answer' && !changing && (
                  <div>
                    <dt>
                      <kbd>/ …</kbd>
                    </dt>
                    <dd>{t('shortcuts.canned')}</dd>
                  </div>
                )}
              </dl>
            </section>
          ))}
      </div>
    </Dialog>
  );
}

/** A key that another can be pressed for. */
function ChangingKey({ action }: { action: Action }) {
  const { t } = useTranslation();
  const [listening, setListening] = useState(false);
  const [problem, setProblem] = useState<KeyProblem | null>(null);
  const key = keyOf(action.id);
  const onKeyDown = (event: KeyboardEvent) => {
    // Tab goes on, as it always does.
    if (!listening || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    const chosen = pressed(event.nativeEvent);
    if (chosen === null) return;
    const taken = event.key === 'Delete' || event.key === 'Backspace';
    if (chosen === 'Escape') setProblem(null);
    else if (typeof chosen !== 'string' && !taken) return setProblem(chosen);
    else {
      const refused = chooseKey(action.id, typeof chosen === 'string' ? chosen : null);
      setProblem(refused);
      if (refused) return;
    }
    setListening(false);
  };
  return (
    <div>
      <dt>
        <button
          type="button"
          className="key-choice"
          aria-label={
            listening
              ? t('shortcuts.press')
              : t('shortcuts.changeOf', { action: t(action.words), key: key ? keyName(key) : t('shortcuts.none') })
          }
          onClick={() => {
            setProblem(null);
            setListening(true);
          }}
          onBlur={() => {
            setListening(false);
            setProblem(null);
          }}
          onKeyDown={onKeyDown}
        >
          {listening ? <span>…</span> : key ? <KeyCap keyed={key} /> : <span>–</span>}
        </button>
      </dt>
      <dd>
        {t(action.words)}
        {listening && !problem && <p className="hint">{t('shortcuts.press')}</p>}
        {problem && (
          <p className="field-error" role="alert">
            {problem.kind === 'taken'
              ? t('shortcuts.taken', { action: t(wordsOf(problem.by)) })
              : t(`shortcuts.${problem.kind}`)}
          </p>
        )}
      </dd>
    </div>
  );
}

const wordsOf = (id: ActionId) => actionOf.get(id)?.words ?? '';
