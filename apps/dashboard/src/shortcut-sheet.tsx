import { useTranslation } from 'react-i18next';
import { Dialog } from './ui/dialog.js';
import { setShortcutsOn, shortcutsOn } from './ui/shortcuts.js';
import { useStore } from './ui/store.js';

const groups = {
  move: ['?', '/', 'i', 'j', 'k', 'Esc'],
  answer: ['r', 'n', 'd', 'Ctrl + ↵', '/ …'],
  sort: ['e', 'o', 's', 'p', 'a', 'm', 't', 'c'],
} as const;

/** Every shortcut in one place, and the switch that turns the single letters off. */
export function ShortcutSheet({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const on = useStore(shortcutsOn);
  return (
    <Dialog title={t('shortcuts.title')} onClose={onClose} wide>
      <div className="shortcut-groups">
        {Object.entries(groups).map(([group, keys]) => (
          <section key={group}>
            <h3>{t(`shortcuts.${group}`)}</h3>
            <dl>
              {keys.map((key, index) => (
                <div key={key}>
                  <dt>
                    <kbd>{key}</kbd>
                  </dt>
                  <dd>{t(`shortcuts.${group}Keys.${index}`)}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <label className="check-field">
        <input type="checkbox" checked={on} onChange={(event) => setShortcutsOn(event.target.checked)} />
        <span>{t('shortcuts.on')}</span>
      </label>
    </Dialog>
  );
}
