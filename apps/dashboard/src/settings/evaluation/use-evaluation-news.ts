import { changed, useNews } from '../../session/use-news.js';

const concerns = changed('evaluations');

/** Calls when the server tells that an evaluation went on. */
export function useEvaluationNews(onNews: () => void): void {
  useNews(concerns, onNews);
}
