import type { WebChatPartsFragment, WidgetAsk, WidgetPosition, WidgetTheme } from '../../api/documents.js';

type WebChat = NonNullable<WebChatPartsFragment['webChat']>;

/** How a chat looks and what it asks, as it stands in the form: saved or not. */
export interface ChatDesign {
  readonly greeting: string;
  readonly accentColor: string;
  readonly position: WidgetPosition;
  readonly theme: WidgetTheme;
  readonly radius: number;
  /** A data URL; empty for none. */
  readonly logo: string;
  readonly askName: WidgetAsk;
  readonly askEmail: WidgetAsk;
  readonly askQuestion: WidgetAsk;
  readonly showBranding: boolean;
  readonly allowApps: boolean;
}

/** How the server makes a chat of which nothing else is said. */
export const firstDesign: ChatDesign = {
  greeting: '',
  accentColor: '#2563eb',
  position: 'RIGHT',
  theme: 'AUTO',
  radius: 18,
  logo: '',
  askName: 'OFF',
  askEmail: 'OFF',
  askQuestion: 'OFF',
  showBranding: true,
  allowApps: false,
};

/** The server's own names of the fields, so that its refusals find their place. */
export const designFields = ['allowedDomains', ...Object.keys(firstDesign)];

/** What is saved of a chat. */
export function designOf({ logo, ...chat }: WebChat): ChatDesign {
  const { greeting, position, theme, radius, askName, askEmail, askQuestion, showBranding, allowApps } = chat;
  const asks = { askName, askEmail, askQuestion };
  // A field for colours takes nothing else, and is told nothing else.
  const accentColor = /^#[0-9a-f]{6}$/iu.test(chat.accentColor) ? chat.accentColor : firstDesign.accentColor;
  return { greeting, accentColor, position, theme, radius, logo: logo ?? '', ...asks, showBranding, allowApps };
}

/** What of it is not as it was: that alone is sent. */
export function changesOf(before: ChatDesign, after: ChatDesign): Partial<ChatDesign> {
  const changed = Object.entries(after).filter(([name, value]) => before[name as keyof ChatDesign] !== value);
  return Object.fromEntries(changed);
}

/** Where a design is looked at before anybody else sees it. */
export interface PreviewChoices {
  readonly device: 'desk' | 'phone';
  readonly scheme: 'light' | 'dark';
  readonly stage: 'first' | 'talk' | 'away';
  readonly locale: string;
}

interface Sample {
  readonly question: string;
  readonly answer: string;
}

/** What the frame of the preview is told: the settings as the server would tell them, and where the visitor is. */
export function previewOf(design: ChatDesign, { scheme, stage, locale }: PreviewChoices, sample: Sample) {
  const asked = (ask: WidgetAsk) => ask.toLowerCase();
  const opens = new Date();
  opens.setDate(opens.getDate() + 1);
  opens.setHours(9, 0, 0, 0);
  return {
    type: 'preview',
    locale,
    stage: stage === 'talk' ? 'talk' : 'first',
    sample,
    settings: {
      greeting: design.greeting,
      accentColor: design.accentColor,
      position: design.position,
      showBranding: design.showBranding,
      privacyUrl: '/privacy',
      theme: design.theme === 'AUTO' ? scheme : design.theme.toLowerCase(),
      radius: design.radius,
      logo: design.logo === '' ? null : design.logo,
      apps: design.allowApps,
      ask: { name: asked(design.askName), email: asked(design.askEmail), question: asked(design.askQuestion) },
      hours: stage === 'away' ? { open: false, changesAt: opens.toISOString() } : null,
    },
  };
}
