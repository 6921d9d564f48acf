import type { Provider, Type } from '@nestjs/common';
import { AdmitPage } from './admit-page.js';
import { AdmitVisitorUpload } from './admit-visitor-upload.js';
import { AskForPerson } from './ask-for-person.js';
import { ReadChatSettings } from './chat-settings.js';
import { FrameTickets } from './frame-tickets.js';
import { MailReplyWorker } from './mail-reply.worker.js';
import { OpenSession } from './open-session.js';
import { RateAnswer } from './rate-answer.js';
import { ReadThread } from './read-thread.js';
import { StartSession } from './start-session.js';
import { StreamCursors } from './stream-cursors.js';
import { StreamEntry } from './stream-entry.js';
import { TakeUpload } from './take-upload.js';
import { ThreadEvents } from './thread-events.js';
import { UploadRefs } from './upload-refs.js';
import { VisitorDoor } from './visitor-door.js';
import { VisitorFeed } from './visitor-feed.js';
import { VisitorRequestsController } from './visitor-requests.controller.js';
import { VisitorSignals } from './visitor-signals.js';
import { VisitorStreams } from './visitor-streams.js';
import { VisitorSubject } from './visitor-subject.js';
import { VisitorThreads } from './visitor-thread.js';
import { Visitors } from './visitors.js';
import { WidgetFrameController } from './widget-frame.controller.js';
import { WidgetLimits } from './widget-limits.js';
import { WidgetPages } from './widget-pages.js';
import { WidgetController } from './widget.controller.js';
import { WriteMessage } from './write-message.js';

/** What the module provides for the visitors of sites. */
export const widgetProviders: Provider[] = [
  AdmitPage,
  AdmitVisitorUpload,
  AskForPerson,
  FrameTickets,
  MailReplyWorker,
  OpenSession,
  RateAnswer,
  ReadChatSettings,
  ReadThread,
  StartSession,
  StreamCursors,
  StreamEntry,
  TakeUpload,
  ThreadEvents,
  UploadRefs,
  VisitorDoor,
  VisitorFeed,
  VisitorSignals,
  VisitorStreams,
  VisitorSubject,
  VisitorThreads,
  Visitors,
  WidgetLimits,
  WidgetPages,
  WriteMessage,
];

/** Its routes. */
export const widgetControllers: Type[] = [WidgetController, VisitorRequestsController, WidgetFrameController];
