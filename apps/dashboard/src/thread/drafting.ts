/** What is fetched in one piece, with its words, once a draft, a source or a question before sending is to be shown. */
export { DraftHolder } from './draft-holder.js';
export { DraftPanel } from './draft-panel.js';
export { RunRecord } from './draft-record.js';
export { GuardNote } from './guard-note.js';
export { ShareButton } from './share-button.js';
export { SourceDialog } from './source-dialog.js';
