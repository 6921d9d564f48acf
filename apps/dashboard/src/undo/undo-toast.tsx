import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useActions } from '../actions/use-actions.js';
import { Button, IconButton } from '../ui/button.js';
import { useStore } from '../ui/store.js';
import { letGo, offeredUndo, undoMs, undoNow, type OfferedUndo } from './offered-undo.js';

/** Says what was just done and takes it back while there is time; by button, or by `z` from anywhere. */
export function UndoToast() {
  const { t } = useTranslation();
  const offer = useStore(offeredUndo);
  const [spoken, setSpoken] = useState('');
  const undo = () =>
    void undoNow().then((undone) => {
      if (undone) setSpoken(t('undo.done'));
    });
  useActions(offer ? { undo } : {});
  useEffect(() => {
    // Said once; the seconds that pass are not read out.
    if (offer) setSpoken(`${offer.text} ${t('undo.spoken')}`);
  }, [offer, t]);
  return (
    <>
      <div className="visually-hidden" role="status">
        {spoken}
      </div>
      {offer && (
        <section className="notices undo-place" aria-label={t('undo.title')}>
          <Toast key={offer.id} offer={offer} onUndo={undo} />
        </section>
      )}
    </>
  );
}

function Toast({ offer, onUndo }: { offer: OfferedUndo; onUndo: () => void }) {
  const { t } = useTranslation();
  const [left, setLeft] = useState(undoMs);
  // Whoever is about to press it is not hurried.
  const held = useRef({ pointer: false, focus: false });
  useEffect(() => {
    const timer = setInterval(() => {
      if (held.current.pointer || held.current.focus) return;
      setLeft((ms) => ms - 250);
    }, 250);
    return () => clearInterval(timer);
  }, []);
  useEffect(() => {
    if (left <= 0) letGo(offer.id);
  }, [left, offer.id]);
  return (
    <div
      className="notice undo"
      onPointerEnter={() => (held.current.pointer = true)}
      onPointerLeave={() => (held.current.pointer = false)}
      onFocus={() => (held.current.focus = true)}
      onBlur={() => (held.current.focus = false)}
    >
      <span dir="auto">{offer.text}</span>
      <Button size="small" tone="quiet" onClick={onUndo} aria-keyshortcuts="z">
        {t('undo.undo')} <kbd>Z</kbd>
      </Button>
      <span className="undo-left" aria-hidden="true">
        {Math.max(1, Math.ceil(left / 1000))}
      </span>
      <IconButton icon="close" label={t('action.dismiss')} onClick={() => letGo(offer.id)} />
    </div>
  );
}
