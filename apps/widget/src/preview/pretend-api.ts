import type { SessionAnswer, ShownMessage } from '../../../../libs/widget-protocol/index.js';
import { VisitorApi } from '../visitor-api.js';
import type { Preview } from './preview-message.js';

const nobody = {
  kind: 'TEXT',
  attachments: [],
  quickReplies: [],
  sources: [],
  rating: null,
  editedAt: null,
  deleted: false,
};

/** The server's side of a chat that nobody has: it takes everything, and tells nobody. */
export class PretendApi extends VisitorApi {
  private written = 0;

  constructor(private readonly now: () => Preview) {
    super();
  }

  override get canBegin(): boolean {
    return true;
  }

  override begin(): Promise<SessionAnswer> {
    const { settings, stage, sample } = this.now();
    this.token = 'preview';
    const talks = stage === 'talk';
    return Promise.resolve({
      visitorToken: this.token,
      conversationId: talks ? 'preview' : null,
      verified: false,
      settings,
      messages: talks ? [this.said('visitor', sample.question), this.said('person', sample.answer)] : [],
      cursor: 'preview',
    });
  }

  override thread = () =>
    Promise.resolve({ conversationId: null, messages: [], erased: [], reset: false, cursor: 'preview' });
  override write = (text: string | null) =>
    Promise.resolve({ conversationId: 'preview', message: this.said('visitor', text) });
  override upload = ({ name, type, size }: File) =>
    Promise.resolve({ id: crypto.randomUUID(), name, contentType: type, size });
  override typing = () => Promise.resolve();
  override read = () => Promise.resolve();
  override rate = () => Promise.resolve();
  override handoff = () => Promise.resolve();
  override forget = () => Promise.resolve({ forgotten: true, confirmation_code: '', statusUrl: '/privacy' });
  /** Nothing ever comes. */
  override events = () => Promise.resolve(new ReadableStream<Uint8Array>());

  private said(author: 'visitor' | 'person', text: string | null): ShownMessage {
    this.written += 1;
    return {
      ...nobody,
      id: String(this.written).padStart(6, '0'),
      from: author === 'visitor' ? 'visitor' : 'business',
      author,
      text,
      sentAt: new Date().toISOString(),
    };
  }
}
