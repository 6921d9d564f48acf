import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../session/workspace.js';
import { ChipList, type Chip } from '../ui/chip-list.js';
import { calendarDay } from '../ui/time.js';
import { noLeadFilters, type LeadFilters } from './lead-filters.js';

interface Props {
  filters: LeadFilters;
  onChange: (filters: LeadFilters) => void;
}

/** What narrows the leads, each with the way to leave it out. */
export function LeadFilterChips({ filters, onChange }: Props) {
  const { t, i18n } = useTranslation();
  const { workspace } = useWorkspace();
  const { status, source, owner, tag, since, text } = filters;
  const whose =
    owner === 'me' || owner === 'none'
      ? t(owner === 'me' ? 'leads.mine' : 'leads.nobodys')
      : (workspace.members.find(({ id }) => id === owner)?.user.name ?? t('message.formerMember'));
  const chips: Chip<LeadFilters>[] = [
    ...status.map((one) => ({
      key: one,
      words: t(`leadStatus.${one}`),
      without: { status: status.filter((other) => other !== one) },
    })),
    ...source.map((one) => ({
      key: one,
      words: t(`leadSource.${one}`),
      without: { source: source.filter((other) => other !== one) },
    })),
    ...(owner ? [{ key: 'owner', words: whose, without: { owner: null } }] : []),
    ...(tag ? [{ key: 'tag', words: t('filter.tagged', { tag }), without: { tag: null } }] : []),
    ...(since
      ? [
          {
            key: 'since',
            words: t('leads.sinceDay', { day: calendarDay(since, i18n.language) }),
            without: { since: null },
          },
        ]
      : []),
    ...(text.trim() ? [{ key: 'text', words: `“${text.trim()}”`, without: { text: '' } }] : []),
  ];
  return (
    <ChipList
      chips={chips}
      onLeaveOut={(without) => onChange({ ...filters, ...without })}
      onClear={() => onChange(noLeadFilters)}
    />
  );
}
