import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../../platform/config/index.js';
import { languageOf, sendPage } from '../policies/page.js';

/** The pages whose door this is; the sign-in page knows the same, and leads to no other. */
type Behind = '/graphiql' | '/admin/queues';

const words = {
  en: {
    signIn: ['Sign in first', 'This page is for people who are signed in.', 'Sign in, then come back here'],
    refused: [
      'For owners and admins',
      'This page is for the owners and admins of a workspace. Ask one of them to raise your role.',
      'Back to the inbox',
    ],
  },
  tr: {
    signIn: ['Önce oturum açın', 'Bu sayfa oturum açmış kişiler içindir.', 'Oturum açıp buraya dönün'],
    refused: [
      'Sahipler ve yöneticiler için',
      'Bu sayfa bir çalışma alanının sahipleri ve yöneticileri içindir. Rolünüzü yükseltmelerini isteyin.',
      'Gelen kutusuna dön',
    ],
  },
} as const;

/** Says to who is not let in what they can do. It leads nowhere by itself. */
export function sendDoor(
  request: FastifyRequest,
  reply: FastifyReply,
  config: Config,
  behind: Behind,
  why: 'signIn' | 'refused',
): Promise<void> {
  const language = languageOf(request);
  const [title, lead, link] = words[language][why];
  const target = why === 'signIn' ? `/sign-in?next=${behind}` : '/';
  const body = `<p>${lead}</p>\n<p><a href="${target}">${link}</a></p>`;
  return sendPage(reply, config, { language, title, body, status: why === 'signIn' ? 401 : 403 });
}
