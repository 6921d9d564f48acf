import { useTranslation } from 'react-i18next';

/** Drawn in 24 by 24, in strokes that hold at ten pixels. */
const drawings: Record<string, string> = {
  MESSENGER: 'M4 15.500 9.500 9.500l5 4.500 5.500-6',
  INSTAGRAM:
    'M8 3.500h8a4.500 4.500 0 0 1 4.500 4.500v8a4.500 4.500 0 0 1-4.500 4.500H8A4.500 4.500 0 0 1 3.500 16V8A4.500 4.500 0 0 1 8 3.500zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z',
  WHATSAPP:
    'M7.500 4 4.500 6.500c0 6 7 13 13 13l2.500-3-4.500-3.500-2.500 1.500c-1.500-1-2.500-2-3.500-3.500L11 8.500z',
  TELEGRAM: 'M20.500 4.500 3.500 11.500l6 2.500 2.500 6zM9.500 14l4-3.500',
  LINE: 'M8 5v13h8.500',
  EMAIL: 'M3 6h18v12.500H3zM3.500 7l8.500 6.500L20.500 7',
  WEB_CHAT: 'M3.500 5h17v11.500H12L7 21v-4.500H3.500z',
};

/** A small mark for the kind of channel; a kind that this build does not know gets a dot. */
export function ChannelBadge({ kind }: { kind: string }) {
  const { t } = useTranslation();
  return (
    <span className={`channel-badge ${kind.toLowerCase()}`}>
      <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
        <path d={drawings[kind] ?? 'M12 11v2'} />
      </svg>
      <span className="visually-hidden">{t(`channelKind.${kind}`, { defaultValue: kind })}</span>
    </span>
  );
}
