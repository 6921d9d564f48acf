export { LiveFeed } from './live-feed.js';
export type { LiveChange } from './live-feed.js';
export { LiveNews } from './live-news.js';
