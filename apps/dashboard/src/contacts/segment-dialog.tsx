import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useClient, useQuery } from 'urql';
import {
  ChannelsDocument,
  ContactFieldsDocument,
  SaveContactSegmentDocument,
  type ContactFieldKind,
  type ContactFilter,
  type FieldComparison,
  type FieldConditionInput,
} from '../api/documents.js';
import { Button, IconButton } from '../ui/button.js';
import { useAsk } from '../ui/ask.js';
import { Dialog } from '../ui/dialog.js';
import { SelectField, TextField } from '../ui/field.js';
import { notify } from '../ui/notices.js';
import { FailureNote } from '../ui/states.js';
import { comparisonsOf, conditionOf, listOf, numberOf, typedCondition, type TypedCondition } from './segment-values.js';
import { LanguagePicks } from './language-picks.js';
import { filterOf, type Segment } from './segment-bar.js';

interface Props {
  segment: Segment | null;
  onClose: () => void;
  onSaved: (id: string) => void;
}

/** A segment as it is made and changed: what everybody in it has in common. */
export function SegmentDialog({ segment, onClose, onSaved }: Props) {
  const { t } = useTranslation();
  const client = useClient();
  const [{ data: channelData }] = useQuery({ query: ChannelsDocument });
  const [{ data: fieldData }] = useQuery({ query: ContactFieldsDocument });
  const fields = fieldData?.contactFields ?? [];
  const [name, setName] = useState(segment?.name ?? '');
  const [filter, setFilter] = useState<ContactFilter>(filterOf(segment) ?? {});
  const [tags, setTags] = useState((filter.tags ?? []).join(', '));
  const [without, setWithout] = useState((filter.withoutTags ?? []).join(', '));
  const [conditions, setConditions] = useState<readonly TypedCondition[]>((filter.fields ?? []).map(typedCondition));
  const { ask, busy, failure, errorOf } = useAsk(
    ...['name', 'tags', 'withoutTags', 'languages', 'seenWithinDays', 'notSeenForDays', 'newWithinDays'],
  );
  const change = (part: Partial<ContactFilter>) => setFilter({ ...filter, ...part });
  const submit = () => {
    const kindOf = (key: string) => fields.find((field) => field.key === key)?.kind;
    const wanted: ContactFilter = {
      ...filter,
      tags: listOf(tags),
      withoutTags: listOf(without),
      fields: conditions
        .filter(({ key }) => key !== '')
        .map((condition): FieldConditionInput => conditionOf(condition, kindOf(condition.key))),
    };
    void ask(() =>
      client.mutation(SaveContactSegmentDocument, { id: segment?.id ?? null, name, filter: wanted }).toPromise(),
    ).then((result) => {
      if (!result?.data) return;
      notify(t('contacts.segmentSaved'));
      onSaved(result.data.saveContactSegment.id);
    });
  };
  const yesNo = (what: 'hasEmail' | 'hasPhone' | 'hasLead' | 'blocked') => (
    <SelectField
      label={t(`contacts.${what}`)}
      value={filter[what] == null ? '' : filter[what] ? 'yes' : 'no'}
      onChange={(event) => change({ [what]: event.target.value === '' ? null : event.target.value === 'yes' })}
    >
      <option value="">{t('contacts.either')}</option>
      <option value="yes">{t('customer.yes')}</option>
      <option value="no">{t('customer.no')}</option>
    </SelectField>
  );
  const days = (what: 'seenWithinDays' | 'notSeenForDays' | 'newWithinDays') => (
    <TextField
      label={t(`contacts.${what}`)}
      type="number"
      min={1}
      max={3650}
      value={filter[what] ?? ''}
      error={errorOf(what)}
      onChange={(event) => change({ [what]: numberOf(event.target.value) })}
    />
  );
  return (
    <Dialog title={t(segment ? 'contacts.changeSegment' : 'contacts.newSegment')} onClose={onClose}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        {failure && <FailureNote failure={failure} />}
        <TextField
          label={t('contacts.segmentName')}
          dir="auto"
          maxLength={60}
          value={name}
          error={errorOf('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <p className="hint">{t('contacts.segmentHint')}</p>
        <TextField
          label={t('contacts.withTags')}
          hint={t('customer.commas')}
          dir="auto"
          value={tags}
          error={errorOf('tags')}
          onChange={(event) => setTags(event.target.value)}
        />
        <TextField
          label={t('contacts.withoutTags')}
          dir="auto"
          value={without}
          error={errorOf('withoutTags')}
          onChange={(event) => setWithout(event.target.value)}
        />
        <SelectField
          label={t('contacts.onChannel')}
          value={filter.channelIds?.[0] ?? ''}
          onChange={(event) => change({ channelIds: event.target.value === '' ? null : [event.target.value] })}
        >
          <option value="">{t('contacts.either')}</option>
          {(channelData?.channels ?? []).map((channel) => (
            <option key={channel.id} value={channel.id}>
              {channel.name}
            </option>
          ))}
        </SelectField>
        <LanguagePicks
          chosen={filter.languages ?? []}
          error={errorOf('languages')}
          onChange={(languages) => change({ languages: languages.length === 0 ? null : languages })}
        />
        {days('newWithinDays')}
        {days('seenWithinDays')}
        {days('notSeenForDays')}
        {yesNo('hasEmail')}
        {yesNo('hasPhone')}
        {yesNo('hasLead')}
        {yesNo('blocked')}
        {conditions.map((condition, index) => (
          <ConditionRow
            // Rows have no name of their own, and none changes its place.
            key={index}
            condition={condition}
            fields={fields}
            onChange={(next) => setConditions(conditions.map((one, place) => (place === index ? next : one)))}
            onRemove={() => setConditions(conditions.filter((_, place) => place !== index))}
          />
        ))}
        {fields.length > 0 && (
          <Button
            size="small"
            icon="plus"
            onClick={() => setConditions([...conditions, { key: fields[0]?.key ?? '', comparison: 'IS', typed: '' }])}
          >
            {t('contacts.addCondition')}
          </Button>
        )}
        <div className="button-row">
          <Button type="submit" tone="primary" busy={busy}>
            {t('action.save')}
          </Button>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
        </div>
      </form>
    </Dialog>
  );
}

interface RowProps {
  condition: TypedCondition;
  fields: readonly { key: string; name: string; kind: ContactFieldKind; choices: readonly string[] }[];
  onChange: (next: TypedCondition) => void;
  onRemove: () => void;
}

function ConditionRow({ condition, fields, onChange, onRemove }: RowProps) {
  const { t } = useTranslation();
  const field = fields.find(({ key }) => key === condition.key);
  const comparisons = comparisonsOf(field?.kind);
  const value = { value: condition.typed, label: t('customer.fieldValue') };
  const choose = (typed: string) => onChange({ ...condition, typed });
  const choices = field?.kind === 'YES_NO' ? ['yes', 'no'] : field?.kind === 'CHOICE' ? field.choices : null;
  return (
    <fieldset className="stack segment-condition">
      <SelectField
        label={t('contacts.field')}
        value={condition.key}
        onChange={(event) => onChange({ key: event.target.value, comparison: 'IS', typed: '' })}
      >
        {!field && <option value={condition.key}>{condition.key}</option>}
        {fields.map(({ key, name }) => (
          <option key={key} value={key}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField
        label={t('contacts.comparison')}
        value={condition.comparison}
        onChange={(event) => onChange({ ...condition, comparison: event.target.value as FieldComparison })}
      >
        {comparisons.map((one) => (
          <option key={one} value={one}>
            {t(`contacts.compare.${one}`)}
          </option>
        ))}
      </SelectField>
      {condition.comparison !== 'IS_SET' &&
        condition.comparison !== 'IS_NOT_SET' &&
        (choices ? (
          <SelectField {...value} onChange={(event) => choose(event.target.value)}>
            <option value="">{t('contacts.choose')}</option>
            {choices.map((one) => (
              <option key={one} value={one}>
                {field?.kind === 'YES_NO' ? t(`customer.${one}`) : one}
              </option>
            ))}
          </SelectField>
        ) : (
          <TextField
            {...value}
            dir="auto"
            type={field?.kind === 'NUMBER' ? 'number' : field?.kind === 'DATE' ? 'date' : 'text'}
            step="any"
            onChange={(event) => choose(event.target.value)}
          />
        ))}
      <IconButton icon="close" label={t('contacts.removeCondition')} onClick={onRemove} />
    </fieldset>
  );
}
