import type { ChatSettings } from '../../../libs/widget-protocol/index.js';

/** How a chat is until the server has said how. */
export const plainSettings: ChatSettings = {
  greeting: '',
  accentColor: '#2563eb',
  position: 'RIGHT',
  showBranding: false,
  privacyUrl: '/privacy',
  theme: 'auto',
  radius: 18,
  logo: null,
  apps: false,
  ask: { name: 'off', email: 'off', question: 'off' },
  hours: null,
};
