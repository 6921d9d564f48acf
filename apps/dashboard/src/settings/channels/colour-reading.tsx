import { useTranslation } from 'react-i18next';
import { type Reading, readingsOf } from '../../../../../libs/chat-colours/index.js';
import { regionOf } from '../../ui/time.js';

const readable = 4.5;

/** How a colour can be read where the chat uses it, and what the chat makes of it where it could not be. */
export function ColourReading({ color }: { color: string }) {
  const { t, i18n } = useTranslation();
  const { button, light, dark } = readingsOf(color);
  const digits = new Intl.NumberFormat(regionOf(i18n.language), {
    maximumFractionDigits: 1,
    minimumFractionDigits: 1,
  });
  const ratio = (value: number) => `${digits.format(value)}:1`;
  const written = ({ plain, shown }: Reading, ground: 'light' | 'dark') =>
    plain >= readable
      ? t(`contrast.${ground}`, { ratio: ratio(plain) })
      : t(`contrast.${ground}Changed`, { before: ratio(plain), ratio: ratio(shown) });
  const rows = [
    {
      ground: color,
      ink: button.ink,
      words: t(button.ink === 'rgb(255 255 255)' ? 'contrast.white' : 'contrast.black', { ratio: ratio(button.shown) }),
    },
    { ground: '#f4f5f8', ink: light.ink, words: written(light, 'light') },
    { ground: '#262a33', ink: dark.ink, words: written(dark, 'dark') },
  ];
  return (
    <ul className="colour-readings" aria-label={t('contrast.title')}>
      {rows.map(({ ground, ink, words }) => (
        <li key={ground + words}>
          <svg width="38" height="24" viewBox="0 0 38 24" aria-hidden="true" focusable="false">
            <rect x="0.5" y="0.5" width="37" height="23" rx="5" fill={ground} className="swatch" />
            <path d="m13 18 6-13 6 13m-10-4.500h8" fill="none" stroke={ink} strokeWidth="2" />
          </svg>
          {words}
        </li>
      ))}
    </ul>
  );
}
