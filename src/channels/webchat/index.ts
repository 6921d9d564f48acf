import type { Provider } from '@nestjs/common';
import { CreateWebChat } from './create-web-chat.js';
import { UpdateWebChat } from './update-web-chat.js';
import { WebChatResolver } from './web-chat.resolver.js';
import { WebChats } from './web-chats.js';

/** What the module provides for chats on sites. */
export const webChatProviders: Provider[] = [CreateWebChat, UpdateWebChat, WebChatResolver, WebChats];
