import { changed, useNews } from '../../session/use-news.js';

const concerns = changed('questions');

/** Calls when the server tells that a question was asked, answered or put away. */
export function useQuestionNews(onNews: () => void): void {
  useNews(concerns, onNews);
}
