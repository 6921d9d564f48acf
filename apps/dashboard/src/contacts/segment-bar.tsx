import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useMutation, useQuery } from 'urql';
import {
  ContactSegmentsDocument,
  DeleteContactSegmentDocument,
  toApiFailure,
  type ContactFilter,
  type ContactSegmentsQuery,
} from '../api/documents.js';
import { useWorkspace } from '../session/workspace.js';
import { Button, IconButton } from '../ui/button.js';
import { failureSentence } from '../ui/failure-words.js';
import { SelectField } from '../ui/field.js';
import { notify } from '../ui/notices.js';
import { regionOf } from '../ui/time.js';
import { SegmentDialog } from './segment-dialog.js';

export type Segment = ContactSegmentsQuery['contactSegments'][number];

interface Props {
  chosen: string | null;
  onChoose: (id: string | null) => void;
}

/** Which contacts are shown: everybody, or a segment; segments are made and changed beside it. */
export function SegmentBar({ chosen, onChoose }: Props) {
  const { t, i18n } = useTranslation();
  const { mayWrite } = useWorkspace();
  const [{ data }] = useQuery({ query: ContactSegmentsDocument, requestPolicy: 'cache-and-network' });
  const [, remove] = useMutation(DeleteContactSegmentDocument);
  const [open, setOpen] = useState<Segment | 'new' | null>(null);
  const segments = data?.contactSegments ?? [];
  const segment = segments.find(({ id }) => id === chosen) ?? null;
  const drop = ({ id }: Segment) =>
    void remove({ id }).then(({ error }) => {
      if (error) return notify(failureSentence(toApiFailure(error), t), 'error');
      onChoose(null);
      notify(t('contacts.segmentGone'));
    });
  return (
    <div className="segment-bar">
      <SelectField
        label={t('contacts.show')}
        value={segment?.id ?? ''}
        onChange={(event) => onChoose(event.target.value === '' ? null : event.target.value)}
      >
        <option value="">{t('contacts.everybody')}</option>
        {segments.map(({ id, name, contacts }) => (
          <option key={id} value={id}>
            {name} ({new Intl.NumberFormat(regionOf(i18n.language)).format(contacts)})
          </option>
        ))}
      </SelectField>
      {mayWrite && (
        <span className="button-row">
          {segment && (
            <>
              <Button size="small" onClick={() => setOpen(segment)}>
                {t('contacts.changeSegment')}
              </Button>
              <IconButton
                icon="close"
                label={t('contacts.deleteSegment', { name: segment.name })}
                onClick={() => drop(segment)}
              />
            </>
          )}
          <Button size="small" icon="plus" onClick={() => setOpen('new')}>
            {t('contacts.newSegment')}
          </Button>
        </span>
      )}
      {open && (
        <SegmentDialog
          segment={open === 'new' ? null : open}
          onClose={() => setOpen(null)}
          onSaved={(id) => {
            setOpen(null);
            onChoose(id);
          }}
        />
      )}
    </div>
  );
}

/** A segment's filter as it is asked: what came from the server has its type's name in it. */
export function filterOf(segment: Segment | null): ContactFilter | null {
  if (!segment) return null;
  const bare = Object.entries(segment.filter).filter(([name, value]) => name !== '__typename' && value !== null);
  return {
    ...Object.fromEntries(bare),
    ...(segment.filter.fields && {
      fields: segment.filter.fields.map(({ key, comparison, value }) => ({ key, comparison, value })),
    }),
  };
}
