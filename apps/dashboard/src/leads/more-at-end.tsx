import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.js';

interface Props {
  busy: boolean;
  onMore: () => void;
}

/** The end of a list that goes on: whoever scrolls there reads on; the button is for the keyboard. */
export function MoreAtEnd({ busy, onMore }: Props) {
  const { t } = useTranslation();
  const button = useRef<HTMLButtonElement>(null);
  const latest = useRef(onMore);
  latest.current = onMore;
  useEffect(() => {
    const end = button.current;
    if (!end || busy) return;
    const seen = new IntersectionObserver(([entry]) => entry?.isIntersecting && latest.current(), {
      root: end.closest('.lead-scroll'),
      rootMargin: '400px',
    });
    seen.observe(end);
    return () => seen.disconnect();
  }, [busy]);
  return (
    <Button ref={button} size="small" busy={busy} onClick={onMore}>
      {t('action.more')}
    </Button>
  );
}
