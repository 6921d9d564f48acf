/** What is said of a source that could not be read, or not all of it. A client finds the name again by the words. */
export const readingWords = {
  PAGE_ADDRESS: 'This is not an address of the public internet.',
  PAGE_UNREACHED: 'The page could not be reached: no connection to {host}.',
  PAGE_LATE: '{host} did not answer in time.',
  PAGE_NOT_FOUND: 'There is no page at this address (status {status}).',
  PAGE_LOGIN: 'The page is shown only to people who sign in. Give one that everybody can open, or copy the text in.',
  PAGE_BUSY: '{host} takes no more requests at the moment (status {status}).',
  PAGE_STATUS: '{host} answered with status {status}.',
  PAGE_MOVED: 'The page leads on to another site, {host}. Give the address there if it is yours.',
  PAGE_REDIRECTS: 'The page leads on from one address to the next, and never to a text.',
  PAGE_LARGE: 'The page is larger than {most} MB.',
  PAGE_KIND: 'What is at this address is no text: it is {kind}.',
  PAGE_ROBOTS: 'The site asks programs not to read this page (robots.txt).',
  PAGE_ROBOTS_UNREAD: 'What the site asks of programs could not be read (robots.txt), so the page was not read either.',
  PAGE_NOINDEX: 'The page asks programs not to keep its text (noindex).',
  PAGE_NOT_LISTED: 'The sitemap does not name this page any more.',
  SITEMAP_EMPTY: 'The sitemap names no page of its own site.',
  SITEMAP_CUT: 'The sitemap names more than {most} pages; the first {most} were read.',
  PAGES_FAILED: '{failed} of {pages} pages could not be read. The first: {first}',
  NO_TEXT: 'There is no text in it. A page that a script draws has to be copied in.',
  TOO_HARD: 'Reading it takes more time or memory than a document needs.',
  TOO_LONG: 'It holds more text than one source may: {most} passages. Split it.',
  ROOM_FULL: 'The workspace has no room for more knowledge: at most {most} passages.',
  BROKEN: 'It is damaged, or not what it says it is.',
  FILE_GONE: 'The file is not there any more. Upload it again.',
  FILE_KIND: 'Files of this kind cannot be read. Take PDF, DOCX, HTML, Markdown, CSV or plain text.',
  FILE_LOCKED: 'The document is locked with a password.',
  FILE_SCANNED: 'The document holds pictures of pages and no text.',
  FILE_PAGES: 'The document has {pages} pages; at most {most} are read. Split it.',
} as const;

/** The name of a reason. */
export type ReadingReason = keyof typeof readingWords;
