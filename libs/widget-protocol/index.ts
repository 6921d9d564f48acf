/** What the page of a site, the frame of its chat and the server say to one another. */
export * from './from-frame.js';
export * from './from-page.js';
export * from './server-answers.js';
export * from './site-commands.js';
