import { useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Button, IconButton } from '../ui/button.js';

interface Props {
  label: string;
  children: ReactNode;
  /** Null for those who may only read. Given how to go back, and what to do when it is saved. */
  editor: ((done: () => void) => ReactNode) | null;
}

/** One thing that is known, and the way to change it in its place. */
export function FactRow({ label, children, editor }: Props) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const done = () => {
    setEditing(false);
    // The field that had the focus is gone.
    requestAnimationFrame(() => button.current?.focus());
  };
  return (
    <div
      className="fact-row"
      onKeyDown={(event) => editing && event.key === 'Escape' && (event.stopPropagation(), done())}
    >
      <dt>{label}</dt>
      <dd>
        {editing && editor ? (
          editor(done)
        ) : (
          <>
            <span className="fact-value">{children}</span>
            {editor && (
              <IconButton
                ref={button}
                icon="edit"
                label={t('customer.change', { what: label })}
                onClick={() => setEditing(true)}
              />
            )}
          </>
        )}
      </dd>
    </div>
  );
}

/** The two buttons under what is being changed. */
export function EditButtons({ saving, onCancel }: { saving: boolean; onCancel: () => void }) {
  const { t } = useTranslation();
  return (
    <div className="button-row">
      <Button type="submit" tone="primary" size="small" busy={saving}>
        {t('action.save')}
      </Button>
      <Button size="small" onClick={onCancel}>
        {t('action.cancel')}
      </Button>
    </div>
  );
}
