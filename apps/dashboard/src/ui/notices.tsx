import { useTranslation } from 'react-i18next';
import { IconButton } from './button.js';
import { Store, useStore } from './store.js';

interface Notice {
  id: number;
  text: string;
  tone: 'info' | 'error';
}

const notices = new Store<readonly Notice[]>([]);
let nextId = 1;

/** Tells what just happened; it leaves by itself unless it is an error. */
export function notify(text: string, tone: Notice['tone'] = 'info'): void {
  const id = nextId++;
  notices.set([...notices.get().slice(-2), { id, text, tone }]);
  setTimeout(() => dismiss(id), tone === 'error' ? 12_000 : 5_000);
}

function dismiss(id: number): void {
  notices.set(notices.get().filter((notice) => notice.id !== id));
}

export function Notices() {
  const { t } = useTranslation();
  return (
    <div className="notices" role="status" aria-live="polite">
      {useStore(notices).map((notice) => (
        <div key={notice.id} className={`notice ${notice.tone}`}>
          <span dir="auto">{notice.text}</span>
          <IconButton icon="close" label={t('action.dismiss')} onClick={() => dismiss(notice.id)} />
        </div>
      ))}
    </div>
  );
}
