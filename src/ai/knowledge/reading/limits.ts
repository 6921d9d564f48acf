/** What one source may come to. What is more is refused in words: a source that is cut off in silence answers wrongly. */
export const readingLimits = {
  /** Passages of one source. */
  passages: 5_000,
  /** Characters of text that are taken out of one document before it is split. */
  characters: 2_000_000,
  /** Pages of a PDF. */
  pdfPages: 500,
  /** Bytes that the parts of a DOCX become. */
  docxBytes: 60_000_000,
  /** Elements within elements of a page. */
  depth: 500,
  /** Addresses that one sitemap gives. */
  addresses: 50_000,
} as const;
