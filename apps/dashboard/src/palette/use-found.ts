import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { useLocation } from 'wouter';
import { ContactsDocument, SearchMessagesDocument } from '../api/documents.js';
import { contactName, previewText } from '../inbox/words.js';
import { useWorkspace } from '../session/workspace.js';
import { matchCanned } from '../thread/canned-match.js';
import { useCannedReplies } from '../thread/canned-replies.js';
import { putInComposer } from '../thread/composer-events.js';
import { useDebounced } from '../ui/debounced.js';
import type { Entry } from './entries.js';

const most = 5;

/** What the server finds for what was typed: people, conversations, and saved replies where one can be put to use. */
export function useFound(typed: string) {
  const { t } = useTranslation();
  const [path, navigate] = useLocation();
  const { texts, mayWrite } = useWorkspace();
  const query = useDebounced(typed.trim(), 150);
  const pause = query.length < 2;
  const conversationId = /^\/inbox\/[^/]+\/([^/]+)/u.exec(path)?.[1] ?? null;
  const { replies: canned } = useCannedReplies(mayWrite && conversationId !== null && typed.trim() !== '');
  const [people] = useQuery({ query: ContactsDocument, variables: { search: query, first: most, after: null }, pause });
  const [messages] = useQuery({
    query: SearchMessagesDocument,
    variables: { query, first: 3 * most, after: null },
    pause,
  });

  const replies =
    conversationId === null || typed.trim() === ''
      ? []
      : matchCanned(canned ?? [], typed.trim().replace(/^\//u, ''), most).map(({ id, shortcut, text }): Entry => ({
          id: `reply:${id}`,
          icon: 'bolt',
          label: `/${shortcut.replace(/^\//u, '')}`,
          hint: text,
          run: () => {
            const before = texts.read(conversationId);
            putInComposer(conversationId, {
              ...before,
              text: before.text ? `${before.text.trimEnd()}\n${text}` : text,
            });
          },
        }));
  // What was found for other words is not what was asked for.
  const current = !pause && query === typed.trim();
  const persons = (current ? (people.data?.contacts.nodes ?? []) : []).map((contact): Entry => {
    const name = contactName(contact, t);
    const conversation = contact.conversations.nodes[0];
    return {
      id: `person:${contact.id}`,
      icon: 'user',
      label: name,
      hint: [...contact.emails, ...contact.phones].join(', '),
      run: () =>
        navigate(conversation ? `/inbox/all/${conversation.id}/details` : `/search?q=${encodeURIComponent(name)}`),
    };
  });
  const seen = new Set<string>();
  const conversations = (current ? (messages.data?.searchMessages.nodes ?? []) : [])
    .filter(({ conversation }) => !seen.has(conversation.id) && seen.add(conversation.id))
    .slice(0, most)
    .map((message): Entry => ({
      id: `conversation:${message.conversation.id}`,
      icon: 'inbox',
      label: message.conversation.contact.name ?? t('contact.unnamed'),
      hint: previewText(message, t),
      run: () => navigate(`/inbox/all/${message.conversation.id}`),
    }));
  return {
    replies,
    persons,
    conversations,
    searching: typed.trim().length >= 2 && (!current || people.fetching || messages.fetching),
    failed: current && Boolean(people.error ?? messages.error),
  };
}
