import { changed, useNews } from '../../session/use-news.js';

const ofDesk = changed('legal-holds', 'privacy-requests');

/** Calls when the server tells that something of the desk changed: a colleague's hold, an erasure. */
export function useDeskNews(onNews: () => void): void {
  useNews((event) => ofDesk(event) || event?.__typename === 'Erased', onNews);
}
