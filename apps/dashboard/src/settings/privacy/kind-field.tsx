import { useTranslation } from 'react-i18next';
import type { PrivacyRequestKind } from '../../api/documents.js';
import { SelectField } from '../../ui/field.js';

/** What can be asked for, in the order in which it is offered. */
export const kinds = [
  ...(['ACCESS', 'ERASE', 'RECTIFY', 'RESTRICT'] as const),
  ...(['PORT', 'OBJECT', 'OBJECT_AUTOMATED'] as const),
] as const satisfies PrivacyRequestKind[];

interface Props {
  value: PrivacyRequestKind;
  choices?: readonly PrivacyRequestKind[];
  onChange: (kind: PrivacyRequestKind) => void;
  error: string | undefined;
}

/** Chooses what is asked for. */
export function KindField({ value, choices = kinds, onChange, error }: Props) {
  const { t } = useTranslation();
  return (
    <SelectField
      label={t('privacyOpen.kind')}
      name="kind"
      value={value}
      onChange={(event) => onChange(event.target.value as PrivacyRequestKind)}
      error={error}
    >
      {choices.map((one) => (
        <option key={one} value={one}>
          {t(`privacyKind.${one}`)}
        </option>
      ))}
    </SelectField>
  );
}
