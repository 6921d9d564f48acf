import { type ChatSettings, isColor } from '../../../../libs/widget-protocol/index.js';

/** How far a visitor is: has just come, or has an answer. */
export type Stage = 'first' | 'talk';

/** What is to be shown, as the page around tells it. */
export interface Preview {
  readonly type: 'preview';
  readonly settings: ChatSettings;
  readonly locale: string;
  readonly stage: Stage;
  readonly sample: { readonly question: string; readonly answer: string };
}

/** Whether it is a preview that can be shown; what it holds is shown as text, and its colour goes into a style. */
export function isPreview(value: unknown): value is Preview {
  const { type, settings, locale, stage, sample } = (value ?? {}) as Partial<Preview>;
  return (
    type === 'preview' &&
    typeof locale === 'string' &&
    (stage === 'first' || stage === 'talk') &&
    typeof sample?.question === 'string' &&
    typeof sample.answer === 'string' &&
    isColor(settings?.accentColor) &&
    typeof settings?.ask === 'object' &&
    Number.isInteger(settings.radius)
  );
}
