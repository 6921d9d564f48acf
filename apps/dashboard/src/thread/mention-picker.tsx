import { useTranslation } from 'react-i18next';
import { useWorkspace } from '../session/workspace.js';
import { matchMembers, mentionQuery, withMention } from './mentions.js';
import { PickerList, usePicker } from './picker.js';

/** Opens behind an at sign in a note that somebody's name begins with. */
export function useMentions(text: string, take: (text: string) => void) {
  const { workspace } = useWorkspace();
  const query = mentionQuery(text);
  const found = query === null ? [] : matchMembers(workspace.members, query);
  return usePicker({
    text,
    wanted: found.length > 0,
    found,
    take: (member) => take(withMention(text, member.user.name)),
  });
}

export function MentionPicker(picker: ReturnType<typeof useMentions>) {
  const { t } = useTranslation();
  if (!picker.open) return null;
  return (
    <PickerList {...picker} label={t('composer.mention')}>
      {(member) => <bdi>@{member.user.name}</bdi>}
    </PickerList>
  );
}
