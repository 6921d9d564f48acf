import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { ChannelsDocument } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { ChipList, type Chip } from '../ui/chip-list.js';
import { noFilters, type InboxFilters } from './filters.js';

interface Props {
  filters: InboxFilters;
  onChange: (filters: InboxFilters) => void;
  onSave: () => void;
}

/** What narrows the list, each with the way to leave it out. */
export function FilterChips({ filters, onChange, onSave }: Props) {
  const { t } = useTranslation();
  const { workspace } = useWorkspace();
  const [{ data }] = useQuery({ query: ChannelsDocument, pause: filters.channels.length === 0 });
  const { status, channels, assignee, tag, unread, mentioned, drafted, spam, text } = filters;
  const whose =
    assignee === 'me' || assignee === 'none'
      ? t(`filter.${assignee}`)
      : (workspace.members.find(({ id }) => id === assignee)?.user.name ?? t('message.formerMember'));
  const chips: Chip<InboxFilters>[] = [
    ...status.map((one) => ({
      key: one,
      words: t(`status.${one}`),
      without: { status: status.filter((other) => other !== one) },
    })),
    ...channels.map((id) => ({
      key: id,
      words: data?.channels.find((channel) => channel.id === id)?.name ?? t('filter.channel'),
      without: { channels: channels.filter((other) => other !== id) },
    })),
    ...(assignee ? [{ key: 'assignee', words: whose, without: { assignee: null } }] : []),
    ...(tag ? [{ key: 'tag', words: t('filter.tagged', { tag }), without: { tag: null } }] : []),
    ...(unread ? [{ key: 'unread', words: t('filter.unread'), without: { unread: false } }] : []),
    ...(mentioned ? [{ key: 'mentioned', words: t('filter.mentioned'), without: { mentioned: false } }] : []),
    ...(drafted ? [{ key: 'drafted', words: t('view.drafted'), without: { drafted: false } }] : []),
    ...(spam ? [{ key: 'spam', words: t('view.spam'), without: { spam: false } }] : []),
    ...(text.trim() ? [{ key: 'text', words: `“${text.trim()}”`, without: { text: '' } }] : []),
  ];
  return (
    <ChipList
      chips={chips}
      onLeaveOut={(without) => onChange({ ...filters, ...without })}
      onClear={() => onChange(noFilters)}
    >
      <li>
        <button type="button" className="link-button" onClick={onSave}>
          {t('savedViews.save')}
        </button>
      </li>
    </ChipList>
  );
}
