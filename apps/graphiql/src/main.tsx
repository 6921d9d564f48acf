import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './style.css';
import { nameEditors } from './editor-names.js';
import { Page } from './page.js';
import { ownWorkspaces } from './server.js';
import { trustPlainMarkup } from './plain-markup.js';
import { wordsFor } from './words.js';

function chosenLanguage(): string {
  try {
    return localStorage.getItem('parley.language') ?? navigator.language;
  } catch {
    return navigator.language;
  }
}

trustPlainMarkup();
const language = chosenLanguage();
const words = wordsFor(language);
document.documentElement.lang = /^tr\b/i.test(language) ? 'tr' : 'en';
const root = document.getElementById('root');
if (root) {
  nameEditors(root);
  const page = createRoot(root);
  page.render(<p className="notice">{words.loading}</p>);
  try {
    const workspaces = await ownWorkspaces();
    page.render(
      workspaces === null ? (
        <p className="notice">
          {words.signedOut} <a href="/sign-in?next=/graphiql">{words.signIn}</a>
        </p>
      ) : (
        <StrictMode>
          <Page workspaces={workspaces} words={words} />
        </StrictMode>
      ),
    );
  } catch {
    page.render(<p className="notice">{words.away}</p>);
  }
}
