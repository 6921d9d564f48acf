import { useTranslation } from 'react-i18next';

const letters: Record<string, string> = {
  MESSENGER: 'M',
  INSTAGRAM: 'I',
  WHATSAPP: 'W',
  TELEGRAM: 'T',
  LINE: 'L',
  EMAIL: '@',
  WEB_CHAT: 'C',
};

/** A small mark for the kind of channel; a kind that this build does not know gets a dot. */
export function ChannelBadge({ kind }: { kind: string }) {
  const { t } = useTranslation();
  return (
    <span className={`channel-badge ${kind.toLowerCase()}`}>
      <span aria-hidden="true">{letters[kind] ?? '•'}</span>
      <span className="visually-hidden">{t(`channelKind.${kind}`, { defaultValue: kind })}</span>
    </span>
  );
}
