import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { TextField } from '../ui/field.js';
import { tagsOf } from './tags.js';

interface Props {
  tags: readonly string[];
  onClose: () => void;
  onSave: (tags: string[]) => void;
}

export function TagsDialog({ tags, onClose, onSave }: Props) {
  const { t } = useTranslation();
  const [text, setText] = useState(tags.join(', '));
  return (
    <Dialog title={t('thread.tags')} onClose={onClose}>
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault();
          onSave(tagsOf(text));
          onClose();
        }}
      >
        <TextField
          label={t('tags.label')}
          hint={t('tags.hint')}
          dir="auto"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button type="submit" tone="primary">
          {t('action.save')}
        </Button>
      </form>
    </Dialog>
  );
}
