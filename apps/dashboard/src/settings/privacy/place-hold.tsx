import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PlaceHoldDialog } from '../../contacts/hold-dialogs.js';
import { SelectField } from '../../ui/field.js';
import { FindContacts, type FoundContact } from './find-contacts.js';

/** A hold that is placed from the desk: it is said in it what has to be kept. */
export function PlaceHold({ onClose, onDone }: { onClose: () => void; onDone: () => void }) {
  const { t } = useTranslation();
  const [ofAll, setOfAll] = useState(false);
  const [chosen, setChosen] = useState<readonly FoundContact[]>([]);
  return (
    <PlaceHoldDialog contactId={ofAll ? null : chosen[0]?.id} onClose={onClose} onDone={onDone}>
      {(error) => (
        <>
          <SelectField
            label={t('hold.whose')}
            value={ofAll ? 'all' : 'contact'}
            onChange={(event) => setOfAll(event.target.value === 'all')}
          >
            <option value="contact">{t('hold.ofContact')}</option>
            <option value="all">{t('hold.everything')}</option>
          </SelectField>
          {!ofAll && <FindContacts chosen={chosen} most={1} onChange={setChosen} error={error} />}
        </>
      )}
    </PlaceHoldDialog>
  );
}
