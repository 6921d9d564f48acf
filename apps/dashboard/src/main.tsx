import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';
import './styles/layout.css';
import './styles/inbox.css';
import './styles/inbox-list.css';
import './styles/person.css';
import './styles/leads.css';
import './styles/import.css';
import './styles/reports.css';
import './styles/thread.css';
import './styles/settings.css';
import './styles/channels.css';
import './styles/billing.css';
import { App } from './app.js';
import { startLanguage } from './i18n/index.js';

const root = document.getElementById('root');
if (root) {
  await startLanguage();
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  );
}
