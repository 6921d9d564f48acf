import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation } from 'urql';
import { ShareDraftDocument } from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { useAsk } from '../ui/ask.js';
import { Button } from '../ui/button.js';
import { CustomerText } from '../ui/customer-text.js';
import { Dialog } from '../ui/dialog.js';
import { notify } from '../ui/notices.js';
import { CheckField } from '../ui/field.js';
import { FailureNote } from '../ui/states.js';

interface Props {
  conversationId: string;
  text: string;
  onClose: () => void;
}

/** Who of the colleagues shall see the words that stand in the composer: as a note that mentions them. */
export function ShareDialog({ conversationId, text, onClose }: Props) {
  const { t } = useTranslation();
  const { workspace, me, drafts } = useWorkspace();
  const [, share] = useMutation(ShareDraftDocument);
  const { ask, busy, failure } = useAsk();
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const colleagues = workspace.members.filter(({ id }) => id !== me?.id);
  const submit = async () => {
    const shared = await ask(async () => {
      // The server shows what it has: the last keys have to be there.
      await drafts.flush(conversationId);
      return share({ conversationId, memberIds: [...chosen] });
    });
    if (!shared) return;
    const names = colleagues.filter(({ id }) => chosen.includes(id)).map(({ user }) => user.name);
    notify(t('suggestion.shared', { names: names.join(', ') }));
    onClose();
  };
  return (
    <Dialog title={t('suggestion.shareTitle')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          // What bubbles out of a portal reaches the composer's form, which would send the reply.
          event.stopPropagation();
          if (chosen.length > 0) void submit();
        }}
      >
        <p className="hint">{t('suggestion.shareHint')}</p>
        <blockquote className="passage">
          <CustomerText text={text} />
        </blockquote>
        {failure && <FailureNote failure={failure} />}
        <fieldset className="stack">
          <legend>{t('suggestion.shareWith')}</legend>
          {colleagues.map(({ id, user }) => (
            <CheckField
              key={id}
              label={<bdi>{user.name}</bdi>}
              checked={chosen.includes(id)}
              onChange={({ target }) =>
                setChosen(target.checked ? [...chosen, id] : chosen.filter((other) => other !== id))
              }
            />
          ))}
        </fieldset>
        <Button type="submit" tone="primary" busy={busy} disabled={chosen.length === 0}>
          {t('suggestion.share')}
        </Button>
      </form>
    </Dialog>
  );
}
