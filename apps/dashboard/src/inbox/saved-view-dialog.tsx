import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import { useLocation } from 'wouter';
import {
  DeleteViewDocument,
  SaveViewDocument,
  SavedViewsDocument,
  toApiFailure,
  type ConversationFilter,
  type ConversationOrder,
  type SavedViewPartsFragment,
} from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { offerUndo } from '../undo/offered-undo.js';
import { useAsk } from '../ui/ask.js';
import { Button, IconButton } from '../ui/button.js';
import { Dialog } from '../ui/dialog.js';
import { failureSentence } from '../ui/failure-words.js';
import { CheckField, TextField } from '../ui/field.js';
import { formWords } from '../ui/form-words.js';
import { notify } from '../ui/notices.js';
import { EmptyState, FailureNote } from '../ui/states.js';
import { pathOfView } from './saved-view-links.js';

interface Props {
  what: 'save' | 'manage';
  filter: ConversationFilter;
  order: ConversationOrder;
  onClose: () => void;
}

/** Keeps what the list shows under a name, or changes what is kept. */
export default function SavedViewDialog({ what, filter, order, onClose }: Props) {
  const { t } = useTranslation();
  const { me } = useWorkspace();
  const [, navigate] = useLocation();
  return what === 'save' ? (
    <Dialog title={t('savedViews.saveTitle')} onClose={onClose}>
      <ViewForm
        view={{ filter, order }}
        onDone={(saved) => {
          onClose();
          navigate(pathOfView(saved, me?.id ?? null));
        }}
      />
    </Dialog>
  ) : (
    <Dialog title={t('savedViews.title')} onClose={onClose}>
      <ViewList onClose={onClose} />
    </Dialog>
  );
}

function ViewList({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const { mayWrite } = useWorkspace();
  const [{ data }] = useQuery({ query: SavedViewsDocument });
  const [open, setOpen] = useState<string | null>(null);
  const { ask, failure } = useAsk();
  const views = data?.savedViews ?? [];
  const remove = (view: SavedViewPartsFragment) =>
    void ask(() => client.mutation(DeleteViewDocument, { id: view.id }).toPromise()).then((done) => {
      if (!done) return;
      // The offer to undo stands outside of the dialog.
      onClose();
      const { name, order, shared } = view;
      offerUndo(t('savedViews.deleted', { name }), async () => {
        const again = { id: null, name, order, shared, filter: filterOfView(view) };
        const { error } = await client.mutation(SaveViewDocument, again).toPromise();
        if (error) notify(failureSentence(toApiFailure(error), t), 'error');
        else notify(t('savedViews.back', { name }));
      });
    });
  if (views.length === 0)
    return (
      <EmptyState
        icon="filter"
        title={t('savedViews.title')}
        text={t('savedViews.none')}
        action={<Button onClick={onClose}>{t('action.close')}</Button>}
      />
    );
  return (
    <>
      {failure && <FailureNote failure={failure} />}
      <ul className="saved-views">
        {views.map((view) => (
          <li key={view.id}>
            {open === view.id ? (
              <ViewForm view={view} onDone={() => setOpen(null)} />
            ) : (
              <>
                <bdi>{view.name}</bdi>
                {view.shared && <span className="chip">{t('savedViews.sharedMark')}</span>}
                {(mayWrite || !view.shared) && (
                  <span className="saved-view-buttons">
                    <Button size="small" onClick={() => setOpen(view.id)}>
                      {t('message.editAgain')}
                    </Button>
                    <IconButton
                      icon="close"
                      label={t('savedViews.delete', { name: view.name })}
                      onClick={() => remove(view)}
                    />
                  </span>
                )}
              </>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

type Kept = Pick<SavedViewPartsFragment, 'order'> & { filter: ConversationFilter } & Partial<
    Pick<SavedViewPartsFragment, 'id' | 'name' | 'shared'>
  >;

function ViewForm({ view, onDone }: { view: Kept; onDone: (saved: SavedViewPartsFragment) => void }) {
  const { t } = useTranslation();
  const client = useClient();
  const { mayWrite } = useWorkspace();
  const [shared, setShared] = useState(view.shared ?? false);
  const { ask, busy, failure, errorOf } = useAsk('name');
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        const name = formWords(event.currentTarget)('name');
        const wanted = { id: view.id ?? null, name, filter: filterOfView(view), order: view.order, shared };
        void ask(() => client.mutation(SaveViewDocument, wanted).toPromise()).then((result) => {
          if (!result?.data) return;
          notify(t('savedViews.saved'));
          onDone(result.data.saveView);
        });
      }}
    >
      {failure && <FailureNote failure={failure} />}
      <TextField
        label={t('savedViews.name')}
        name="name"
        dir="auto"
        maxLength={60}
        required
        defaultValue={view.name ?? ''}
        error={errorOf('name')}
      />
      {mayWrite && (
        <CheckField
          label={t('savedViews.shared')}
          checked={shared}
          onChange={(event) => setShared(event.target.checked)}
        />
      )}
      <Button type="submit" tone="primary" busy={busy}>
        {t('action.save')}
      </Button>
    </form>
  );
}

/** The filter as it is given: what came from the server has its type's name in it. */
function filterOfView({ filter }: { filter: ConversationFilter }): ConversationFilter {
  return Object.fromEntries(Object.entries(filter).filter(([name, value]) => name !== '__typename' && value !== null));
}
