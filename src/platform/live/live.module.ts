import { Global, Module } from '@nestjs/common';
import { LiveFeed } from './live-feed.js';
import { LiveHub } from './live-hub.js';
import { LiveKinds } from './live-kinds.js';
import { LiveNews } from './live-news.js';
import { SharedDelivery } from './shared-delivery.js';
import { SocketServer } from './socket-server.js';

@Global()
@Module({
  providers: [LiveFeed, LiveHub, LiveKinds, LiveNews, SharedDelivery, SocketServer],
  exports: [LiveFeed, LiveHub, LiveKinds, LiveNews, SocketServer],
})
export class LiveModule {}
